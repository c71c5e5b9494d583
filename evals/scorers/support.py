"""Is a statement of the summary supported by the turns it cites? Checked without a model, strictly on what is exact.

A statement is unsupported when it cites no turn (save one that says only what did not happen, which no turn can show), when a
number, id, e-mail or quoted passage in it stands in none of its
turns, or when it says that the customer is verified though the labels say otherwise. A paraphrase that is wrong in plain
words passes: the check finds invented values, not every untruth.
"""

import re

from assist.domain.findings import SummaryLine, VerificationStatus
from assist.domain.transcript import Turn
from evals.cases import VerificationLabel

_QUOTED = re.compile(r"[“\"]([^”\"]{3,})[”\"]")
_EXACT = re.compile(r"[\w.+-]+@[\w.-]+\w|#?\b[A-Za-z]*\d[\w.,/:-]*\w|\b\d\b")
_ABSENCE = re.compile(r"\b(?:not|nothing|nobody|no one|never|none|no)\b", re.IGNORECASE)
_VERIFIED = re.compile(
    r"\b(?:is|was|has been|were|identity) (?:successfully |fully |now )?(?:verified|confirmed|authenticated)\b",
    re.IGNORECASE,
)
_COUNTED = {word: n for n, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight"), start=1)}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def unsupported(line: SummaryLine, turns: tuple[Turn, ...], verification: VerificationLabel | None) -> str | None:
    """Return why the statement is not supported, or None where nothing speaks against it."""
    cited = [index for index in line.turns if 0 <= index < len(turns)]
    if not cited:
        absent = _ABSENCE.search(line.text) is not None and not line.turns and not _EXACT.search(line.text)
        return None if absent else "cites no turn"
    source = plain(" ".join(spoken_text(turns[index]) for index in cited))
    for passage in _QUOTED.findall(line.text):
        if plain(passage).rstrip(" .!?…") not in source:
            return f"the quotation {passage!r} does not stand in its turns"
    for value in exact_values(line.text):
        if not stands(value, source, turns=len(cited)):
            return f"{value!r} does not stand in its turns"
    if verification is not None and verification.status != VerificationStatus.VERIFIED and _says_verified(line.text):
        return f"says verified, labelled {verification.status}"
    return None


def _says_verified(text: str) -> bool:
    found = _VERIFIED.search(text)
    return found is not None and " not " not in f" {text[: found.end()].lower()} ".replace("n't", " not")


def spoken_text(turn: Turn) -> str:
    """Return what a turn says, the arguments of its call with it."""
    arguments = (turn.tool.arguments or {}) if turn.tool else {}
    return " ".join([turn.text, *(str(value) for value in arguments.values())])


def plain(text: str) -> str:
    """Return a text in lower case, with single spaces and plain numbers."""
    lowered = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text.lower())
    lowered = re.sub(r"(\d\.\d)0\b", r"\1", re.sub(r"(\d)\.0+\b", r"\1", lowered))
    return re.sub(r"\s+", " ", lowered)


def exact_values(text: str) -> list[str]:
    """Return the numbers, ids and addresses that a text names."""
    return _EXACT.findall(text)


def stands(value: str, source: str, *, turns: int) -> bool:
    """Say whether a source holds a value, a date in words too; a small number may count its turns."""
    source, wanted = plain(source), plain(value).strip("#.:/-")
    if re.search(
        rf"(?<!\w){re.escape(wanted)}(?:(?!\w)|(?=t\d\d:))", source
    ):  # a time may follow a date: 2026-03-27t10:15
        return True
    if wanted.isdigit():
        number = int(wanted)
        # "tried 3 times" counts turns; "May 6" may stand as 2024-05-06
        return (
            number <= turns or any(_COUNTED.get(word) == number for word in source.split()) or _in_date(number, source)
        )
    return _as_date(wanted, source)


def _in_date(number: int, source: str) -> bool:
    return re.search(rf"\d{{4}}-(?:\d\d-)?0?{number}\b", source) is not None


def _as_date(value: str, source: str) -> bool:
    """Say whether an ISO date stands there in words."""
    found = re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(\d\d)", value)
    if found is None:
        return False
    month, day = _MONTHS[int(found[1]) - 1], int(found[2])
    words = rf"\b{month}[a-z]*\.? {day}\b|\b{day}(?:st|nd|rd|th)? (?:of )?{month}"
    return re.search(words, source) is not None
