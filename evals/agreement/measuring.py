"""Agreement, field by field, with intervals; and the conversations on which people differ."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from evals.agreement.alpha import krippendorff_alpha
from evals.agreement.fields import FIELDS, LISTS, as_written
from evals.agreement.kappa import cohen_kappa
from evals.agreement.labellers import Ratings
from evals.cases import LabelledCase
from evals.errors import EvalsError, NothingToScore
from evals.metrics import Counts, Filling, Pair, f1, interval, wilson
from evals.metrics.columns import Columns

_TWO: Final = 2
FIRM: Final = 0.8
TENTATIVE: Final = 0.667


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class AgreementRow(_Value):
    """One measure of one field; `value` is None where these labels do not define it, and `why` says so.

    `n` are the conversations that at least two people labelled.
    """

    field: str
    measure: Literal["agreement", "Cohen's kappa", "Krippendorff's alpha", "F1"]
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int
    why: str | None = None

    @property
    def reading(self) -> str:
        """What the value allows, after Krippendorff (2004, p. 241): from 0.800 firm, from 0.667 tentative conclusions."""
        if self.value is None or self.measure not in {"Cohen's kappa", "Krippendorff's alpha"}:
            return ""
        return "firm" if self.value >= FIRM else "tentative" if self.value >= TENTATIVE else "not to be relied on"


class Disagreement(_Value):
    """A conversation on which people differ in a field, and what each said."""

    case_id: str
    field: str
    answers: Mapping[str, str]


class Agreement(_Value):
    """How far the labellers agree; `remarks` are what a reader has to know before they trust it."""

    labellers: tuple[str, ...]
    conversations: int
    rows: tuple[AgreementRow, ...]
    differences: tuple[Disagreement, ...]
    remarks: tuple[str, ...]


def agreement(rated: Ratings) -> Agreement:
    """Return the agreement over all conversations that at least two people labelled; NothingToScore where there is none."""
    shared = rated.shared
    if not shared:
        message = f"no conversation was labelled by two people; {', '.join(rated.labellers) or 'nobody'} labelled apart"
        raise NothingToScore(message)
    rows = [row for field in FIELDS for row in _words(field, rated)]
    rows += [row for field in LISTS for row in _lists(field, rated)]
    return Agreement(
        labellers=rated.labellers,
        conversations=len(shared),
        rows=tuple(rows),
        differences=tuple(_differences(shared)),
        remarks=tuple(_remarks(rated)),
    )


def _words(field: str, rated: Ratings) -> Iterator[AgreementRow]:
    said = {
        case_id: {who: word for who, case in by.items() if (word := FIELDS[field](case.labels)) is not None}
        for case_id, by in rated.shared.items()
    }
    units = [list(by.values()) for by in said.values() if len(by) >= _TWO]
    if not units:
        return
    same = sum(len(set(unit)) == 1 for unit in units)
    bounds = wilson(same, len(units))
    yield AgreementRow(
        field=field, measure="agreement", value=same / len(units), low=bounds.low, high=bounds.high, n=len(units)
    )
    if len(rated.labellers) == _TWO:
        yield _kappa(field, units)
    yield _alpha(field, units)


def _kappa(field: str, units: list[list[str]]) -> AgreementRow:
    columns = Columns.of([Pair(truth=one, guess=other) for one, other in units])
    try:
        value = cohen_kappa.of(columns)
        low, high = interval(columns, cohen_kappa)
    except EvalsError as exc:
        return AgreementRow(field=field, measure="Cohen's kappa", value=None, n=len(units), why=str(exc))
    return AgreementRow(field=field, measure="Cohen's kappa", value=value, low=low, high=high, n=len(units))


def _alpha(field: str, units: list[list[str]]) -> AgreementRow:
    try:
        found = krippendorff_alpha(units)
    except EvalsError as exc:
        return AgreementRow(field=field, measure="Krippendorff's alpha", value=None, n=len(units), why=str(exc))
    return AgreementRow(
        field=field,
        measure="Krippendorff's alpha",
        value=found.value,
        low=found.low,
        high=found.high,
        n=found.units,
    )


def _lists(field: str, rated: Ratings) -> Iterator[AgreementRow]:
    """F1 of each pair of people, counted together: it is the same whoever is taken for the truth."""
    filling, units = Filling(), set()
    for unit, by in enumerate(rated.shared.values()):
        for one, other in combinations(by.values(), 2):
            counts = LISTS[field](one.labels, other.labels)
            if counts is not None:
                filling.add(unit, counts)
                units.add(unit)
    if not units:
        return
    columns = filling.columns()
    try:
        value = f1.of(columns)
        low, high = interval(columns, f1)
    except EvalsError:
        return  # nobody listed anything: there is nothing to agree on
    yield AgreementRow(field=field, measure="F1", value=value, low=low, high=high, n=len(units))


def _differences(shared: Mapping[str, Mapping[str, LabelledCase]]) -> Iterator[Disagreement]:
    for case_id, by in shared.items():
        for field in (*FIELDS, *LISTS):
            if _differ(field, by):
                answers = {who: as_written(field, case.labels) for who, case in by.items()}
                yield Disagreement(case_id=case_id, field=field, answers=answers)


def _differ(field: str, by: Mapping[str, LabelledCase]) -> bool:
    if field in FIELDS:
        return len({word for case in by.values() if (word := FIELDS[field](case.labels)) is not None}) > 1
    if field.endswith("alone"):
        return False  # told with the steps
    pairs = (LISTS[field](one.labels, other.labels) for one, other in combinations(by.values(), 2))
    return any(isinstance(counts, Counts) and bool(counts.false or counts.missed) for counts in pairs)


def _remarks(rated: Ratings) -> Iterator[str]:
    alone = len(rated.cases) - len(rated.shared)
    if alone:
        yield f"{alone} conversations were labelled by one person only and are left out."
    for who, count in rated.prefilled.items():
        yield f"{who} began {count} conversations from the service's own packet: agreement on those is partly the service's."
