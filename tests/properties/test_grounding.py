"""What holds for every number, date and statement."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from assist.grounding.dates import dates
from assist.grounding.numerals import numbers
from assist.grounding.values import Kind, Source, Value, values

AMOUNTS = st.integers(min_value=13, max_value=9_999_999)
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31))


@given(AMOUNTS)
def test_separators_and_cents_do_not_change_a_number(amount: int) -> None:
    """1,000, 1000, 1000.00 and $1,000 are one number."""
    assert numbers(f"{amount:,}") == numbers(str(amount)) == numbers(f"{amount}.00") == numbers(f"${amount:,}.00")


@given(AMOUNTS, AMOUNTS)
def test_a_number_stands_only_where_it_is(there: int, wanted: int) -> None:
    """No number passes for another."""
    assert Source(f"the total is {there:,} euros").holds(Value(Kind.NUMBER, str(wanted))) == (there == wanted)


@given(DAYS)
def test_a_date_agrees_with_itself_in_every_form(day: date) -> None:
    """ISO, spoken and slashed forms name the same day."""
    forms = [
        day.isoformat(),
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%m/%d/%Y}",
    ]
    read = [dates(form)[0] for form in forms]
    assert all(read[0].agrees(other) for other in read)


@given(DAYS, DAYS)
def test_two_days_are_never_one(first: date, second: date) -> None:
    """Forms that can be read one way only agree where the days are the same."""
    one, other = dates(first.isoformat())[0], dates(f"{second:%B} {second.day}, {second.year}")[0]
    assert one.agrees(other) == (first == second)


_DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_LETTERS = [
    "alpha",
    "bravo",
    "charlie",
    "delta",
    "echo",
    "foxtrot",
    "golf",
    "hotel",
    "india",
    "juliet",
    "kilo",
    "lima",
    "mike",
    "november",
    "oscar",
    "papa",
    "quebec",
    "romeo",
    "sierra",
    "tango",
    "uniform",
    "victor",
    "whiskey",
    "xray",
    "yankee",
    "zulu",
]
IDS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=4, max_size=10)


@st.composite
def spoken(draw: st.DrawFn, wanted: str) -> str:
    """Say an id in one of the ways in which people do, sign by sign."""
    said = []
    for sign in wanted:
        if sign.isdigit():
            said.append(draw(st.sampled_from([_DIGITS[int(sign)], sign])))
        else:
            word = _LETTERS[ord(sign) - ord("A")]
            said.append(draw(st.sampled_from([sign, sign.lower(), word, f"{sign} as in {word}"])))
    return draw(st.sampled_from([" ", ", ", " - ", " dash "])).join(said)


@given(st.data(), IDS, IDS)
def test_an_id_read_aloud_is_that_id_and_no_other(data: st.DataObject, wanted: str, other: str) -> None:
    """However its signs are said, it spells itself; another id of that length it never spells."""
    heard = Source(f"my number is {data.draw(spoken(wanted))}, thank you")
    assert heard.holds(Value(Kind.CODE, wanted))
    if len(other) == len(wanted) and other != wanted:
        assert not heard.holds(Value(Kind.CODE, other))


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_every_value_of_a_text_stands_in_that_text(text: str) -> None:
    """What is found in a text is found again when it is looked up there."""
    source = Source(text)
    assert [
        value
        for value in values(text)
        if value.kind in {Kind.CODE, Kind.CONTACT, Kind.PLACEHOLDER} and not source.holds(value)
    ] == []
