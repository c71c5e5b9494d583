"""Why the bot gets no further, turn by turn, as it says itself: a rule, its remit, its knowledge, the system, the customer's details.

Two readers again. Phrases are sure where they stand; the classifier on the turn's embedding, taught by our own examples,
hears the other ways to say it. What speaks of getting on ("Done, the refund is on its way") speaks against both.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from assist.analysis.case import Case
from assist.analysis.identity.questions import sentences
from assist.analysis.learning.exemplars import LinearModel, shipped_examples, trained
from assist.analysis.speech.phrases import phrase_book
from assist.domain.transcript import Role
from knowledge import Embedder

_BOOK: Final = "bot_reason_signs"
_SURE: Final = 0.75
_GETS_ON: Final = 0.5
"""Where the classifier thinks so much that a turn gets on, it needs a phrase to believe otherwise."""


class Obstacle(StrEnum):
    """What stands in the bot's way; the values are labels of `bot_reasons.yaml` and `bot_reason_signs.yaml`."""

    RULE = "rule_forbids"
    REMIT = "not_my_remit"
    KNOWLEDGE = "does_not_know"
    SYSTEM = "system_failed"
    UNDERSTANDING = "not_understood"
    IDENTITY = "cannot_verify"
    DETAILS = "lacks_information"
    HANDED_OVER = "hands_over"


class Obstacles:
    """Reads bot turns; built once from the shipped examples and an embedding model."""

    def __init__(self, model: LinearModel) -> None:
        self._model = model

    @classmethod
    def taught(cls, embedder: Embedder) -> "Obstacles":
        """Return a reader taught by the shipped examples."""
        return cls(trained(shipped_examples("bot_reasons"), embedder))

    def of(self, case: Case) -> Mapping[int, frozenset[Obstacle]]:
        """Return what each turn of bot or agent names as being in the way, by turn; empty where it gets on."""
        spoken = [i for i, turn in enumerate(case.turns) if turn.role in {Role.BOT, Role.AGENT} and turn.text.strip()]
        if not spoken:
            return {}
        answered = self._model.probabilities(case.vectors[spoken])
        return {
            index: _named(case.turns[index].text, dict(zip(self._model.labels, map(float, row), strict=True)))
            for index, row in zip(spoken, answered, strict=True)
        }


def _named(text: str, sure: Mapping[str, float]) -> frozenset[Obstacle]:
    book = phrase_book(_BOOK)
    parts = [part for part in sentences(text) if not part.rstrip().endswith("?")]
    said = {obstacle for obstacle in Obstacle if any(book[obstacle].search(part) for part in parts)}
    if sure.get("other", 0.0) >= _GETS_ON or text.rstrip().endswith("?"):
        return frozenset(said)
    heard = {obstacle for obstacle in Obstacle if sure.get(obstacle, 0.0) >= _SURE}
    # To be passed on says that somebody else can do it, so the classifier hears a lack of remit in every hand-over.
    if Obstacle.HANDED_OVER in said | heard:
        heard.discard(Obstacle.REMIT)
    return frozenset(said | heard)
