"""Values that the customer and the bot speak of: by their shape, by the words beside them, by the domain's patterns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assist.analysis.case import Case
from assist.analysis.facts.fields import Fields
from assist.analysis.speech.shapes import SHAPES, flights, items
from assist.analysis.speech.things import things
from assist.analysis.speech.values import Found
from assist.domain.transcript import Role, Turn
from assist.redaction import Kind
from assist.redaction.texts import find_in_masked

_CUSTOMER_BONUS = 3.0
_OTHER_PERSON = 5.5
_TOTAL_BONUS = 1.5
_CARD_BONUS = 3.0
_TOTAL_NEAR = 40
_MASKED = re.compile(r"\[?[A-Z_]+_\d+\]?")
# Digits behind letters and a dash, or in two groups, are a reference and no telephone.
_REFERENCE = re.compile(r"(?:\b[A-Z]{1,4}-\d{3,}|(?<![\d+-])\d{2}-\d{5,8})(?![\d-])")

_PERSONAL = {
    Kind.EMAIL: "email",
    Kind.PHONE: "phone",
    Kind.DATE_OF_BIRTH: "date_of_birth",
    Kind.ADDRESS: "address",
    Kind.NAME: "name",
    Kind.IBAN: "iban",
}
_SELF = re.compile(
    r"(?:\bmy (?:full |first |last )?name(?: is|['’]?s|:)?|\bthe names?|\bi(?:['’]m| am)|\bthis is|\bname:|\bspeaking with)\s*$",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"\b(?:my name(?: is|['’]s)|i(?:['’]m| am)|this is|you(?:['’]re| are) (?:talking|speaking|chatting) (?:to|with))\s*$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\b(?:regards|sincerely|faithfully|thanks|thank you|cheers|best|yours)[^\n]{0,20}\n\s*$", re.IGNORECASE
)
_SELF_AFTER = re.compile(r"\s*(?:is my name|here\b|speaking\b)", re.IGNORECASE)
_TITLE = re.compile(r"\bDr\.?\s*$")
_TOTAL = re.compile(
    r"\b(?:total|charged?|remaining|refund(?:ed)?|offer|certificate|cost|price|amount|pay|compensation)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[^.?!\n]*\?")
_NEAR = 40


@dataclass(frozen=True, slots=True)
class _Heard:
    name: str
    weight: float
    start: int
    end: int


def spoken_values(case: Case, fields: Fields) -> list[Found]:
    """Return the values in what was said, the customer's words weighing more than the bot's."""
    found: list[Found] = []
    for index, turn in case.transcript.of(Role.CUSTOMER, Role.BOT, Role.AGENT):
        by_customer = turn.role is Role.CUSTOMER
        # What the bot only asks, such as the choices it offers, is no value yet.
        asked = [] if by_customer else [match.span() for match in _QUESTION.finditer(turn.text)]
        for heard in _heard(case, fields, turn):
            if turn.text[max(0, heard.start - 1) : heard.start] == "[" or _MASKED.fullmatch(
                turn.text[heard.start : heard.end]
            ):
                continue
            if any(start <= heard.start < end for start, end in asked) or (
                heard.name == "related_person" and not by_customer
            ):
                continue
            weight = heard.weight + _CUSTOMER_BONUS * by_customer + _bonus(turn.text, heard)
            found.append(Found(heard.name, turn.text[heard.start : heard.end], index, weight))
    return found


def _bonus(text: str, heard: _Heard) -> float:
    """Return what an amount gains by a word before it that says what it is for, and a card by its last digits."""
    if heard.name == "payment_method" and "ending" in text[heard.start : heard.end]:
        return _CARD_BONUS
    before = text[max(0, heard.start - _TOTAL_NEAR) : heard.start]
    return _TOTAL_BONUS if heard.name == "amount" and _TOTAL.search(before) else 0.0


def _heard(case: Case, fields: Fields, turn: Turn) -> Iterator[_Heard]:
    taken: list[tuple[int, int]] = []
    for heard in _personal(fields, turn.text, by_customer=turn.role is Role.CUSTOMER):
        taken.append((heard.start, heard.end))
        yield heard
    yield from _beside(turn)
    for heard in (*_defined(case, fields, turn.text), *_shaped(turn.text)):
        if all(heard.end <= start or heard.start >= end for start, end in taken):
            taken.append((heard.start, heard.end))
            yield heard
    for name, weight, (start, end) in things(turn.text):
        if not any(
            start < until and since < end and (start, end) != (since, until) and not (start <= since and until <= end)
            for since, until in taken
        ):
            yield _Heard(name, weight, start, end)


def _beside(turn: Turn) -> Iterator[_Heard]:
    """Yield values that may lie inside others: routes with their ends, things bought, rates with their amount."""
    for name, weight, (start, end) in (*flights(turn.text), *(items(turn.text) if turn.role is Role.CUSTOMER else [])):
        yield _Heard(name, weight, start, end)


def _personal(fields: Fields, text: str, *, by_customer: bool) -> Iterator[_Heard]:
    for span in find_in_masked(text):
        name = _PERSONAL.get(span.type)
        before = text[max(0, span.start - _NEAR) : span.start]
        if name is None or (name == "name" and _TITLE.search(before)):
            continue
        if name == "phone" and _REFERENCE.search(text[max(0, span.start - 5) : span.end + 1]):
            continue
        if name == "name":
            whole = text[span.start : span.end].strip(" .!,") == text.strip(" .!,")
            own = (
                whole
                or _SELF.search(before)
                or _SIGNED.search(before)
                or _SELF_AFTER.match(text[span.end : span.end + _NEAR])
            )
            after = text[span.end : span.end + _NEAR]
            if not by_customer and (_INTRODUCES.search(before) or _SELF_AFTER.match(after)):
                continue  # the bot says who it is
            if not own:
                yield _Heard("person", _OTHER_PERSON, span.start, span.end)
                continue
        yield _Heard(name, fields.usefulness(name), span.start, span.end)


def _defined(case: Case, fields: Fields, text: str) -> Iterator[_Heard]:
    for fact in case.domain.facts:
        for match in re.finditer(fact.pattern, text) if fact.pattern else ():
            group = 1 if match.re.groups and match[1] else 0
            if match[group].strip():
                yield _Heard(fact.name, fields.usefulness(fact.name) + 1, *match.span(group))


def _shaped(text: str) -> Iterator[_Heard]:
    for name, pattern, weight in SHAPES:
        for match in pattern.finditer(text):
            group = match.lastgroup if match.lastgroup not in {None, "brand"} else 0
            yield _Heard(name, float(weight), *match.span(group or 0))
