"""Against a statement: ids, amounts, dates, names and numbers that the turns do not give, or give to something else."""

import re
from typing import Final

from assist.grounding.claim import EXACT, Claim, absent_values, is_id
from assist.grounding.dates import dates
from assist.grounding.numerals import spelt_as_digits
from assist.grounding.values import Kind, Source, values
from assist.grounding.words import concept

_COUNTED: Final = re.compile(
    r"(?<![\d.,$€£:/-])\b(?P<number>\d{1,2}|one|a single|both)\s+(?:\w+ly\s+)?(?P<noun>[a-z-]+)(?:\s+(?P<second>[a-z-]+))?",
    re.IGNORECASE,
)
_EACH: Final = re.compile(
    r"(?P<number>\d[\d.,]*)\D{0,14}\b(?:per|each|apiece|a) ?(?P<unit>person|passenger|night|bag|item|unit|head|piece|ticket|\b)|\beach\b[^.]{0,40}?(?P<after>\d[\d.,]*)",
    re.IGNORECASE,
)


def value_missing(claim: Claim) -> float:
    """Ids, amounts, dates and addresses that stand in no turn at all."""
    return min(2.0, float(sum(1 for value in absent_values(claim, EXACT) if not claim.evidence.whole.holds(value))))


def value_elsewhere(claim: Claim) -> float:
    """Amounts, dates and times that stand in other turns only."""
    absent = [value for value in absent_values(claim, EXACT) if not is_id(value)]
    return min(2.0, float(sum(1 for value in absent if claim.evidence.whole.holds(value))))


def id_elsewhere(claim: Claim) -> float:
    """Ids that stand in other turns only."""
    absent = [value for value in absent_values(claim, EXACT) if is_id(value)]
    return min(1.0, float(sum(1 for value in absent if claim.evidence.whole.holds(value))))


def name_missing(claim: Claim) -> float:
    """Names that the conversation does not know."""
    absent = absent_values(claim, (Kind.NAME,))
    return min(1.0, float(sum(1 for value in absent if not claim.evidence.whole.holds(value))))


def name_elsewhere(claim: Claim) -> float:
    """Names that stand in other turns only."""
    mine = {word.casefold() for word in re.findall(r"[^\W\d_]{2,}", claim.text)} & claim.evidence.names
    return float(any(re.search(rf"(?<!\w){re.escape(name)}", claim.source.folded) is None for name in mine))


def number_rebound(claim: Claim) -> float:
    """Gives a number to what has another number in the turns."""
    mine = {
        value.text
        for value in values(claim.text)
        if value.kind in {Kind.NUMBER, Kind.TIME, Kind.DATE} and not is_id(value)
    }
    wanted = {word for word in claim.concepts if not any(sign.isdigit() for sign in word)}
    if len(mine) != 1 or not 2 <= len(wanted) <= 6:  # noqa: PLR2004 -- one word fits anywhere, and many hold several statements
        return 0.0
    value = next(value for value in values(claim.text) if value.text in mine)
    ranked: list[tuple[int, bool, bool]] = []
    for sentence in claim.sentences:
        for clause in sentence.clauses if sentence.tool is None else ():
            there = Source(clause.text)
            ranked.append((len(wanted & clause.concepts), there.holds(value), bool(there.numbers)))
    most = max((share for share, _, _ in ranked), default=0)
    best = [(has, other) for share, has, other in ranked if share == most and share >= 2]  # noqa: PLR2004 -- as above
    return 1.0 if best and not any(has for has, _ in best) and any(other for _, other in best) else 0.0


def count_missing(claim: Claim) -> float:
    """Small numbers in words that stand in no cited turn: a summary may count by itself."""
    return min(1.0, float(len(absent_values(claim, (Kind.COUNT,)))))


def count_differs(claim: Claim) -> float:
    """Counts things otherwise than the turns do."""
    spoken = " . ".join(sentence.text for sentence in claim.sentences if sentence.tool is None)
    mine, theirs = _counts(_undated(claim.text)), _counts(_undated(spoken))
    return 1.0 if any(noun in theirs and not numbers & theirs[noun] for noun, numbers in mine.items()) else 0.0


def _undated(text: str) -> str:
    """Return a text without its dates: "June 28" counts nothing."""
    for dated in dates(text):
        text = text.replace(dated.text, " ; ")
    return text


def _counts(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for match in _COUNTED.finditer(spelt_as_digits(text)):
        number = {"one": "1", "a single": "1", "both": "2"}.get(match["number"].lower(), match["number"])
        for noun in (match["noun"], match["second"]):
            if noun and noun not in {
                "am",
                "pm",
                "of",
                "and",
                "to",
                "or",
                "in",
                "on",
                "is",
                "for",
                "with",
                "at",
                "the",
                "are",
                "has",
                "was",
            }:
                found.setdefault(concept(noun), set()).add(number)
    return found


def each_for_all(claim: Claim) -> float:
    """Says of a sum that it is for each, or of a price for each that it is the sum."""
    match = _EACH.search(claim.text)
    if match is None or not (match["after"] or re.search(r"\b(?:per|each|apiece)\b", match[0])):
        return 0.0
    number = (match["number"] or match["after"]).rstrip(".,")
    for sentence in claim.sentences:
        if sentence.tool is None and re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d])", sentence.text):
            near = re.search(
                rf"(?<![\d.,]){re.escape(number)}(?:\.\d+)?[^\d.]{{0,18}}\b(?:per|each|apiece|a (?:night|day|person|head))\b|\beach\b[^.]{{0,25}}{re.escape(number)}",
                sentence.text,
            )
            if near:
                return 0.0
    return 1.0
