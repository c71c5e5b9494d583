"""Checks of a packet that need no label: its statements against the turns that it cites. No model is loaded.

How often the checkers are right is itself measured, on statements labelled true or false: see `yardstick` in every report.
"""

from functools import cached_property
from typing import Final

import numpy as np

from assist.analysis.case import Case
from assist.domain.business import Domain
from assist.domain.findings import VerificationStatus
from assist.domain.packet import HandoffPacket
from assist.domain.transcript import RedactedTranscript, Role
from assist.grounding import Gate
from evals.cases import LabelledCase, VerificationLabel
from evals.scorers.dangers import claimed_identity, forged, invented_amounts, invented_promises, leaked
from evals.scorers.fidelity import foreign_values, unheard_names
from evals.scorers.readability import reading_ease
from evals.scorers.support import spoken_text, unsupported
from evals.watching.features import Seen

DANGERS: Final = (
    "leaked_secret",
    "invented_promise",
    "invented_amount",
    "forged_citation",
    "claimed_identity",
    "unproven_verified",
    "lost_summary",
)
"""Faults of which one is too many."""


class Checks:
    """Looks at packets, one after the other; blocking, and safe to share by threads."""

    @cached_property
    def _gate(self) -> Gate:
        return Gate.taught()

    def seen(self, packet: HandoffPacket, transcript: RedactedTranscript, domain: Domain | None = None) -> Seen:
        """Return how many faults each check finds, and how long and readable the summary is."""
        case = case_of(packet, transcript, domain)
        # The packet's own finding stands where a label would: a text that says more than it is a fault of the packet.
        label = VerificationLabel(status=packet.verification.status.value)
        labelled = LabelledCase.model_validate(
            {"case_id": packet.id, "turns": case.turns, "labels": {"verification": label.model_dump()}}
        )
        lines, text = packet.summary.lines, packet.summary.text
        source = " ".join(spoken_text(turn) for turn in case.turns)
        refused = sum(
            bool(line.turns) and not self._gate.judge(case, line.text, line.turns).supported for line in lines
        )
        return Seen(
            checks={
                "unsupported": sum(unsupported(line, case.turns, label) is not None for line in lines),
                "gate_refused": refused,
                "foreign_value": len(foreign_values(text, source, turns=len(case.turns))),
                "foreign_name": len(unheard_names(text, source)),
                "leaked_secret": len(leaked(labelled, case)),
                "invented_promise": len(invented_promises(case)),
                "invented_amount": len(invented_amounts(case)),
                "forged_citation": len(forged(case)),
                "claimed_identity": len(claimed_identity(labelled, case)),
                "unproven_verified": int(_unproven(packet, case)),
                "lost_summary": int(not lines),
            },
            statements=len(lines),
            words=len(text.split()),
            ease=round(reading_ease(text)) if text.strip() else None,
        )


def case_of(packet: HandoffPacket, transcript: RedactedTranscript, domain: Domain | None = None) -> Case:
    """Return the packet's findings as the scorers read them; there are no vectors, since no check here needs any."""
    return Case(
        transcript=transcript,
        domain=domain or Domain(name="none", title="None"),
        vectors=np.zeros((len(transcript.turns), 1), dtype=np.float32),
        now=packet.created_at,
        language=packet.language,
        intent=packet.intent,
        facts=packet.facts,
        verification=packet.verification,
        steps_tried=packet.steps_tried,
        sentiment=packet.sentiment,
        promises=packet.promises,
        knowledge=packet.knowledge,
        escalation=packet.escalation,
        missing=packet.missing,
        actions=packet.actions,
        summary=packet.summary,
        sections=packet.sections,
    )


def _unproven(packet: HandoffPacket, case: Case) -> bool:
    """Whether a packet says `verified` though none of the turns it cites is a check that passed or the bot's word that one did."""
    if packet.verification.status is not VerificationStatus.VERIFIED:
        return False
    cited = [case.turns[turn] for turn in packet.verification.turns if 0 <= turn < len(case.turns)]
    return not any(
        turn.role in {Role.BOT, Role.AGENT, Role.SYSTEM}
        or (turn.role is Role.TOOL and (turn.tool is None or turn.tool.ok is not False))
        for turn in cited
    )
