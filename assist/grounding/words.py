"""Words brought to a form in which two wordings can be compared: stemmed, and led back to the word of their group."""

import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

import yaml

_WORD: Final = re.compile(r"[^\W_](?:[\w'’@.+&/-]*[^\W_])?", re.UNICODE)
_ORDINAL: Final = re.compile(r"0?(\d{1,2})(?:st|nd|rd|th)?")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the gate knows of words, by `lexicon.yaml`: every entry in stemmed form."""

    groups: dict[str, str]
    phrases: tuple[tuple[str, str], ...]
    kinds: dict[str, tuple[str, ...]]
    opposites: tuple[tuple[str, str], ...]
    company: frozenset[str]
    service: frozenset[str]
    generic: frozenset[str]
    sweeping: frozenset[str]
    proof: tuple[str, ...]
    vague: frozenset[str]
    narrator: frozenset[str]
    past_alike: frozenset[str]
    not_past: frozenset[str]
    before_nouns: frozenset[str]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of an English word in lower case; words with a digit stay as they are."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    word = irregular().get(word, word)
    if ordinal := _ORDINAL.fullmatch(word):
        return ordinal[1]
    return word if any(sign.isdigit() for sign in word) else str(_stemmer().stemWord(word))


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, ids and e-mail addresses in one piece."""
    return [word for match in _WORD.finditer(text) for word in _parts(match[0].casefold().replace("’", "'"))]


@lru_cache(maxsize=20_000)
def concepts(text: str) -> tuple[str, ...]:
    """Return the content words of a text in their common form, in order."""
    lexicon = shipped_lexicon()
    lowered = text.casefold()
    for phrase, group in lexicon.phrases:
        lowered = re.sub(rf"\b{phrase}\b", f" {group} ", lowered)
    return tuple(concept(word) for word in words(lowered) if word not in _empty())


def concept(word: str) -> str:
    """Return the common form of a word: the stem of the first word of its group, else its own stem."""
    stemmed = stem(word)
    return shipped_lexicon().groups.get(stemmed, stemmed)


@cache
def shipped_lexicon() -> Lexicon:
    """Return the lexicon that ships."""
    raw = _raw()
    groups: dict[str, str] = {}
    phrases: list[tuple[str, str]] = []
    for group in raw["same"]:
        head = stem(group[0])
        for word in group:
            if " " in word:
                phrases.append((re.escape(word), group[0]))
            else:
                groups.setdefault(stem(word), head)

    def common(listed: Iterable[str]) -> frozenset[str]:
        return frozenset(groups.get(stem(word), stem(word)) for word in listed)

    return Lexicon(
        groups=groups,
        phrases=tuple(phrases),
        kinds={name: tuple(listed) for name, listed in raw["kinds"].items()},
        opposites=tuple((first, second) for first, second in raw["opposites"]),
        company=common(raw["company"]),
        service=common(raw["service"]),
        generic=common(raw["generic"]),
        sweeping=frozenset(raw["sweeping"]),
        proof=tuple(raw["proof"]),
        vague=common(raw["vague"].split()),
        narrator=common(raw["narrator"].split()),
        past_alike=frozenset(raw["past_alike"].split()),
        not_past=frozenset(raw["not_past"].split()),
        before_nouns=frozenset(raw["before_nouns"].split()),
    )


@cache
def irregular() -> dict[str, str]:
    """Return the past forms that no ending gives away, with their verb."""
    return dict(pair.split(":") for pair in _raw()["past"].split())


@cache
def _empty() -> frozenset[str]:
    return frozenset(_raw()["empty"].split())


@cache
def _raw() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((files("assist.grounding") / "lexicon.yaml").read_text(encoding="utf-8"))
    return loaded


def holds(phrase: str, text: str) -> bool:
    """Say whether a word or phrase stands in a text of stems joined by blanks, as `stemmed` makes it."""
    return f" {' '.join(stem(word) for word in words(phrase))} " in text


def stemmed(text: str) -> str:
    """Return a text as stems joined by blanks, with a blank at both ends."""
    return f" {' '.join(stem(word) for word in words(text))} "


def _parts(word: str) -> Sequence[str]:
    """Return "bag-tag" as two words, but an id or an address as one."""
    if "@" in word or any(sign.isdigit() for sign in word):
        return (word,)
    return [part for part in re.split(r"[-/.+&]", word) if part] if word != "e-mail" else (word,)


class _Stemmers(threading.local):
    """One for each thread: a stemmer keeps the word that it works on in itself, and packets are judged in many threads."""

    english: Any = None


_STEMMERS: Final = _Stemmers()


def _stemmer() -> Any:  # noqa: ANN401 -- the library ships no types
    if _STEMMERS.english is None:
        import snowballstemmer  # noqa: PLC0415 -- needed only where a text is judged

        _STEMMERS.english = snowballstemmer.stemmer("english")
    return _STEMMERS.english
