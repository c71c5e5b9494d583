"""What a conversation shows of the customer's mood, in numbers: the features of the learned ending.

Each is between 0 and about 1. Feelings fade slowly over the turns after them, so that the last words count most and a
thank-you for being passed on does not undo an hour of refusals. What happened counts beside what was said: refusals,
calls that failed, the same question again, corrections.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assist.analysis.case import Case
from assist.analysis.feelings.mood import Felt
from assist.analysis.speech.phrases import phrase_book
from assist.analysis.speech.repeats import said_again
from assist.analysis.tools.results import tool_results
from assist.domain.transcript import Role

Numbers = NDArray[np.float32]

_FADES: Final = 0.9
_LATELY: Final = 2
_OFTEN: Final = 4.0
_ENRAGED: Final = 2.0


@dataclass(frozen=True, slots=True)
class Residue:
    """What is left at the end."""

    anger: float
    gloom: float
    joy: float


def features(case: Case, felt: Felt, spoken: Sequence[int], left: Residue) -> dict[str, float]:
    """Return the features by name; `spoken` are the customer's turns that `felt` is about."""
    negative, positive = np.clip(-felt.score, 0.0, 1.0), np.clip(felt.score, 0.0, 1.0)
    found = {
        "anger left": min(left.anger, _ENRAGED) / _ENRAGED,
        "gloom left": left.gloom,
        "joy left": left.joy,
        "last negative": float(negative[-1]),
        "last positive": float(positive[-1]),
        "worst": float(negative.max()),
        "best": float(positive.max()),
        "mean score": float(felt.score.mean()),
        "lately": float(felt.score[-_LATELY:].mean()),
        "refused": _often(float(felt.refused.sum())),
        "score rises": _change(felt.score),
        "joy rises": _change(felt.joy),
        "anger rises": _change(felt.anger),
        "gloom rises": _change(felt.gloom),
        "said again": _own_repeats(case, spoken),
    }
    for name, shares in felt.tones.items():
        found[f"{name}, faded"] = _faded(shares)
        found[f"{name}, last"] = float(shares[-1])
        found[f"{name}, all"] = _often(float(shares.sum()))
    for name, named in felt.named.items():
        found[f"{name}, faded"] = _faded(named)
        found[f"{name}, all"] = _often(float(named.sum()))
    return found | _events(case, spoken)


def _events(case: Case, spoken: Sequence[int]) -> dict[str, float]:
    bots = [i for i, turn in enumerate(case.turns) if turn.role is Role.BOT and turn.text.strip()]
    corrects, asks = phrase_book("customer_signs")["corrects"], phrase_book("human_signs")
    human = sum(_says(case, spoken, lambda text: asks["asks"].search(text) or asks["asks_abroad"].search(text)))
    failed = sum(result.failed for result in tool_results(case))
    worked = [result.turn for result in tool_results(case) if not result.failed]
    return {
        "bot repeats": _often(float(sum(bool(same) for same in said_again(case.turns, bots).values()))),
        "corrections": _often(float(sum(_says(case, spoken, corrects.search)))),
        "asks for a human": _often(float(human)),
        "calls failed": _often(float(failed)),
        "ended on a failure": float(bool(failed) and max(worked, default=-1) < max(r.turn for r in tool_results(case))),
    }


def _own_repeats(case: Case, spoken: Sequence[int]) -> float:
    """How like an earlier turn of theirs the customer's last ones are."""
    recent, earlier = case.vectors[spoken[-_LATELY:]], case.vectors[spoken[:-_LATELY]]
    return float(max((recent @ earlier.T).max(), 0.0)) if len(earlier) else 0.0


def _change(values: Numbers) -> float:
    """How much higher the last turns are than the first half."""
    half = len(values) // 2
    return float(values[-min(_LATELY, half) :].mean() - values[:half].mean()) if half else 0.0


def _says(case: Case, spoken: Sequence[int], test: Callable[[str], bool]) -> list[bool]:
    return [test(case.turns[index].text) for index in spoken]


def _faded(shares: Numbers) -> float:
    ages = np.arange(len(shares) - 1, -1, -1)
    return float((shares * _FADES**ages).max())


def _often(count: float) -> float:
    return min(count, _OFTEN) / _OFTEN
