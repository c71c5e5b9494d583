"""Ids that are read aloud stand for what they spell, and for nothing else."""

import pytest

from assist.grounding.spelling import spelled_out, spells
from assist.grounding.values import Kind, Source, Value


@pytest.mark.parametrize(
    ("spoken", "wanted"),
    [
        ("it's F as in Foxtrot, Q, eight, A as in Alpha, P, E", "FQ8APE"),
        ("foxtrot quebec 8 alpha papa echo", "FQ8APE"),
        ("the number is p r dash seven seven four one", "PR-7741"),
        ("double you five five oh eight three one two", "W5508312"),
        ("x as in x-ray, two, jay, jay, seven, kay", "X2JJ7K"),
        ("ending in zero one seven nine", "0179"),
        ("double five, triple seven", "55777"),
        ("twenty five, thirty one, oh nine", "253109"),
        ("um b for bravo, nineteen, hyphen, zed", "B19-Z"),
    ],
)
def test_an_id_read_aloud_is_that_id(spoken: str, wanted: str) -> None:
    """Letters, words for letters, digits and words for digits are brought together."""
    assert Source(spoken).holds(Value(Kind.CODE, wanted))


@pytest.mark.parametrize(
    ("spoken", "other"),
    [
        ("F Q eight A P E", "FQ8APX"),
        ("F Q eight A P E", "FQ8AP8"),
        ("twenty five, thirty one", "531"),  # only from the edge of a word to the edge of a word
        ("the total is 13,000", "13"),
        ("bag 12 for 34 people", "1234"),
    ],
)
def test_another_id_does_not_pass_for_it(spoken: str, other: str) -> None:
    """A sign more, less or other is another id."""
    assert not Source(spoken).holds(Value(Kind.CODE, other))


def test_plain_digits_are_no_spelling() -> None:
    """Numbers that merely follow each other spell nothing."""
    assert spelled_out("room 12, 34") == []
    assert not spells(spelled_out("room 12, 34"), "1234")


@pytest.mark.parametrize(
    ("spoken", "day"),
    [
        ("the ninth of November", "9 November"),
        ("due October fifteenth", "15 October"),
        ("on the twenty-eighth of May", "28 May"),
        ("June third", "June 3"),
    ],
)
def test_a_day_read_aloud_is_that_day(spoken: str, day: str) -> None:
    """Ordinals in words are days."""
    assert Source(spoken).holds(Value(Kind.DATE, day))
    assert not Source(spoken).holds(Value(Kind.DATE, "12 August"))


def test_the_third_time_is_no_day() -> None:
    """An ordinal that counts is no date."""
    assert not Source("for the third time").holds(Value(Kind.DATE, "3 June"))
