"""Findings become a packet."""

from datetime import datetime

from assist.analysis.pipeline import Reading
from assist.domain.packet import Coverage, HandoffPacket


def assemble(
    reading: Reading, *, handoff_id: str, conversation_id: str, created_at: datetime, revision: int = 1
) -> HandoffPacket:
    """Return the packet of a reading: every turn was read, since every stage reads the whole transcript."""
    case = reading.case
    total = len(case.turns)
    return HandoffPacket(
        id=handoff_id,
        revision=revision,
        conversation_id=conversation_id,
        channel=case.transcript.transcript.channel,
        language=case.language,
        domain=case.domain.name,
        created_at=created_at,
        as_of_turn=total - 1,
        escalation=case.escalation,
        intent=case.intent,
        verification=case.verification,
        steps_tried=case.steps_tried,
        summary=case.summary,
        sentiment=case.sentiment,
        facts=case.facts,
        missing=case.missing,
        promises=case.promises,
        knowledge=case.knowledge,
        actions=case.actions,
        sections=case.sections,
        redactions=case.transcript.redactions,
        coverage=Coverage(turns_total=total, turns_read=total),
        provenance=dict(reading.provenance),
    )
