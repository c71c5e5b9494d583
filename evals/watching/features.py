"""What is noted of a packet: labels and numbers, never a word of the conversation."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assist.domain.packet import HandoffPacket
from assist.ports import Observation, Remark
from evals.watching.edits import edit_distance
from knowledge.search.ranking import ENOUGH

_ARTICLE: Final = re.compile(r"^knowledge\[([^\]]+)\]$")
_STATED: Final = re.compile(
    r"^(?:summary\.(headline|text)|(summary\.lines|steps_tried|promises|facts|sections)\[([^\]]+)\])"
)
_TAKEN: Final = frozenset({"accepted", "right"})
_TEXT: Final = {"summary": "text", "steps_tried": "action", "promises": "text", "facts": "value", "sections": "value"}


class Features(BaseModel):
    """One packet as numbers; what stays None was not looked at. `checks` counts faults by check, of `statements` statements.

    Articles are `shown` and `taken` only where an agent said anything of the packet; `edits` are normalised distances.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    domain: str = "none"
    language: str = "unknown"
    channel: str = "unknown"
    intent: str | None = None
    sentiment: str | None = None
    frustrated: bool | None = None
    verification: str | None = None
    escalation: str | None = None
    relevant: bool | None = None
    shown: int = 0
    taken: int = 0
    stated: int | None = None
    dropped: int | None = None
    degraded: bool | None = None
    read: tuple[int, int] | None = None
    judged: int = 0
    wrong: int = 0
    edits: tuple[float, ...] = ()
    checks: Mapping[str, int] | None = None
    statements: int = 0
    words: int | None = None
    ease: float | None = None


class Seen(BaseModel):
    """What a check of a sampled packet adds to its features."""

    model_config = ConfigDict(frozen=True)

    checks: Mapping[str, int] = Field(default_factory=dict)
    statements: int = 0
    words: int | None = None
    ease: float | None = None


def features_of(packet: HandoffPacket, remarks: Iterable[Remark] = (), seen: Seen | None = None) -> Features:
    """Return the features of a packet, of what agents said of it, and of what the checks saw where it was sampled."""
    said = list(remarks)
    # Of two verdicts on one thing the later counts: an agent may think again.
    verdicts = {str(remark.body.get("field")): remark.body for remark in said if remark.kind == "feedback"}
    judged = {field: body for field, body in verdicts.items() if _STATED.match(field)}
    taken = sum(bool(_ARTICLE.match(field)) and body.get("verdict") in _TAKEN for field, body in verdicts.items())
    return Features(
        domain=packet.domain or "none",
        language=packet.language.partition("-")[0] or "unknown",
        channel=packet.channel.value,
        intent=packet.intent.label,
        sentiment=packet.sentiment.label.value,
        frustrated=packet.sentiment.frustrated,
        verification=packet.verification.status.value,
        escalation=packet.escalation.reason.value,
        relevant=bool(packet.knowledge) and packet.knowledge[0].score >= ENOUGH,
        shown=len(packet.knowledge) if said else 0,
        taken=min(taken, len(packet.knowledge)),
        stated=len(packet.summary.lines) + len(packet.steps_tried),
        dropped=sum(count for source in packet.provenance.values() for count in source.dropped.values()),
        degraded=any(source.failure is not None for source in packet.provenance.values()),
        read=(packet.coverage.turns_read, packet.coverage.turns_total),
        judged=len(judged),
        wrong=sum(body.get("verdict") in {"wrong", "dismissed"} for body in judged.values()),
        edits=tuple(_edits(packet, judged)),
        **(seen.model_dump() if seen else {}),
    )


def features_in(observation: Observation) -> Features:
    """Return the features of an observation; one of another release keeps what both know."""
    try:
        return Features.model_validate(observation.body)
    except ValidationError:
        return Features()


def _edits(packet: HandoffPacket, judged: Mapping[str, Mapping[str, Any]]) -> Iterable[float]:
    for field, body in judged.items():
        value = body.get("value")
        if body.get("verdict") == "edited" and isinstance(value, str):
            before = _statement(packet, field)
            if before is not None:
                yield round(edit_distance(before, value), 2)


def _statement(packet: HandoffPacket, field: str) -> str | None:
    """Return the words that a field such as `summary.lines[2]` names; None where this revision has none there."""
    found = _STATED.match(field)
    if found is None:
        return None
    if found[1]:
        return str(getattr(packet.summary, found[1]))
    name, key = found[2].partition(".")[0], found[3]
    entries = packet.summary.lines if name == "summary" else getattr(packet, name)
    if key.isascii() and key.isdigit():
        entry = entries[int(key)] if int(key) < len(entries) else None
    else:
        entry = next((each for each in entries if getattr(each, "name", None) == key), None)
    return None if entry is None else str(getattr(entry, _TEXT[name]))
