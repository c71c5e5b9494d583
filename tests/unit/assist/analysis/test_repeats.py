"""What a bot says again."""

from hypothesis import given
from hypothesis import strategies as st

from assist.analysis.speech.repeats import runs, said_again
from assist.domain.transcript import Role, Turn
from tests.builders import bot, customer


def test_the_same_advice_in_other_company_is_a_repeat() -> None:
    """A sentence said before counts, whatever stands around it."""
    turns = (
        bot("Welcome. Please unplug the box."),
        customer("did that"),
        bot("I see no fault in your street. Please unplug the box."),
    )
    assert said_again(turns, [0, 2]) == {0: (), 2: (0,)}


def test_form_is_no_repeat() -> None:
    """Apologies and offers of more help are said again by everybody."""
    turns = (bot("I'm sorry to hear that."), customer("x"), bot("I'm sorry to hear that. Anything else I can do?"))
    assert said_again(turns, [0, 2]) == {0: (), 2: ()}


@given(st.text(max_size=80))
def test_a_text_says_the_same_as_itself(text: str) -> None:
    """Whatever has something to tell is found again in its own copy, and nothing is found in a text of mere form."""
    turns = (Turn(role=Role.BOT, text=text), Turn(role=Role.BOT, text=text))
    assert said_again(turns, [0, 1])[1] == ((0,) if runs(text) else ())
