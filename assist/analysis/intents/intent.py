"""What the customer mainly wants now, from all turns together.

No single turn says it: greetings, answers and "yes please" carry no wish, a bot's question shows how it understood
the wish, and the back-end call it makes shows it best. So every turn votes, by as much as it says, and later wishes
count for more than earlier ones.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assist.analysis.case import Case
from assist.analysis.intents.intent_model import IntentModel
from assist.analysis.intents.wish_course import wish_votes
from assist.analysis.learning.classifier import Judgement, TextClassifier
from assist.domain.findings import Intent, IntentGuess
from assist.domain.transcript import Role, Turn

_SHARPENING: Final = 3.0  # makes the shares of the belief probabilities: measured, not derived
_TOOL_IS_ENOUGH: Final = 0.15
_ALTERNATIVE: Final = 0.02
_ALTERNATIVES: Final = 3
_PROOF: Final = 0.25


class IntentStage:
    """Finds the customer's main wish; `models` holds one per domain name."""

    name = "intent"

    def __init__(self, models: Mapping[str, IntentModel | None]) -> None:
        self._models = dict(models)

    def by_rules(self, case: Case) -> Intent:
        """Return the wish with its proof, or `unknown` where no intent of the domain fits."""
        model = self._models.get(case.domain.name)
        if model is None:
            return Intent()
        model = model.of_language(case.language)
        labels = model.wishes.labels
        judged = model.wishes.judge(case.vectors, [turn.text for turn in case.turns])
        votes = wish_votes(case, model, judged)
        score = votes.sum(axis=0)
        if not score.any():
            return Intent()
        odds = score**_SHARPENING
        shares = odds / odds.sum()
        order = np.argsort(-shares, kind="stable")
        guesses = [IntentGuess(label=labels[i], confidence=float(min(shares[i], 1.0))) for i in order]
        if not _fits(case, votes, judged):
            return Intent(alternatives=tuple(_worth_naming(guesses)))
        best = guesses[0]
        defined = case.domain.intent(best.label)
        return Intent(
            label=best.label,
            name=defined.name if defined else best.label,
            confidence=best.confidence,
            turns=_proof(case.turns, votes[:, order[0]]),
            alternatives=tuple(_worth_naming(guesses[1:])),
        )


def _fits(case: Case, votes: NDArray[np.float64], judged: Judgement) -> bool:
    spoken = [index for index, turn in enumerate(case.turns) if turn.role is Role.CUSTOMER]
    called = [index for index, turn in enumerate(case.turns) if turn.role is Role.TOOL]
    if called and votes[called].sum(axis=0).max() >= _TOOL_IS_ENOUGH:
        return True
    return bool(spoken) and float(judged.fit[spoken].max()) >= TextClassifier.FIT_NEEDED


def _worth_naming(guesses: list[IntentGuess]) -> list[IntentGuess]:
    return [guess for guess in guesses[:_ALTERNATIVES] if guess.confidence >= _ALTERNATIVE]


def _proof(turns: tuple[Turn, ...], votes: NDArray[np.float64]) -> tuple[int, ...]:
    """The customer's turns that speak for the wish; other turns where the customer's do not."""
    spoken = np.array([turn.role is Role.CUSTOMER for turn in turns])
    for own in (votes * spoken, votes):
        if own.max() > 0:
            return tuple(int(index) for index in np.flatnonzero(own >= _PROOF * own.max()))
    return ()
