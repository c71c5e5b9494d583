"""Sampled packets as QA reads them: which, when, and what was found; their text is a click away, where it always was."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from pydantic import BaseModel

from assist.ports import Observation
from evals.watching.features import features_in

_DOUBT: Final = "gate_refused"


class SampleOut(BaseModel):
    """A packet whose statements were checked; `faults` counts by check, and holds only what is not 0."""

    handoff_id: str
    made_at: datetime
    domain: str
    language: str
    channel: str
    intent: str | None
    statements: int
    faults: dict[str, int]


class SamplePage(BaseModel):
    """A page of sampled packets, newest first; `next_cursor` is null on the last page."""

    items: list[SampleOut]
    next_cursor: str | None


def samples(rows: Iterable[Observation], *, faults: bool) -> list[SampleOut]:
    """Return what was found in each packet, newest first; with `faults` only those that have any.

    A refusal by the gate alone is none: it refuses true statements, too.
    """
    found = []
    for row in rows:
        features = features_in(row)
        bad = {check: count for check, count in (features.checks or {}).items() if count}
        if faults and not bad.keys() - {_DOUBT}:
            continue
        found.append(
            SampleOut(
                handoff_id=row.handoff_id,
                made_at=row.made_at,
                domain=features.domain,
                language=features.language,
                channel=features.channel,
                intent=features.intent,
                statements=features.statements,
                faults=bad,
            )
        )
    return found[::-1]
