"""In what two packets differ."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from evals.sandbox import differences

WORDS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=4)


def packet(*, steps: list[str] | None = None, articles: list[str] | None = None, label: str = "x") -> dict[str, Any]:
    """Return a packet as a log holds it."""
    return {
        "intent": {"label": label, "turns": [0]},
        "verification": {"status": "verified", "turns": []},
        "escalation": {"reason": "none", "secondary": [], "triggers": []},
        "steps_tried": [{"action": each, "by": "bot", "outcome": "failed", "turns": [1]} for each in steps or []],
        "summary": {"lines": []},
        "sentiment": {"label": "neutral", "frustrated": False, "trend": "steady", "turns": []},
        "facts": [],
        "promises": [],
        "missing": [],
        "knowledge": [{"article_id": each} for each in articles or []],
        "actions": [],
        "sections": [],
    }


def test_the_order_of_steps_is_no_difference_that_of_articles_is() -> None:
    """A list is a set, a ranking is not."""
    assert differences(packet(steps=["a", "b"]), packet(steps=["b", "a"])) == ()
    (found,) = differences(packet(articles=["a", "b"]), packet(articles=["b", "a"]))
    assert (found.before, found.after) == (("a › b",), ("b › a",))


def test_a_statement_made_twice_counts_twice() -> None:
    """One of two equal steps that went is told."""
    (found,) = differences(packet(steps=["a", "a"]), packet(steps=["a"]))
    assert (found.before, found.after) == (("a (bot): failed",), ())


def test_a_packet_that_was_not_made_lacks_everything() -> None:
    """An empty answer differs in all that the other says."""
    fields = {each.field for each in differences(packet(steps=["a"]), {})}
    assert {"intent", "steps tried", "mood"} <= fields


@given(WORDS, WORDS, WORDS, WORDS)
@settings(max_examples=60, deadline=None)
def test_differences_are_the_same_from_either_side(
    one: list[str], other: list[str], here: list[str], there: list[str]
) -> None:
    """Nothing differs from itself, and before and after change places with the packets."""
    first, second = packet(steps=one, articles=here), packet(steps=other, articles=there)
    assert differences(first, first) == ()
    forth = [(each.field, each.before, each.after) for each in differences(first, second)]
    back = [(each.field, each.after, each.before) for each in differences(second, first)]
    assert forth == back
