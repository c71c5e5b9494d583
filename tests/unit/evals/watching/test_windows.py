"""Which stretches of time are held against each other."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evals.baseline import FILE, slim
from evals.errors import DataMissing
from evals.gates import shipped
from evals.log import read
from evals.watching.windows import Window, logged, windows

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_the_last_week_is_held_against_the_four_before() -> None:
    """Seven days, and the 28 days that end where they begin."""
    found = windows(NOW)
    assert found.now == Window(NOW - timedelta(days=7), NOW)
    assert found.before == Window(NOW - timedelta(days=35), NOW - timedelta(days=7))
    assert found.whole == Window(NOW - timedelta(days=35), NOW)


def test_a_day_that_ends_a_window_is_part_of_it() -> None:
    """`--to 2026-11-16` ends at midnight after that day."""
    found = windows(NOW, since="2026-11-10", until="2026-11-16", against="2026-10-01..2026-10-28")
    assert found.now == Window(datetime(2026, 11, 10, tzinfo=UTC), datetime(2026, 11, 17, tzinfo=UTC))
    assert found.before == Window(datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 10, 29, tzinfo=UTC))


def test_a_time_with_a_zone_is_read_in_it() -> None:
    """Two o'clock in Berlin is one o'clock in UTC."""
    assert windows(NOW, since="2026-11-20T02:00+01:00").now.since == datetime(2026, 11, 20, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"since": "last week"}, "give a date such as 2026-11-01"),
        ({"since": "2026-11-20", "until": "2026-11-10"}, "let it end later"),
        ({"against": "nowhere.jsonl"}, "give two dates such as"),
    ],
    ids=["no-date", "backwards", "no-log"],
)
def test_what_cannot_be_a_window_is_said(given: dict[str, str], said: str) -> None:
    """With the value, and what to write instead."""
    with pytest.raises(DataMissing, match=said):
        windows(NOW, **given)


def test_the_baseline_serves_as_reference_without_its_answers(tmp_path: Path) -> None:
    """What its scores say is known, intents and moods among it; what they do not say is not made up."""
    sample = logged(shipped(FILE))
    assert len(sample.features) == read(shipped(FILE)).closing.cases
    assert all(each.intent and each.sentiment and each.words for each in sample.features)
    assert {each.checks for each in sample.features} == {None}
    assert {each.relevant for each in sample.features} == {None}
    again = slim(read(shipped(FILE)), tmp_path / "again.jsonl.gz")
    assert logged(again.path).features == sample.features
