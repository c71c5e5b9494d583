"""Which packets are checked."""

from hypothesis import given
from hypothesis import strategies as st

from evals.watching.sampling import is_sampled

IDS = [f"ho_{number:026d}" for number in range(4_000)]


def test_a_tenth_is_about_a_tenth() -> None:
    """Of 4,000 packets 400 are expected, and 57 (three standard deviations of 19) more or less is chance."""
    assert abs(sum(is_sampled(each, 0.1) for each in IDS) - 400) <= 57


@given(st.text(max_size=30), st.floats(0, 1), st.floats(0, 1))
def test_a_larger_sample_holds_the_smaller_one(handoff_id: str, one: float, other: float) -> None:
    """Every process agrees, and a share that is raised later loses no packet that was checked."""
    smaller, larger = sorted((one, other))
    assert is_sampled(handoff_id, larger) or not is_sampled(handoff_id, smaller)
    assert not is_sampled(handoff_id, 0.0)
    assert is_sampled(handoff_id, 1.0)
