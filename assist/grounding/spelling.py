"""Ids as they are read aloud: "F as in Foxtrot, Q, eight, alpha, double five" spells FQ8A55.

A run is a sequence of words that each stand for a letter or for digits. An id stands in it only from the edge of one word to
the edge of another, sign by sign, so that no other id passes for it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from assist.grounding.numerals import TENS, UNITS

_ALPHABET: Final = [
    "alpha",
    "alfa",
    "bravo",
    "charlie",
    "delta",
    "echo",
    "foxtrot",
    "golf",
    "hotel",
    "india",
    "juliet",
    "juliett",
    "kilo",
    "lima",
    "mike",
    "november",
    "oscar",
    "papa",
    "quebec",
    "romeo",
    "sierra",
    "tango",
    "uniform",
    "victor",
    "whiskey",
    "whisky",
    "xray",
    "yankee",
    "zulu",
]
_NAMES: Final = {
    "bee": "b", "cee": "c", "dee": "d", "eff": "f", "gee": "g", "aitch": "h", "jay": "j", "kay": "k", "ell": "l", "em": "m", "en": "n",
    "pee": "p", "cue": "q", "queue": "q", "ess": "s", "tee": "t", "vee": "v", "ex": "x", "wye": "y", "zed": "z", "zee": "z",
}  # fmt: skip
_DIGITS: Final = {
    **{word: str(number) for word, number in UNITS.items()},
    **dict.fromkeys(("oh", "nought", "naught", "nil"), "0"),
}
_TENS: Final = {word: str(number // 10) for word, number in TENS.items()}
_TIMES: Final = {"double": 2, "triple": 3, "treble": 3}
_SKIPPED: Final = frozenset(
    [
        "dash",
        "hyphen",
        "minus",
        "slash",
        "space",
        "dot",
        "underscore",
        "uh",
        "um",
        "er",
        "erm",
        "capital",
        "uppercase",
        "lowercase",
        "letter",
        "number",
        "then",
    ]
)
_AS_IN: Final = re.compile(r"\b([a-z])[\s,.]+(?:as\s+in|like|as|for)\s+(?:\1[-\s]ray\b|\1[a-z]+)", re.IGNORECASE)
_COMPOUNDS: Final = (
    (re.compile(r"\bdouble[-\s]?(?:you|u)\b", re.IGNORECASE), "w"),
    (re.compile(r"\bx[-\s]ray\b", re.IGNORECASE), "x"),
)
_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+|[^\s,.–—\-#/()\"“”]")
_SHORTEST: Final = 3  # signs; less stands anywhere by chance


@dataclass(frozen=True, slots=True)
class Run:
    """What a sequence of words spells, with the places where a word ends or begins."""

    signs: str
    edges: frozenset[int]

    def holds(self, wanted: str) -> bool:
        """Say whether some of its words in a row spell exactly this, in lower case without signs between."""
        at = self.signs.find(wanted)
        while at >= 0:
            if at in self.edges and at + len(wanted) in self.edges:
                return True
            at = self.signs.find(wanted, at + 1)
        return False


def spells(runs: list[Run], wanted: str) -> bool:
    """Say whether a text read by `spelled_out` spells an id; blanks and signs in the id do not count."""
    plain = "".join(sign for sign in wanted.casefold() if sign.isalnum())
    return len(plain) >= _SHORTEST and any(run.holds(plain) for run in runs)


def spelled_out(text: str) -> list[Run]:
    """Return what is spelled in a text: the runs of words that stand for letters and digits, one of them not written in digits."""
    text = _AS_IN.sub(r"\1", text)
    for pattern, letter in _COMPOUNDS:
        text = pattern.sub(letter, text)
    runs: list[Run] = []
    parts: list[str] = []
    aloud = False
    for token, sign in (*_signs(_TOKEN.findall(text.casefold())), ("", None)):
        if sign is not None:
            parts.append(sign)
            aloud = aloud or token.isalpha()
            continue
        if len(parts) > 1 and aloud:
            runs.append(Run("".join(parts), frozenset({0, *accumulate(map(len, parts))})))
        parts, aloud = [], False
    return runs


def _signs(tokens: list[str]) -> Iterator[tuple[str, str | None]]:
    """Yield each word with what it stands for; None where a run ends."""
    times, tens = 1, ""
    for token in tokens:
        if token in _SKIPPED:
            continue
        if tens:
            unit = _DIGITS.get(token, "")
            joined = len(unit) == 1 and unit != "0"
            yield token, tens + (unit if joined else "0")
            tens = ""
            if joined:
                continue
        if token in _TIMES:
            times = _TIMES[token]
        elif token in _TENS:
            tens = _TENS[token]
        else:
            sign = _sign(token)
            yield token, None if sign is None else sign * times
            times = 1
    if tens:
        yield "", f"{tens}0"


def _sign(token: str) -> str | None:
    if token in _DIGITS:
        return _DIGITS[token]
    if token in _NAMES:
        return _NAMES[token]
    if token in _ALPHABET:
        return token[0]
    plain = "".join(sign for sign in token if sign.isalnum())
    single = len(plain) == 1 and plain.isascii() and plain.isalpha()
    return plain if single or any(sign.isdigit() for sign in plain) else None
