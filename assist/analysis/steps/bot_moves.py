"""What a bot does in a turn: asks, refuses, fails, offers, promises, passes on.

Two readers decide together. The grammar of the sentences (who cannot, what must not, what was done) is exact where it
speaks; the classifier on the turn's embedding, taught by our own examples, hears the rest and tells a rule from a lack of
ability where the words allow both.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from assist.analysis.case import Case
from assist.analysis.identity.questions import sentences
from assist.analysis.learning.exemplars import LinearModel, shipped_examples, trained
from assist.analysis.learning.remembered import once_per_case
from assist.analysis.speech.phrases import phrase_book
from assist.domain.transcript import Role
from knowledge import Embedder


class Move(StrEnum):
    """One thing a bot can do in a turn; the values are labels of `bot_moves.yaml` and `bot_signs.yaml`."""

    REFUSES_BY_POLICY = "refuses_by_policy"
    CANNOT_DO = "cannot_do"
    NOT_UNDERSTOOD = "not_understood"
    OFFERS_TRANSFER = "offers_transfer"
    TRANSFERS = "transfers"
    OFFERS_REMEDY = "offers_remedy"
    ASKS_CONFIRMATION = "asks_confirmation"
    REPORTS_SUCCESS = "reports_success"
    REPORTS_FAILURE = "reports_failure"
    DISPUTES_RECORD = "disputes_record"
    WILL_DO = "will_do"
    LOOKS_UP = "looks_up"
    ASKS_INFORMATION = "asks_information"
    DOES_NOT_KNOW = "does_not_know"
    SMALL_TALK = "small_talk"


REFUSALS: Final = frozenset({Move.REFUSES_BY_POLICY, Move.CANNOT_DO})
TRANSFER: Final = frozenset({Move.OFFERS_TRANSFER, Move.TRANSFERS})

_BOOK: Final = "bot_signs"
_REASONS: Final = frozenset({"refusal", "rule", "ability", "still_open"})
_CONDITIONAL: Final = re.compile(r"^\W*(?:if|in case|should) (?:you|the|your|there)\b", re.IGNORECASE)
_ONLY_OFFERS: Final = re.compile(r"\b(?:would|shall|should|if you|i can|i could|recommend)\b", re.IGNORECASE)
_SURE: Final = 0.85
"""From here on the classifier is believed without a sign in the words."""
_LEARNED: Final = frozenset({Move.REFUSES_BY_POLICY, Move.NOT_UNDERSTOOD, Move.OFFERS_TRANSFER, Move.TRANSFERS})
"""The moves that the classifier may find alone; for the others the words say enough."""


class BotMoves:
    """Reads bot turns; built once from the shipped examples and an embedding model.

    `of(case)` returns the moves of every bot turn, by turn.
    """

    def __init__(self, model: LinearModel) -> None:
        self._model = model
        self.of = once_per_case(self._of)

    def __reduce__(self) -> tuple[type["BotMoves"], tuple[LinearModel]]:
        # A copy starts without remembered cases: they are no part of what was learnt.
        return BotMoves, (self._model,)

    @classmethod
    def taught(cls, embedder: Embedder) -> "BotMoves":
        """Return a reader taught by the shipped examples."""
        return cls(trained(shipped_examples("bot_moves"), embedder))

    def _of(self, case: Case) -> Mapping[int, frozenset[Move]]:
        """The moves of every bot turn, by turn."""
        spoken = [i for i, turn in enumerate(case.turns) if turn.role in {Role.BOT, Role.AGENT} and turn.text.strip()]
        if not spoken:
            return {}
        answered = self._model.probabilities(case.vectors[spoken])
        return {
            index: _moves(case.turns[index].text, dict(zip(self._model.labels, map(float, row), strict=True)))
            for index, row in zip(spoken, answered, strict=True)
        }


def refusal_in(text: str) -> str:
    """Return the first sentence of a turn that refuses something, "" where none does."""
    return next((part for part in sentences(text) if _refuses(part)), "")


def _moves(text: str, sure: Mapping[str, float]) -> frozenset[Move]:
    parts = sentences(text)
    found = {move for part in parts for move in _said(part)}
    refusals = [part for part in parts if _refuses(part)]
    if refusals and Move.NOT_UNDERSTOOD not in found:
        found.add(_kind_of_refusal(text, " ".join(refusals), sure))
    found |= {move for move in _LEARNED if sure.get(move, 0.0) >= _SURE and not REFUSALS & found}
    return frozenset(found or {Move.SMALL_TALK})


def _said(sentence: str) -> set[Move]:
    found = {Move(name) for name, sign in phrase_book(_BOOK).items() if name not in _REASONS and sign.search(sentence)}
    asks = sentence.rstrip().endswith("?")
    if "?" in sentence:
        found.add(Move.ASKS_INFORMATION)
    if found >= TRANSFER:
        # "I can transfer you … if you like" offers; "I will transfer you to an agent who can …" does it.
        found.discard(Move.TRANSFERS if asks or _ONLY_OFFERS.search(sentence) else Move.OFFERS_TRANSFER)
    if found & TRANSFER:
        found -= {Move.OFFERS_REMEDY, Move.WILL_DO, Move.ASKS_CONFIRMATION}
    if Move.REPORTS_FAILURE in found or _refuses(sentence) or asks:
        found.discard(Move.REPORTS_SUCCESS)
    return found


def _refuses(sentence: str) -> bool:
    if _CONDITIONAL.search(sentence) or sentence.rstrip().endswith("?"):
        return False
    return phrase_book(_BOOK)["refusal"].search(sentence)


def _kind_of_refusal(text: str, refusal: str, sure: Mapping[str, float]) -> Move:
    """A rule or a lack of ability: the words weigh twice what the classifier does; the rule may stand anywhere in the turn."""
    book = phrase_book(_BOOK)
    rule = 2.0 * book["rule"].search(text) + sure.get(Move.REFUSES_BY_POLICY, 0.0)
    ability = 2.0 * book["ability"].search(refusal) + sure.get(Move.CANNOT_DO, 0.0)
    return Move.REFUSES_BY_POLICY if rule > ability else Move.CANNOT_DO
