"""Values that the human will need, exactly as they stand in the transcript."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assist.analysis.case import Case
from assist.analysis.facts.answers import answered_values
from assist.analysis.facts.clause_facts import clause_values
from assist.analysis.facts.fields import Fields, is_core
from assist.analysis.facts.records import tool_values
from assist.analysis.facts.spoken import spoken_values
from assist.analysis.speech.focus import focus
from assist.analysis.speech.values import Found, merged, occurs, plain, speech
from assist.domain.findings import Fact
from assist.domain.transcript import Role

_MOST = 30
_SAID, _TOLD = 3.0, 1.5
_IN_FOCUS, _CORE_IN_FOCUS, _ASIDE = 1.0, 4.0, -5.0
_ON_TOPIC = 6.0
_SAME_ENTRY = 5.5  # the number and price of an item the customer names
_SHORT = 3
_ASIDE_UNLESS_SAID = frozenset(
    ("date_of_birth", "email", "phone", "city", "flight_price")
)  # on file, and no matter of the case
_FLAGS = frozenset(("yes", "no", "true", "false"))
_MOST_OF_A_NAME = {
    "amount": 5,
    "item": 5,
    "named": 4,
    "place": 4,
    "route": 2,
    "quoted": 2,
    "quantity": 4,
    "number": 3,
    "reference": 4,
    "phone": 3,
    "question": 1,
    "error_code": 3,
    "colour": 3,
    "code": 4,
    "passenger": 3,
    "person": 2,
    "flight_number": 4,
    "flight_date": 2,
    "order_id": 4,
    "reservation_id": 3,
    "reason": 3,
    "request": 2,
    "problem": 2,
    "item_price": 2,
    "payment_method": 4,
    "destination": 1,
    "origin": 1,
    "leg_origin": 1,
    "cabin": 2,
    "date": 4,
    "user_id": 2,
    "date_of_birth": 1,
}
_MOST_OF_ANY_NAME = 2


class FactsStage:
    """Collects values from tool calls first, then from answers and from speech, and keeps the most useful."""

    name = "facts"

    def by_rules(self, case: Case) -> tuple[Fact, ...]:
        """Return the facts, the most useful first; the same value found twice is one fact with all its turns."""
        fields = Fields(case.domain)
        found = [
            *tool_values(case, fields),
            *answered_values(case, fields),
            *spoken_values(case, fields),
            *clause_values(case),
        ]
        return tuple(_kept(sorted(_candidates(case, found), key=lambda candidate: (-candidate.score, -candidate.last))))


@dataclass(frozen=True, slots=True)
class _Candidate:
    fact: Fact
    score: float
    last: int


def _candidates(case: Case, found: list[Found]) -> Iterable[_Candidate]:
    customer = speech(" ".join(turn.text for _, turn in case.transcript.of(Role.CUSTOMER)))
    others = speech(" ".join(turn.text for _, turn in case.transcript.of(Role.BOT, Role.AGENT)))
    records = focus(found, customer, others)
    entries = {
        value.part
        for value in found
        if value.part and occurs(value.value, customer) and len(plain(value.value)) > _SHORT
    }
    groups: dict[str, list[Found]] = defaultdict(list)
    for value in found:
        key = plain(value.value)
        groups[f"{value.name} {key}" if key in _FLAGS or len(key) <= 1 else key].append(value)
    for group in groups.values():
        best = _best(case, group, customer)
        spoken = best.name if plain(best.value) in _FLAGS else best.value
        score = best.weight + _SAID * occurs(spoken, customer) + _TOLD * occurs(spoken, others)
        if case.turns[best.turn].role is Role.TOOL and _is_topic(best.name, customer):
            score += _ON_TOPIC
        if best.name in _ASIDE_UNLESS_SAID and not occurs(best.value, customer):
            score += _ASIDE
        own = {value.record for value in group if value.record}
        if own & records:
            score += _CORE_IN_FOCUS if is_core(best.name) else _IN_FOCUS
        elif own and not occurs(best.value, customer):
            score += _ASIDE
        if any(value.part in entries for value in group) and not occurs(best.value, customer):
            score += _SAME_ENTRY
        turns = merged(value.turn for value in group)
        fact = Fact(name=best.name, value=_as_told(best, others), turns=turns)
        yield _Candidate(fact, score, turns[-1])


def _best(case: Case, group: list[Found], customer: str) -> Found:
    """Return the value that names the group; structure spells it, and a price that a record calls one is no mere amount."""
    best = max(group, key=lambda value: value.weight)
    priced = [value for value in group if value.name in _PRICES]
    if best.name == "amount" and priced and not occurs(best.value, customer):
        return max(priced, key=lambda value: value.weight)
    structured = next((value for value in group if case.turns[value.turn].role is Role.TOOL), best)
    return replace(best, value=structured.value) if "_" in structured.value else best


_PRICES = frozenset(("item_price", "flight_price", "price", "amount_paid", "balance"))


def _as_told(best: Found, others: str) -> str:
    """Return a time stamp as the bot told it: the day alone."""
    day = _STAMP.match(best.value)
    return day["day"] if day and occurs(day["day"], others) else best.value


_STAMP = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)T\d\d:")


def _is_topic(name: str, customer: str) -> bool:
    """Say whether the customer speaks of what a field is about, such as bags or the membership."""
    words = [word for word in name.split("_") if word not in _PLAIN_WORDS]
    return any(
        word.startswith(said) or said.startswith(word)
        for word in words
        for said in customer.split()
        if min(len(said), len(word)) >= _SHORT
    )


_PLAIN_WORDS = frozenset(
    (
        "id",
        "number",
        "name",
        "date",
        "total",
        "status",
        "price",
        "order",
        "reservation",
        "flight",
        "user",
        "first",
        "last",
        "item",
        "payment",
    )
)


def _kept(candidates: Iterable[_Candidate]) -> Iterable[Fact]:
    """Yield the best ones, few of a name, so that a list of passengers does not push out the order number."""
    seen: Counter[str] = Counter()
    values: list[str] = []
    for candidate in candidates:
        fact = candidate.fact
        inside = any(f" {plain(fact.value)} " in f" {value} " for value in values) and fact.name in {
            "period",
            "person",
            "code",
            "date",
        }
        if seen[fact.name] >= _MOST_OF_A_NAME.get(fact.name, _MOST_OF_ANY_NAME) or inside:
            continue
        seen[fact.name] += 1
        values.append(plain(fact.value))
        yield fact
        if len(values) == _MOST:
            return
