"""The scorer of personal data, worked by hand."""

from assist.domain.transcript import Role, Turn
from assist.redaction import Kind, Span
from evals.metrics import Counts
from evals.scorers import redaction_scorer
from tests.unit.evals.answers import a_case

TEXT = "Ada, 4111 1111 1111 1111, ada@example.com, Bern"
LABELS = [
    {"type": "PERSON", "start": 0, "end": 3},
    {"type": "CREDIT_CARD", "start": 5, "end": 24},
    {"type": "GPE", "start": 43, "end": 47},
]
SCORE = redaction_scorer(
    {"PERSON": Kind.NAME, "CREDIT_CARD": Kind.CARD_NUMBER}, labelled={Kind.NAME, Kind.CARD_NUMBER, Kind.PHONE}
)


def scored(*found: Span) -> dict[str, Counts]:
    """Return the counts of each measure on the standard text."""
    case = a_case(Turn(role=Role.CUSTOMER, text=TEXT), spans=LABELS)
    scores = SCORE(case, list(found))
    return {score.measure: record for score in scores for record in score.records if isinstance(record, Counts)}


def test_nothing_found_misses_all_labelled_kinds_that_are_ours() -> None:
    """The place is no personal data of ours; the name and the card are missed."""
    counts = scored()
    assert counts["redaction_secrets"] == Counts(hits=0, false=0, missed=1)
    assert counts["redaction_rest"] == Counts(hits=0, false=0, missed=1)


def test_a_value_hidden_under_another_kind_does_not_leak() -> None:
    """A card taken for a phone is hidden, which is what counts; as a phone it is right to hide it."""
    counts = scored(Span(type=Kind.PHONE, start=5, end=24))
    assert counts["redaction_secrets"] == Counts(hits=1, false=0, missed=0)
    assert counts["redaction_rest"] == Counts(hits=0, false=0, missed=1)


def test_half_a_card_number_leaks() -> None:
    """Nine of ten letters and digits must be hidden."""
    assert scored(Span(type=Kind.CARD_NUMBER, start=5, end=14))["redaction_secrets"].missed == 1


def test_what_nobody_labelled_counts_only_for_kinds_that_the_set_labels() -> None:
    """The e-mail address is not labelled in this set, so finding it is no mistake; a phone there would be."""
    counts = scored(Span(type=Kind.EMAIL, start=26, end=41))
    assert counts["redaction_rest"].false == 0
    assert scored(Span(type=Kind.PHONE, start=26, end=41))["redaction_rest"].false == 1
