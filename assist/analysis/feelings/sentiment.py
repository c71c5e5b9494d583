"""How the customer feels: turn by turn, at the end, and whether it is the service that angers them.

The mood at the end is more than the last turn: who was refused three times and says "yes please, transfer me, thank you"
is not content. So what a turn carries of anger, gloom or joy fades slowly over the turns after it, and the course of the
conversation speaks too: insisting after a no, demanding a human, being refused again and again. Joy clears anger away.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from assist.analysis.case import Case
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
_TREND_FROM: Final = 0.2
_PROOF_FROM: Final = 0.25
_CALM: Final = 0.3  # the strongest score that a neutral conversation may have


@dataclass(frozen=True, slots=True)
class _End:
    """What is left at the end."""

    anger: float
    gloom: float
    joy: float

    @property
    def frustrated(self) -> bool:
        return self.anger >= _FRUSTRATED_FROM

    @property
    def label(self) -> SentimentLabel:
        if self.frustrated or (self.gloom >= _NEGATIVE_FROM and self.gloom >= self.joy):
            return SentimentLabel.NEGATIVE
        return SentimentLabel.POSITIVE if self.joy >= _POSITIVE_FROM else SentimentLabel.NEUTRAL


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
        felt = self._mood.feel(
            [case.turns[index].text for index in spoken], case.vectors[spoken], self._refused(case, spoken)
        )
        end = _end(felt)
        return Sentiment(
            label=end.label,
            score=round(_overall(felt, end), 3),
            frustrated=end.frustrated,
            trend=_trend(felt),
            turns=tuple(spoken[row] for row in _proof(felt, end.label)),
            by_turn=tuple(
                TurnSentiment(turn=turn, score=round(float(score), 3))
                for turn, score in zip(spoken, felt.score, strict=True)
            ),
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


def _end(felt: Felt) -> _End:
    anger = gloom = joy = 0.0
    for row in range(len(felt.score)):
        anger = anger * _ANGER_FADES + float(felt.anger[row])
        if felt.joy[row] >= _JOYFUL_FROM:
            anger *= _ANGER_CLEARED
        gloom = max(gloom * _GLOOM_FADES, float(felt.gloom[row]))
        joy = max(joy * _JOY_FADES, float(felt.joy[row]))
    return _End(anger, gloom, joy)


def _overall(felt: Felt, end: _End) -> float:
    """The score at the end, on the side that the label says; of a single turn, its own as far as it agrees."""
    last = float(felt.score[-1])
    if len(felt.score) == 1:
        return min(last, -_NEGATIVE_FROM) if end.label is SentimentLabel.NEGATIVE else last
    if end.label is SentimentLabel.NEGATIVE:
        return -min(1.0, max(end.gloom, end.anger / 2, _NEGATIVE_FROM))
    if end.label is SentimentLabel.POSITIVE:
        return min(1.0, max(end.joy, _POSITIVE_FROM))
    return min(_CALM, max(-_CALM, last))


def _trend(felt: Felt) -> Trend:
    course = np.maximum(felt.joy, 0.0) - np.maximum(felt.gloom, felt.anger)
    if len(course) < 2:  # noqa: PLR2004 -- one turn has no direction
        return Trend.STEADY
    half = len(course) // 2
    change = float(course[-min(2, half) :].mean() - course[:half].mean())
    if change > _TREND_FROM:
        return Trend.IMPROVING
    return Trend.WORSENING if change < -_TREND_FROM else Trend.STEADY


def _proof(felt: Felt, label: SentimentLabel) -> list[int]:
    if label is SentimentLabel.NEUTRAL:
        return [len(felt.score) - 1]
    shown = np.maximum(felt.gloom, felt.anger) if label is SentimentLabel.NEGATIVE else felt.joy
    return [int(row) for row in np.flatnonzero(shown >= min(_PROOF_FROM, float(shown.max())))]
