"""Answers of production code, made up field by field."""

from datetime import UTC, datetime
from typing import Any

import numpy as np

from assist.analysis.case import Case
from assist.domain.business import Domain
from assist.domain.transcript import RedactedTranscript, Role, Transcript, Turn
from evals.cases import LabelledCase, Labels

SAID = (
    Turn(role=Role.CUSTOMER, text="Hi, order W77 never came. I am Ada Lark, ada@example.com, and I paid $1,286.00."),
    Turn(role=Role.BOT, text="I could not verify you, Ada. The parcel is lost since May 6."),
    Turn(role=Role.CUSTOMER, text="I want a human now"),
)


def an_answer(*turns: Turn, **found: Any) -> Case:  # noqa: ANN401 -- any field of a case
    """Return a case on the standard conversation, with these findings."""
    said = turns or SAID
    return Case(
        transcript=RedactedTranscript(transcript=Transcript(turns=said)),
        domain=Domain(name="shop", title="Shop"),
        vectors=np.zeros((len(said), 4), dtype=np.float32),
        now=datetime(2026, 1, 1, tzinfo=UTC),
        **found,
    )


def a_case(*turns: Turn, case_id: str = "c-1", **labels: Any) -> LabelledCase:  # noqa: ANN401 -- any label
    """Return a labelled case on the standard conversation."""
    return LabelledCase(case_id=case_id, domain="shop", turns=turns or SAID, labels=Labels.model_validate(labels))
