"""Conditions on what the customer says and who they are."""

import re
from collections.abc import Sequence
from typing import Final

from assist.analysis.speech.phrases import phrase_book
from assist.analysis.triggers.dialogue import is_stuck
from assist.analysis.triggers.obstacles import Obstacle
from assist.analysis.triggers.reading import NOTHING, Reading, times
from assist.analysis.triggers.scene import Scene
from assist.domain.business import EscalationRule
from assist.domain.findings import SentimentLabel, VerificationStatus

_NAMED: Final = {
    "fraud": "fraud",
    "security": "a security incident",
    "health": "a danger to health",
    "self_harm": "self-harm",
    "danger": "a danger to safety",
    "legal": "a legal matter",
    "vulnerability": "a customer in need of protection",
}
ACUTE: Final = ("a danger to health", "self-harm", "a danger to safety")
"""The risks that come before any other reason."""
_RISKY: Final = 0.55
_TOLD: Final = 0.75
_SURE: Final = 0.5
CERTAIN: Final = 2.0
"""The level of a risk that goes before any other reason: an acute one, or one that leaves no doubt."""
_LATELY: Final = 4
"""So many customer turns back, what the bot did still explains a mood."""
_AMOUNT: Final = re.compile(
    r"(?P<sign>[$€£]|\b(?:usd|eur|gbp)\b)\s?(?P<first>\d[\d.,]*)|(?P<second>\d[\d.,]*)\s?(?:[$€£]|\b(?:dollars?|euros?|pounds?|bucks|usd|eur|gbp)\b)",
    re.IGNORECASE,
)


def asks_for_human(scene: Scene, _: EscalationRule) -> Reading:
    """How often the customer asked for a human; taking up the bot's own offer counts, and is told apart."""
    asked = [request for request in scene.requests if not request.prompted]
    if not asked and not scene.requests:
        return NOTHING
    if not asked:
        turns = tuple(request.turn for request in scene.requests)
        return Reading(1.0, turns, "The customer took up the bot's offer of a human.")
    count = len(asked)
    often = "" if count == 1 else f" {times(count)}"
    return Reading(
        float(count), tuple(r.turn for r in asked), f"The customer asked for a human{often} without being offered one."
    )


def negative_turns(scene: Scene, _: EscalationRule) -> Reading:
    """How many of the customer's last turns are clearly negative."""
    recent = scene.case.sentiment.by_turn[-4:]
    bad = [mood.turn for mood in recent if mood.score <= -0.35]  # noqa: PLR2004 -- clearly below neutral
    if scene.over or not bad or scene.case.sentiment.label is not SentimentLabel.NEGATIVE:
        return NOTHING
    return Reading(
        float(len(bad)), tuple(bad), f"The customer was negative in {len(bad)} of the last {len(recent)} turns."
    )


def sentiment_below(scene: Scene, _: EscalationRule) -> Reading:
    """The customer's mood at the end."""
    mood = scene.case.sentiment
    if (
        scene.over
        or not mood.frustrated
        or not any(is_stuck(scene, index) for index in scene.customer_turns[-_LATELY:])
    ):
        return NOTHING  # upset about what happened is not upset about the service
    return Reading(mood.score, mood.turns, f"The customer's mood is {mood.score:.1f} on a scale from -1 to 1.")


def keywords(scene: Scene, rule: EscalationRule) -> Reading:
    """How many of the rule's words the customer said."""
    return _said(scene, rule.words)


def high_risk_topic(scene: Scene, rule: EscalationRule) -> Reading:
    """Whether the customer speaks of fraud, danger, health, law or need: by meaning, by the rule's words, by the intent.

    What the bot is there to take in for the customer's intent does not count while the bot gets on with it.
    """
    taken = _taken_in(scene)
    sure = {turn: kind for turn, (kind, certainty) in scene.risks.items() if certainty >= _RISKY and kind not in taken}
    if sure:
        named = list(dict.fromkeys(_NAMED[kind] for kind in sure.values()))
        # An acute danger is named first, whatever else was said.
        named.sort(key=lambda name: name not in ACUTE)
        plain = named[0] in ACUTE or max(scene.risks[turn][1] for turn in sure) >= _TOLD
        return Reading(1.0 + plain, tuple(sure), f"The customer speaks of {' and '.join(named)}.")
    others = [turn for turn in scene.customer_turns if scene.risks.get(turn, ("", 0.0))[0] not in taken]
    if (said := _said(scene, rule.words, turns=others)).level:
        return said
    intent = scene.case.domain.intent(scene.case.intent.label)
    if intent is not None and intent.high_risk and not taken:
        return Reading(1.0, scene.case.intent.turns, f"{intent.name} always needs a human.")
    return NOTHING


def _taken_in(scene: Scene) -> frozenset[str]:
    """The risks that the bot takes in by itself: none where the intent is not sure, or the bot has met with trouble."""
    intent = scene.case.intent
    definition = scene.case.domain.intent(intent.label)
    if definition is None or intent.confidence < _SURE or scene.in_trouble:
        return frozenset()
    return frozenset(definition.bot_takes)


def amount_over(scene: Scene, _: EscalationRule) -> Reading:
    """The largest amount of money the customer asks for, or says is gone."""
    found: list[tuple[float, int, str]] = []
    for index in scene.customer_turns:
        text = scene.case.turns[index].text
        if phrase_book("customer_signs")["money_wish"].search(text):
            found += [(value, index, match[0].strip()) for match in _AMOUNT.finditer(text) if (value := _value(match))]
    if not found:
        return NOTHING
    value, index, words = max(found)
    return Reading(value, (index,), f"The customer speaks of {words}.")


def payment_dispute(scene: Scene, rule: EscalationRule) -> Reading:
    """Whether the customer disputes a payment."""
    dispute = phrase_book("customer_signs")["dispute"]
    turns = [i for i in scene.customer_turns if dispute.search(scene.case.turns[i].text)]
    if turns:
        return Reading(float(len(turns)), tuple(turns), "The customer disputes a payment.")
    return _said(scene, rule.words)


def customer_flag(scene: Scene, rule: EscalationRule) -> Reading:
    """Whether the platform flags the customer with one of the rule's words."""
    customer = scene.case.transcript.transcript.customer
    if customer is None:
        return NOTHING
    for key, value in customer.attributes.items():
        marks = {str(item).lower() for item in (value if isinstance(value, list) else [value])}
        if value is True:
            marks = {key.lower()}
        if flagged := sorted(marks & {word.lower() for word in rule.words}):
            return Reading(1.0, (0,), f"The customer is flagged {flagged[0]!r} by the platform.")
    return NOTHING


def information_missing(scene: Scene, _: EscalationRule) -> Reading:
    """How many details the customer could not give, where nothing has worked since."""
    if scene.case.verification.status is VerificationStatus.VERIFIED:
        return NOTHING
    exchanges = scene.identity.exchanges
    last_given = max((e.ask for e in exchanges if e.given), default=-1)
    withheld = [
        e for e in exchanges if e.declined and e.ask >= last_given and e.answers and scene.still_open(e.answers[-1])
    ]
    turns = {turn for exchange in withheld for turn in exchange.turns}
    turns |= {turn for pair in scene.unanswered for turn in pair}
    lacking = [i for i in scene.facing(Obstacle.DETAILS) if scene.still_open(i)]
    if lacking:
        turns |= {*lacking, *(i - 1 for i in lacking if i - 1 in scene.customer_turns)}
    if not turns:
        return NOTHING
    level = max(len(turns) / 2, 2.0 * bool(lacking))
    return Reading(float(level), tuple(sorted(turns)), "The customer could not give what was asked for.")


def _said(scene: Scene, words: tuple[str, ...], *, turns: Sequence[int] | None = None) -> Reading:
    if not words:
        return NOTHING
    wanted = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words), re.IGNORECASE)
    said = scene.customer_turns if turns is None else turns
    hits = [(index, match[0]) for index in said if (match := wanted.search(scene.case.turns[index].text))]
    if not hits:
        return NOTHING
    named = ", ".join(dict.fromkeys(f"{word!r}" for _, word in hits))
    return Reading(float(len(hits)), tuple(index for index, _ in hits), f"The customer said {named}.")


def _value(match: re.Match[str]) -> float:
    digits = (match["first"] or match["second"]).rstrip(".,")
    # "1.250,00" and "1,250.00": the last mark with two digits behind it is the decimal one.
    whole, cents = (digits[:-3], digits[-2:]) if re.search(r"[.,]\d\d$", digits) else (digits, "0")
    plain = re.sub(r"[.,]", "", whole)
    return float(f"{plain or 0}.{cents}")
