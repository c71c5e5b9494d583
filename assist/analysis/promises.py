"""What the bot said would be done for the customer."""

import re

from assist.analysis.case import Case
from assist.analysis.speech.sentences import Sentence, sentences
from assist.domain.findings import Promise
from assist.domain.transcript import Role

_COMMITMENT = re.compile(
    r"\b(?:i|we)(?:'ll| will| am going to|'m going to| are going to)\s+(?:now |also |then |go ahead and )?(?P<verb>[a-z-]+(?: (?:happy|glad|able|more|delighted|pleased|sure))?)|"
    r"\b(?!the (?:total|amount|price|cost|fee|compensation|difference))(?:you|your [\w ]{2,30}|the [\w ]{2,30}|it|this|a [\w ]{2,30}|someone|an? (?:agent|technician|engineer|colleague|specialist|driver|courier)|our [\w ]{2,20}) (?:will|'ll|shall|are going to|is going to) (?:be (?:[a-z]+ed|sent|paid|done|given|made|on (?:its|the) way)\b|have |receive |get |contact |call |reach |arrive|visit |come |deliver|ship|refund |send |follow |reply |respond )",
    re.IGNORECASE,
)
# What the bot does within the conversation, or only if something else happens, binds nobody afterwards.
_WITHIN = re.compile(
    r"^(?:need|do|be|be happy|be glad|be able|check|look|retrieve|help|assist|verify|need|ask|require|first|calculate|review|do my best|try|see|pull|"
    r"search|find|be more than happy|be delighted|be pleased|confirm|show|guide|explain|let|wait|have to|just|take|transfer|connect|escalate|forward|put)$",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if you|once you|would you like|do you want|in case you|should you|whether|please (?:confirm|provide|let me know|tell|specify)|can be|may|might|could)\b",
    re.IGNORECASE,
)
_HANDOVER = re.compile(r"\b(?:the transfer|transfer you|human agent)\b", re.IGNORECASE)  # done by the handoff itself
_PRICING = re.compile(
    r"\b(?:amount|total|price|cost|fee|difference|compensation)\b[^.]{0,40}\bwill be\b|\bfeel free\b", re.IGNORECASE
)
_NEGATED = re.compile(r"\b(?:will not|won'?t|cannot|can'?t|unable|never)\b", re.IGNORECASE)


_AWAITS = re.compile(
    r"\bplease confirm\b|\bwould you like (?:me )?to proceed\b|\bonce you confirm\b|\bdo you want me to\b|\bshall i\b",
    re.IGNORECASE,
)


class PromisesStage:
    """Collects future commitments of the bot; offers, questions and conditions are none."""

    name = "promises"

    def by_rules(self, case: Case) -> tuple[Promise, ...]:
        """Return each promise in the bot's words, once."""
        found: dict[str, Promise] = {}
        for index, turn in case.transcript.of(Role.BOT, Role.AGENT):
            if _AWAITS.search(turn.text):
                continue  # what follows only if the customer confirms is an offer
            for sentence in sentences(index, turn.text):
                if _is_promise(sentence):
                    key = sentence.core.casefold()
                    turns = (*found[key].turns, index) if key in found else (index,)
                    found[key] = Promise(text=sentence.core, turns=turns)
        return tuple(found.values())


def _is_promise(sentence: Sentence) -> bool:
    if (
        sentence.is_question
        or _PRICING.search(sentence.text)
        or _HANDOVER.search(sentence.text)
        or _CONDITION.search(sentence.text)
        or _NEGATED.search(sentence.text)
    ):
        return False
    match = _COMMITMENT.search(sentence.core)
    return match is not None and not (match["verb"] and _WITHIN.match(match["verb"]))
