"""The circuit breaker, with a clock that a test sets."""

from dataclasses import dataclass

import pytest

from assist.llm.breaker import Breaker


@dataclass
class Watch:
    """A clock that stands until it is set."""

    seconds: float = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    """Return the clock."""
    return Watch()


@pytest.fixture
def breaker(watch: Watch) -> Breaker:
    """Return a breaker that opens after three failures, for ten seconds."""
    return Breaker(failures=3, seconds=10, now=watch)


def test_it_opens_after_failures_in_a_row(breaker: Breaker) -> None:
    """The third failure opens it; nobody is admitted then."""
    assert [breaker.failed() for _ in range(3)] == [False, False, True]
    assert breaker.open
    assert not breaker.admit()


def test_a_success_between_failures_starts_the_count_anew(breaker: Breaker) -> None:
    """Failures that are not in a row do not add up."""
    breaker.failed()
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    breaker.failed()
    assert breaker.admit()


def test_after_the_pause_one_caller_tries_alone(breaker: Breaker, watch: Watch) -> None:
    """The others wait for its outcome."""
    for _ in range(3):
        breaker.failed()
    watch.seconds = 9.9
    assert not breaker.admit()
    watch.seconds = 10
    assert breaker.admit()
    assert not breaker.admit()


def test_a_trial_that_succeeds_closes_it(breaker: Breaker, watch: Watch) -> None:
    """Everyone is admitted again."""
    for _ in range(3):
        breaker.failed()
    watch.seconds = 10
    assert breaker.admit()
    breaker.succeeded()
    assert breaker.admit()
    assert breaker.admit()


def test_a_trial_that_fails_opens_it_again(breaker: Breaker, watch: Watch) -> None:
    """One failure is enough then, and the pause begins anew."""
    for _ in range(3):
        breaker.failed()
    watch.seconds = 10
    assert breaker.admit()
    assert breaker.failed()
    watch.seconds = 19.9
    assert not breaker.admit()
    watch.seconds = 20
    assert breaker.admit()


def test_a_trial_that_was_abandoned_is_somebody_elses(breaker: Breaker, watch: Watch) -> None:
    """A caller that left says nothing about the model."""
    for _ in range(3):
        breaker.failed()
    watch.seconds = 10
    assert breaker.admit()
    breaker.abandoned()
    assert breaker.admit()


def test_a_pause_that_the_provider_asks_for_is_kept(breaker: Breaker, watch: Watch) -> None:
    """One failure opens it, for as long as was asked."""
    assert breaker.failed(pause=60)
    watch.seconds = 59
    assert not breaker.admit()
    watch.seconds = 60
    assert breaker.admit()
