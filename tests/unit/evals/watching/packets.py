"""Packets and their features, for tests of the watch."""

from typing import Any

from assist.domain.findings import Section, Summary, SummaryLine
from assist.domain.packet import Coverage, HandoffPacket
from assist.domain.transcript import RedactedTranscript
from assist.ports import Remark
from evals.watching.drift import Sample
from evals.watching.features import Features
from tests.builders import bot, customer, masked, tool
from tests.contracts.packets import a_packet

NOW = a_packet().created_at


def conversation() -> RedactedTranscript:
    """Return a short conversation with a check that passed."""
    return masked(
        customer("I was charged twice for order #W4410973, 84.90 each time."),
        bot("What is your e-mail address?"),
        customer("ada@example.com"),
        tool('{"user_id": "ada_17"}', name="find_user", email="ada@example.com"),
        bot("Thank you, you are verified. I cannot refund that myself."),
    )


def a_summary(*lines: tuple[str, tuple[int, ...]]) -> Summary:
    """Return a summary of these statements with their turns."""
    made = tuple(SummaryLine(section=Section.WANTS, text=text, turns=turns) for text, turns in lines)
    return Summary(headline=lines[0][0] if lines else "", text=" ".join(text for text, _ in lines), lines=made)


def of_conversation(*lines: tuple[str, tuple[int, ...]], **more: Any) -> HandoffPacket:  # noqa: ANN401 -- any field of a packet
    """Return a packet of the conversation that says this."""
    said = lines or (("The customer was charged twice for order #W4410973.", (0,)),)
    return a_packet(summary=a_summary(*said), coverage=Coverage(turns_total=5, turns_read=5), **more)


def feedback(field: str, verdict: str, value: str | None = None) -> Remark:
    """Return what an agent says of a packet."""
    body = {"field": field, "verdict": verdict, "value": value}
    return Remark(id=f"re_{field}_{verdict}", handoff_id="ho_01", kind="feedback", by="key_1", at=NOW, body=body)


def features(count: int, **of: Any) -> list[Features]:  # noqa: ANN401 -- any feature
    """Return so many packets with these features."""
    return [Features(**{"intent": "refund", "language": "en", "channel": "chat", **of}) for _ in range(count)]


def a_sample(*features_: Features, name: str = "now") -> Sample:
    """Return packets as a window."""
    return Sample(name=name, features=features_)
