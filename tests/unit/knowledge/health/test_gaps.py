"""What customers needed and no article answered."""

import pytest

from knowledge.health.gaps import Need, gaps
from tests.fakes.embedder import CountingEmbedder

TENTS = [
    "Do you rent out party tents?",
    "How much is it to rent a party tent?",
    "I need to rent a party tent on Sunday",
]
BITCOIN = ["Can I pay with bitcoin?", "Do you take bitcoin to pay?"]


def needs(*texts: str, intent: str = "unknown") -> list[Need]:
    """Return a need for each text."""
    return [Need(handoff_id=f"ho_{at}", turn=0, text=text, intent=intent) for at, text in enumerate(texts)]


def test_like_needs_are_one_gap_and_others_another() -> None:
    """The largest first, with how many there are."""
    found = gaps(needs(*TENTS, *BITCOIN), CountingEmbedder(512), farthest=0.8)
    assert [(gap.size, {example.text for example in gap.examples}) for gap in found] == [
        (3, set(TENTS)),
        (2, set(BITCOIN)),
    ]


def test_a_title_is_of_the_customers_own_words() -> None:
    """It stands in what somebody said, and names what they share."""
    [gap] = gaps(needs(*TENTS), CountingEmbedder(512), farthest=0.9)
    assert any(gap.title.casefold() in text.casefold() for text in TENTS)
    assert "party tent" in gap.title.casefold()


def test_intents_are_counted() -> None:
    """What the bot took them for, the most frequent first."""
    mixed = [*needs(TENTS[0], TENTS[1]), Need(handoff_id="ho_9", turn=2, text=TENTS[2], intent="rental")]
    [gap] = gaps(mixed, CountingEmbedder(512), farthest=0.9)
    assert list(gap.intents.items()) == [("unknown", 2), ("rental", 1)]
    assert {(example.handoff_id, example.turn) for example in gap.examples} >= {("ho_9", 2)}


@pytest.mark.parametrize("text", ["tent", "???", "帐篷出租", "the of and"])
def test_whatever_was_said_has_a_title(text: str) -> None:
    """Too little for a phrase is shown as it stands."""
    [gap] = gaps(needs(text), CountingEmbedder(64))
    assert gap.title == text


def test_no_needs_are_no_gaps() -> None:
    """And the model is not asked."""
    embedder = CountingEmbedder(8)
    assert gaps([], embedder) == ()
    assert embedder.calls == []
