"""Numbers as people write and say them: 8912, "8 9 1 2", 4111-1111-1111-1111, "eight nine one two", "double five"."""

import re
from dataclasses import dataclass

_WORDS = {
    "zero": "0",
    "oh": "0",
    "nought": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
}
_TIMES = {"double": 2, "triple": 3}
_SPOKEN_LEAST = 3  # "one two" may be speech; three in a row are a number being dictated

# Not the nought of "n 0", which is how "no" is heard or mistyped before a number.
_WRITTEN = re.compile(r"(?<!\d)(?!(?<=\bn )0 )\d+(?:(?:[ \u00a0\u2009.\u2010-\u2013-]|, ?)\d+)*")
_WORD = "|".join((*_WORDS, *_TIMES))
_SPOKEN = re.compile(rf"\b(?:{_WORD})(?:(?:[ ,.-]|\s){{1,2}}(?:{_WORD}))+\b", re.IGNORECASE)
_TOKEN = re.compile(r"\d+|[a-z]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """A number as it stands: its digits, where it is, and the pieces it is written in."""

    digits: str
    start: int
    end: int
    pieces: tuple["Run", ...] = ()


def _spoken(match: re.Match[str]) -> Run | None:
    pieces: list[Run] = []
    times = 1
    for token in _TOKEN.finditer(match[0]):
        word = token[0].lower()
        if word in _TIMES:
            times = _TIMES[word]
            continue
        start, end = match.start() + token.start(), match.start() + token.end()
        pieces.append(Run(_WORDS[word] * times, start, end))
        times = 1
    digits = "".join(piece.digits for piece in pieces)
    return Run(digits, match.start(), match.end(), tuple(pieces)) if len(digits) >= _SPOKEN_LEAST else None


def _written(match: re.Match[str]) -> Run:
    pieces = tuple(
        Run(token[0], match.start() + token.start(), match.start() + token.end()) for token in _TOKEN.finditer(match[0])
    )
    return Run("".join(piece.digits for piece in pieces), match.start(), match.end(), pieces)


def runs(text: str) -> tuple[Run, ...]:
    """Return every number in the text, by position; numbers that stand side by side come as one run of several pieces."""
    found = [_written(match) for match in _WRITTEN.finditer(text)]
    found += [run for match in _SPOKEN.finditer(text) if (run := _spoken(match))]
    return tuple(sorted(found, key=lambda run: run.start))


def windows(run: Run, *, least: int, most: int) -> list[Run]:
    """Return the parts of a run, cut between its pieces, that have so many digits; longest first."""
    parts: list[Run] = []
    for first in range(len(run.pieces)):
        digits = ""
        for piece in run.pieces[first:]:
            digits += piece.digits
            if len(digits) > most:
                break
            if len(digits) >= least:
                parts.append(Run(digits, run.pieces[first].start, piece.end, ()))
    return sorted(parts, key=lambda part: (-len(part.digits), part.start))
