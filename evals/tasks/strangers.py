"""Utterances that belong to another line of business: each must be called unknown where it lands."""

from collections.abc import Iterable, Sequence

from evals.cases import UNKNOWN, Dataset, LabelledCase, Labels, turn
from evals.readers.examples import shuffled, telling

EACH = 80


def strangers(homes: Sequence[tuple[str, Sequence[LabelledCase]]], *, each: int = EACH) -> Dataset:
    """Return opening words of foreign customers in each of these domains, at most `each` a pair of domain and source."""
    cases = tuple(case for home, foreign in homes for case in _sent_to(home, foreign, each=each))
    return Dataset(name="other sets", cases=cases, note="opening words of customers with other wishes")


def _sent_to(home: str, foreign: Iterable[LabelledCase], *, each: int) -> list[LabelledCase]:
    return [
        LabelledCase(
            case_id=f"{case.case_id}-in-{home}",
            domain=home,
            turns=(turn("customer", telling(case, among=3)),),
            labels=Labels(intent=UNKNOWN),
            group=case.group or case.case_id,
        )
        for case in shuffled(foreign)[:each]
    ]
