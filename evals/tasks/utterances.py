"""Single utterances: a wish for a human, mood, personal data."""

from collections.abc import Sequence

from assist.redaction import SECRETS, Kind, Span, find
from evals.cases import Dataset, LabelledCase
from evals.metrics import f1_of, precision, rank_correlation, recall
from evals.production import Analysis
from evals.readers import pii
from evals.scorers import redaction_scorer, score_human_request, score_sentiment
from evals.tasks.task import Aim, Measure, Task, analyse, using

_SLOTS = {
    "ssn": Kind.NATIONAL_ID,
    "card_number": Kind.CARD_NUMBER,
    "password": Kind.PASSWORD,
    "email_address": Kind.EMAIL,
    "phone_number": Kind.PHONE,
    "address": Kind.ADDRESS,
    "name": Kind.NAME,
}
_ANNOUNCED = ("ssn", "social", "card", "password", "passcode", "pass word")


def human_request(dataset: Dataset) -> Task:
    """Return the task of hearing that a customer asks for a human."""
    return Task(
        name="asks-for-human",
        dataset=dataset,
        ask=analyse("intent", "sentiment", "escalation"),
        scorers=using(score_human_request),
        measures=(
            Measure("escalation", "asks for a human, F1", "asks_for_human", f1_of("true"), Aim(0.92), form="number"),
        ),
    )


def tweets(dataset: Dataset) -> Task:
    """Return the task of ordering texts by mood as raters do."""
    return Task(
        name="sentiment",
        dataset=dataset,
        ask=analyse("sentiment"),
        scorers=using(score_sentiment),
        measures=(
            Measure("sentiment", "rank correlation", "sentiment_rank", rank_correlation, Aim(0.80), form="number"),
        ),
    )


def personal_data(dataset: Dataset) -> Task:
    """Return the task of finding personal data in made-up sentences."""
    return Task(
        name="redaction",
        dataset=dataset,
        ask=_spans,
        scorers=using(redaction_scorer(pii.KINDS, labelled=frozenset(pii.KINDS.values()) | SECRETS)),
        measures=(*_groups(aims=True), *(_recall_of(kind) for kind in sorted(set(pii.KINDS.values())))),
    )


def slots(dataset: Dataset, *, announced: bool) -> Task:
    """Return the task of finding identity slots in turns that say what they hold, or in bare ones.

    In these sets the question before a bare answer is missing, by which the service would know it: no aim there.
    """
    cases = [case for case in dataset.cases if _announced(case) is announced]
    return Task(
        name="slots-announced" if announced else "slots-bare",
        dataset=dataset.holding(cases),
        ask=_spans,
        scorers=using(redaction_scorer(_SLOTS, labelled=SECRETS)),
        measures=_groups(aims=True, where=" where named")[:2]
        if announced
        else _groups(aims=False, where=", bare values")[:1],
        telling=announced,
    )


def _announced(case: LabelledCase) -> bool:
    text = case.turns[0].text.lower()
    return any(word in text for word in _ANNOUNCED)


def _spans(_: Analysis, case: LabelledCase) -> Sequence[Span]:
    return find(case.turns[0].text)


def _groups(*, aims: bool, where: str = "") -> tuple[Measure, ...]:
    rows = (
        ("secrets, recall", "redaction_secrets", recall, 0.99),
        ("secrets, precision", "redaction_secrets", precision, 0.95),
        ("the rest, recall", "redaction_rest", recall, 0.90),
        ("the rest, precision", "redaction_rest", precision, 0.85),
    )
    return tuple(
        Measure("redaction", name + where, score, metric, Aim(aim) if aims else None)
        for name, score, metric, aim in rows
    )


def _recall_of(kind: Kind) -> Measure:
    return Measure("redaction", f"{kind.value.replace('_', ' ')}, recall", f"redaction_{kind.value}", recall)
