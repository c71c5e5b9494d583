"""How a conversation ends for the customer's mood: a small logistic regression over the features of its course.

The weights stand in `assist/analysis/examples/mood_ending.yaml`; `scripts/fit_mood.py` fits them to labelled conversations.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import yaml

from assist.domain.findings import SentimentLabel, Trend

BIAS: Final = "bias"
FRUSTRATED: Final = "true"
_EVEN: Final = 0.5

Weights = Mapping[str, Mapping[str, float]]
"""By class, the weight of each feature and the bias."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What the course of a conversation amounts to."""

    label: SentimentLabel
    frustrated: bool
    trend: Trend


def ending(shown: Mapping[str, float]) -> Ending:
    """Return the mood at the end, from the features of a conversation; frustration is always negative."""
    weights = _weights()
    frustrated = _shares(weights["frustrated"], shown)[FRUSTRATED] >= _EVEN
    labels = _shares(weights["label"], shown)
    trends = _shares(weights["trend"], shown)
    label = SentimentLabel.NEGATIVE if frustrated else SentimentLabel(max(labels, key=lambda name: labels[name]))
    return Ending(label, frustrated, Trend(max(trends, key=lambda name: trends[name])))


def _shares(weights: Weights, shown: Mapping[str, float]) -> dict[str, float]:
    scores = {
        name: own[BIAS] + sum(weight * shown.get(feature, 0.0) for feature, weight in own.items() if feature != BIAS)
        for name, own in weights.items()
    }
    top = max(scores.values())
    odds = {name: float(np.exp(score - top)) for name, score in scores.items()}
    total = sum(odds.values())
    return {name: odd / total for name, odd in odds.items()}


@cache
def _weights() -> Mapping[str, Weights]:
    text = (files("assist.analysis") / "examples" / "mood_ending.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, dict[str, float]]] = yaml.safe_load(text)
    return loaded
