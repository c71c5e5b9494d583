"""What needs a human whatever the bot can do."""

import pytest

from assist.analysis.triggers.risks import Risks
from tests.builders import customer
from tests.unit.assist.analysis.cases import a_case, packaged

_BELIEVED = 0.5


@pytest.fixture(scope="module")
def risks() -> Risks:
    """Return the reader, taught."""
    return Risks.taught(packaged())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Somebody has ordered a camera with my account", "fraud"),
        ("I gave him the code from the text message", "fraud"),
        ("The iron began to smoke and the cable has melted", "danger"),
        ("My mother's fall alarm runs over this line", "health"),
        ("Me han estafado", "fraud"),
        ("Der Toaster brennt!", "danger"),
    ],
)
def test_a_danger_is_named(risks: Risks, text: str, kind: str) -> None:
    """Fraud, fire and bodily need are heard in plain words, in several languages."""
    found, certainty = risks.of(a_case(customer(text), embedded=True))[0]
    assert (found, certainty) == (kind, 1.0)


@pytest.mark.parametrize(
    "text",
    [
        "The card that you refunded was closed in May.",
        "You thieves, give me my fee back!",
        "The cash machine kept my card.",
        "My sister flies alone for the first time.",
        "The lamp is too dim.",
    ],
)
def test_a_quarrel_is_no_danger(risks: Risks, text: str) -> None:
    """A closed card, a fee and an insult need no protection."""
    assert risks.of(a_case(customer(text), embedded=True))[0][1] < _BELIEVED
