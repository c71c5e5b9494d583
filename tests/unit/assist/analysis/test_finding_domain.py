"""A conversation that does not name its line of business is given the one it fits."""

from typing import Final

import pytest

from assist.analysis.intents.finding_domain import DomainFinder
from assist.domain.business import Domain, IntentDefinition, StepDefinition
from assist.domain.transcript import Turn
from tests.builders import bot, customer, tool
from tests.unit.assist.analysis.cases import a_case, packaged

_LIBRARY: Final = Domain(
    name="library",
    title="Library",
    intents=(
        IntentDefinition(
            label="renew", name="Renew a loan", utterances=("I need the book longer", "extend my library loans")
        ),
    ),
    steps=(StepDefinition(tools=("get_loans*",), action="Looked up the loans"),),
)
_POOL: Final = Domain(
    name="pool",
    title="Swimming pool",
    intents=(
        IntentDefinition(
            label="lesson", name="Swimming lesson", utterances=("teach my son to swim", "is there a free lane today?")
        ),
    ),
    steps=(StepDefinition(tools=("get_lanes*",), action="Looked up the lanes"),),
)


@pytest.fixture(scope="module")
def finder() -> DomainFinder:
    """Return a finder that knows two domains."""
    return DomainFinder.taught({"library": _LIBRARY, "pool": _POOL}, packaged())


def named(finder: DomainFinder, *turns: Turn) -> str:
    """Return the domain found."""
    case = a_case(*turns, embedded=True)
    return finder(case.transcript, case.vectors)


def test_the_customers_words_decide(finder: DomainFinder) -> None:
    """Each wish leads to the domain that offers it."""
    assert (
        named(finder, customer("Hello"), customer("I have not finished reading the novel, may I keep it?")) == "library"
    )
    assert named(finder, customer("Do you offer swimming courses for adults?")) == "pool"


def test_the_bots_words_help(finder: DomainFinder) -> None:
    """A bot that says what it is for tells the domain of a customer who has said nothing yet."""
    assert (
        named(finder, customer("Hi"), bot("Welcome to the swimming pool! Which lane or lesson is it about?")) == "pool"
    )


def test_tools_decide_where_words_do_not(finder: DomainFinder) -> None:
    """A back-end call that only one domain configures is proof."""
    assert named(finder, customer("Hi"), tool("[]", name="get_lanes_today")) == "pool"
    assert named(finder, customer("Hi"), tool("[]", name="get_loans")) == "library"


def test_nothing_to_tell_them_apart_gives_the_first(finder: DomainFinder) -> None:
    """Without any sign the first configured domain is taken."""
    case = a_case(customer("..."))
    assert finder(case.transcript, case.vectors) == "library"


def test_no_domain_is_an_error() -> None:
    """A finder without domains could only lie."""
    with pytest.raises(ValueError, match="at least one"):
        DomainFinder.taught({}, packaged())
