"""The sentences of a passage, each with the words of its matter, its quantities, and whether it denies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Final

from knowledge.health.quantities import Quantity, quantities
from knowledge.keywords import terms

_END: Final = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+")
_ITEM: Final = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+")
_ROW: Final = re.compile(r"^\s*\|.*\|\s*$")
_RULE: Final = re.compile(r"^[\s|:-]+$")
_MARKS: Final = re.compile(r"(\*\*|__|`|~~)|!?\[([^\]]*)\]\([^)]*\)")
_DENIES: Final = re.compile(
    r"\b(?:not|no|never|cannot|can't|without|unable|forbidden|prohibited|impossible|excluded|neither|nor)\b|n['’]t\b"
    r"|\bnon-?(?=\w)",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"[^.!?:]{1,60}:\s")
_ASKS: Final = re.compile(r"\?\s*[\"'”’]?$")
_CONDITION: Final = re.compile(
    r"\b(?:if|unless|until|except|when|while|only|before|after|whether|instead)\b", re.IGNORECASE
)
_MODAL: Final = frozenset(["may", "must", "will", "shall", "should", "would", "could", "might", "need", "says", "said"])
_LEAST = 2
"""Words of matter that a sentence needs before it says anything that another one could contradict."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands; `matter` are its words that carry meaning, without quantities and denials."""

    text: str
    matter: frozenset[str]
    quantities: tuple[Quantity, ...]
    denies: bool
    is_conditional: bool

    @property
    def is_label(self) -> bool:
        """Is it a bare entry such as "Monthly fee: $20", which says of what only by the title above it?"""
        return _LABEL.match(self.text) is not None or not self.text.rstrip("\"'”’)*").endswith((".", "!", "…"))

    @property
    def masked(self) -> str:
        """The sentence with its quantities and denials taken out: what it is about."""
        text = self.text
        for quantity in reversed(self.quantities):
            text = f"{text[: quantity.start]}some{text[quantity.end :]}"
        return " ".join(_DENIES.sub(" ", text).split())


def sentences(passage: str) -> Iterator[Sentence]:
    """Yield the sentences of a Markdown passage that say something: no headings, questions, or bits of a few words."""
    for block in _blocks(passage):
        for part in _END.split(block):
            text = " ".join(_MARKS.sub(lambda mark: mark[2] or "", part).split())
            if text and not _ASKS.search(text) and len((sentence := _sentence(text)).matter) >= _LEAST:
                yield sentence


def _sentence(text: str) -> Sentence:
    found = quantities(text)
    rest = text
    for quantity in reversed(found):
        rest = f"{rest[: quantity.start]} {rest[quantity.end :]}"
    bare = _DENIES.sub(" ", rest)
    words = (term for term in terms(bare) if term.isalpha() and term not in _MODAL)
    matter = frozenset(map(_stem, words))
    return Sentence(
        text=text,
        matter=matter,
        quantities=found,
        denies=len(_DENIES.findall(rest)) % 2 == 1,
        is_conditional=_CONDITION.search(rest) is not None,
    )


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:  # noqa: ANN401 -- snowballstemmer ships no types
    import snowballstemmer  # noqa: PLC0415 -- only who compares sentences needs it

    return snowballstemmer.stemmer("english")


def _blocks(passage: str) -> Iterator[str]:
    """Yield paragraphs, items and table rows, each on one line."""
    held: list[str] = []
    for line, following in pairwise([*passage.splitlines(), "", ""]):
        is_new = (
            not line.strip() or line.lstrip().startswith(("#", ">", "```")) or _ITEM.match(line) or _ROW.match(line)
        )
        if is_new and held:
            yield " ".join(held)
            held = []
        if _ROW.match(line):
            if not _RULE.match(line) and not (_ROW.match(following) and _RULE.match(following)):
                yield ", ".join(cell.strip() for cell in line.strip().strip("|").split("|") if cell.strip())
        elif line.strip() and not line.lstrip().startswith(("#", "```")):
            held.append(_ITEM.sub("", line).lstrip("> ").strip())
