"""Whether quality differs between groups."""

from evals.watching.bias import Audit, GroupValue, audit
from evals.watching.verdicts import State
from tests.unit.evals.watching.packets import a_sample, features


def value(found: Audit, measure: str, group: str) -> GroupValue:
    """Return one measure of one group."""
    return next(each for each in found.values if each.measure == measure and each.group == group)


def test_a_group_that_fares_worse_is_named_with_its_interval() -> None:
    """In German half of the intents stay unknown, in English a twentieth."""
    german = features(40, language="de", intent="unknown") + features(40, language="de")
    english = features(20, intent="unknown") + features(380)
    found = value(audit(a_sample(*german, *english)), "unknown_intent", "de")
    assert found.state is State.WORSE
    assert found.alert
    assert (found.value, found.others, found.n) == (0.5, 0.05, 80)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.5 < found.high


def test_a_small_group_is_said_to_be_too_small() -> None:
    """Twelve packets prove nothing, and that is not the same as being treated alike."""
    found = audit(a_sample(*features(12, language="nl", intent="unknown"), *features(300)))
    assert value(found, "unknown_intent", "nl").state is State.NOT_ENOUGH
    assert [(group.group, group.enough) for group in found.groups if group.by == "language"] == [
        ("en", True),
        ("nl", False),
    ]


def test_groups_alike_raise_no_alarm() -> None:
    """Same shares, by channel: nothing is called better or worse."""
    sample = [*features(10, intent="unknown"), *features(90), *features(10, intent="unknown", channel="voice"), *features(90, channel="voice")]  # fmt: skip
    assert [each for each in audit(a_sample(*sample)).values if each.alert] == []


def test_one_group_alone_is_held_against_nobody() -> None:
    """Where all packets are English, language is no comparison."""
    assert [each for each in audit(a_sample(*features(100))).values if each.by == "language"] == []
