"""What counts as drift, and what does not."""

import pytest

from evals.watching.drift import Shift, drift
from evals.watching.features import Features
from evals.watching.verdicts import State
from tests.unit.evals.watching.packets import a_sample, features


def shift(measure: str, now: list[Features], before: list[Features]) -> Shift:
    """Return what is said of one measure."""
    found = drift(a_sample(*now), a_sample(*before, name="before"))
    return next(each for each in found.shifts if each.measure == measure)


def test_few_packets_are_not_enough_whatever_they_say() -> None:
    """Twenty packets that all differ are a state of their own: neither steady nor drift."""
    found = shift("intent_mix", features(20, intent="outage"), features(500))
    assert found.state is State.NOT_ENOUGH
    assert not found.alert
    assert found.p is None


def test_a_mix_that_surely_shifted_alerts_and_names_the_labels() -> None:
    """Outages went from 10 % to 60 %."""
    now = features(60, intent="outage") + features(40)
    before = features(30, intent="outage") + features(270)
    found = shift("intent_mix", now, before)
    assert found.state is State.CHANGED
    assert found.alert
    assert {each.label: round(each.now, 2) for each in found.labels} == {"outage": 0.6, "refund": 0.4}


def test_a_sure_trifle_does_not_alert() -> None:
    """4.0 % of 100,000 packets against 4.6 % is no chance, and no matter."""
    now = features(4_600, intent="unknown") + features(95_400)
    before = features(4_000, intent="unknown") + features(96_000)
    found = shift("unknown_intent", now, before)
    assert found.state is State.SMALL
    assert not found.alert


@pytest.mark.parametrize(
    ("part", "state"), [(100, State.WORSE), (0, State.BETTER), (40, State.STEADY)], ids=["more", "fewer", "as-before"]
)
def test_a_share_knows_which_way_is_worse(part: int, state: State) -> None:
    """Of 200 packets now, against 20 % before."""
    now = features(part, intent="unknown") + features(200 - part)
    before = features(100, intent="unknown") + features(400)
    assert shift("unknown_intent", now, before).state is state


def test_heavier_edits_are_found() -> None:
    """Agents changed a tenth of each statement, and now rewrite most of it."""
    found = shift("edit_distance", features(40, edits=(0.8,), judged=1), features(40, edits=(0.1,), judged=1))
    assert found.state is State.WORSE
    assert found.now == pytest.approx(0.8)
    assert found.before == pytest.approx(0.1)


def test_one_danger_is_enough_and_none_is_steady() -> None:
    """A leaked secret needs no statistics; without checked packets nothing is known."""
    clean = features(10, checks={"leaked_secret": 0}, statements=3)
    leak = features(1, checks={"leaked_secret": 1}, statements=3)
    assert shift("leaked_secret", clean + leak, clean).state is State.WORSE
    assert shift("leaked_secret", clean, clean).state is State.STEADY
    assert shift("leaked_secret", features(50), clean).state is State.NOT_ENOUGH


def test_alerts_come_first() -> None:
    """Whoever reads one line reads the one that matters."""
    found = drift(a_sample(*features(100, intent="unknown")), a_sample(*features(100), name="before"))
    flags = [each.alert for each in found.shifts]
    assert flags[0]
    assert flags == sorted(flags, reverse=True)


def test_nothing_at_all_is_not_enough_data() -> None:
    """Two empty windows give no number and no alarm."""
    found = drift(a_sample(), a_sample(name="before"))
    assert {each.state for each in found.shifts} == {State.NOT_ENOUGH}
    assert (found.now.packets, found.before.packets) == (0, 0)
