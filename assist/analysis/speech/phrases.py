"""Turns of phrase, written as people write them, made into patterns.

A phrase is plain words with four signs: `…` stands for a few words of the same sentence, `word*` for any ending,
`{name}` for any of a list of words defined under `words`, `(a|b)` for either, with `?` behind it for neither as well.
`^` holds it to the beginning of a sentence. The phrase books stand in `assist/analysis/examples`, one idea a line.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import yaml

_GROUP = r"\(\?:[^()]*\)|\{[a-z_]+\}"
_GAP = r"\b[^.!?\n]{0,45}?\b"


class Phrases:
    """Turns of phrase for one idea; letters match in either case."""

    __slots__ = ("_pattern",)

    def __init__(self, pattern: str) -> None:
        # Small letters on both sides: a pattern that ignores case itself is several times slower.
        self._pattern = re.compile(pattern)

    def search(self, text: str) -> bool:
        """Whether one of them stands in the text."""
        return self._pattern.search(text.lower()) is not None


@cache
def phrase_book(name: str) -> Mapping[str, Phrases]:
    """Return the phrases of a shipped book, by label."""
    text = (files("assist.analysis") / "examples" / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, object] = yaml.safe_load(text)
    words = loaded.pop("words", {})
    lists = {key: "|".join(_plain(word) for word in values) for key, values in dict(words).items()}  # type: ignore[call-overload]
    return {label: _pattern(list(phrases), lists) for label, phrases in loaded.items()}  # type: ignore[call-overload]


def _pattern(phrases: Sequence[str], lists: Mapping[str, str]) -> Phrases:
    return Phrases("|".join(_phrase(phrase, lists) for phrase in phrases))


def _phrase(phrase: str, lists: Mapping[str, str]) -> str:
    start = r"^\W{0,5}" if phrase.startswith("^") else r"(?<!\w)"
    body = re.sub(r"\{([a-z_]+)\}", lambda match: f"(?:{lists[match[1]]})", _plain(phrase.removeprefix("^")))
    return f"{start}(?:{body})(?!\\w)"


def _plain(phrase: str) -> str:
    """A phrase as a pattern, its lists not yet filled in."""
    # People leave the apostrophe of "don't" out, and write it in two ways.
    spelled = re.sub(r"'", "['’]", phrase).replace("n['’]t", "n['’]?t")
    body = re.sub(r"\((?!\?)", "(?:", spelled)
    body = re.sub(r"(?<=\w)(?<!\\[a-zA-Z])\*", r"\\w*", body)
    body = re.sub(r"\s*…\s*", lambda _: _GAP, body)
    # A group that may be absent takes a space along: the one before it, at the beginning the one behind.
    body, more = re.subn(rf"^({_GROUP})\? ", r"(?:\1 )?", body)
    while more:
        body, more = re.subn(rf"( \)\?)({_GROUP})\? ", r"\1(?:\2 )?", body)
    return re.sub(rf" ({_GROUP})\?(?=[\s\\(,.]|$)", r"(?: \1)?", body)
