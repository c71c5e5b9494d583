"""How the customer feels: turn by turn, at the end, and whether it is the service that angers them.

The mood at the end is more than the last turn: who was refused three times and says "yes please, transfer me, thank you"
is not content. So what a turn carries of anger, gloom or joy fades slowly over the turns after it, and the course of the
conversation speaks too: insisting after a no, demanding a human, being refused again and again. Joy clears anger away.
What all this amounts to is learned (`ending.py`); a single turn has no course, and is taken as it sounds.
"""

from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from assist.analysis.case import Case
from assist.analysis.feelings.course import Residue, features
from assist.analysis.feelings.ending import Ending, ending
from assist.analysis.feelings.mood import Felt, Mood, teach_mood
from assist.domain.findings import Sentiment, SentimentLabel, Trend, TurnSentiment
from assist.domain.transcript import Role
from knowledge.ports import Embedder

_ANGER_FADES: Final = 0.92
_ANGER_CLEARED: Final = 0.4  # what joy leaves of it
_GLOOM_FADES: Final = 0.9
_JOY_FADES: Final = 0.85
_FRUSTRATED_FROM: Final = 0.5
_NEGATIVE_FROM: Final = 0.4
_POSITIVE_FROM: Final = 0.36
_JOYFUL_FROM: Final = 0.45
_PROOF_FROM: Final = 0.25
_CALM: Final = 0.3  # the strongest score that a neutral conversation may have


class SentimentStage:
    """Finds the customer's mood."""

    name = "sentiment"

    def __init__(self, mood: Mood) -> None:
        self._mood = mood

    @classmethod
    def taught(cls, embedder: Embedder) -> Self:
        """Return the stage, taught by the shipped examples."""
        return cls(teach_mood(embedder))

    def by_rules(self, case: Case) -> Sentiment:
        """Return the mood with its proof; neutral where the customer said nothing."""
        spoken = [index for index, turn in enumerate(case.turns) if turn.role is Role.CUSTOMER and turn.text.strip()]
        if not spoken:
            return Sentiment()
        felt = self.felt(case, spoken)
        left = residue(felt)
        end = ending(features(case, felt, spoken, left)) if len(spoken) > 1 else _as_it_sounds(left)
        return Sentiment(
            label=end.label,
            score=round(_overall(felt, left, end), 3),
            frustrated=end.frustrated,
            trend=end.trend,
            turns=tuple(spoken[row] for row in _proof(felt, end.label)),
            by_turn=tuple(
                TurnSentiment(turn=turn, score=round(float(score), 3))
                for turn, score in zip(spoken, felt.score, strict=True)
            ),
        )

    def felt(self, case: Case, spoken: list[int]) -> Felt:
        """Return what these turns of the customer carry."""
        return self._mood.feel(
            [case.turns[index].text for index in spoken], case.vectors[spoken], self._refused(case, spoken)
        )

    def _refused(self, case: Case, spoken: list[int]) -> NDArray[np.float32]:
        """How much the bot's turn before each customer turn was a refusal."""
        refusing = self._mood.refusing(case.vectors)
        answered: list[float] = []
        for index in spoken:
            before = next(
                (at for at in range(index - 1, -1, -1) if case.turns[at].role in {Role.BOT, Role.CUSTOMER}), None
            )
            said = before is not None and case.turns[before].role is Role.BOT
            answered.append(float(refusing[before]) if said and before is not None else 0.0)
        return np.array(answered, dtype=np.float32)


def residue(felt: Felt) -> Residue:
    """Return what is left of anger, gloom and joy after the last turn."""
    anger = gloom = joy = 0.0
    for row in range(len(felt.score)):
        anger = anger * _ANGER_FADES + float(felt.anger[row])
        if felt.joy[row] >= _JOYFUL_FROM:
            anger *= _ANGER_CLEARED
        gloom = max(gloom * _GLOOM_FADES, float(felt.gloom[row]))
        joy = max(joy * _JOY_FADES, float(felt.joy[row]))
    return Residue(anger, gloom, joy)


def _as_it_sounds(left: Residue) -> Ending:
    frustrated = left.anger >= _FRUSTRATED_FROM
    if frustrated or (left.gloom >= _NEGATIVE_FROM and left.gloom >= left.joy):
        label = SentimentLabel.NEGATIVE
    else:
        label = SentimentLabel.POSITIVE if left.joy >= _POSITIVE_FROM else SentimentLabel.NEUTRAL
    return Ending(label, frustrated, Trend.STEADY)


def _overall(felt: Felt, left: Residue, end: Ending) -> float:
    """The score at the end, on the side that the label says; of a single turn, its own as far as it agrees."""
    last = float(felt.score[-1])
    if len(felt.score) == 1:
        return min(last, -_NEGATIVE_FROM) if end.label is SentimentLabel.NEGATIVE else last
    if end.label is SentimentLabel.NEGATIVE:
        return -min(1.0, max(left.gloom, left.anger / 2, _NEGATIVE_FROM))
    if end.label is SentimentLabel.POSITIVE:
        return min(1.0, max(left.joy, _POSITIVE_FROM))
    return min(_CALM, max(-_CALM, last))


def _proof(felt: Felt, label: SentimentLabel) -> list[int]:
    if label is SentimentLabel.NEUTRAL:
        return [len(felt.score) - 1]
    shown = np.maximum(felt.gloom, felt.anger) if label is SentimentLabel.NEGATIVE else felt.joy
    return [int(row) for row in np.flatnonzero(shown >= min(_PROOF_FROM, float(shown.max())))]
