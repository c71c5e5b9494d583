"""What each sign of a next action counts for: shipped with the service, taught by an organisation."""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationError

from assist.actions.signs import SIGNS
from assist.domain.frozen import Frozen
from assist.errors import ConfigurationError

Floats = NDArray[np.float64]


class Weights(Frozen):
    """A weight for each sign by its name, those not named counting nothing; `points` taught them."""

    signs: Mapping[str, float]
    points: int = Field(default=0, ge=0)

    def row(self) -> Floats:
        """Return the weights in the order of `SIGNS`."""
        return np.array([self.signs.get(name, 0.0) for name in SIGNS])

    def shares(self, signs: Floats) -> Floats:
        """Return how likely each action is the next; `signs` has one row per action."""
        scores = signs @ self.row()
        odds = np.exp(scores - scores.max(initial=0.0))
        shares: Floats = odds / max(float(odds.sum()), 1e-12)
        return shares

    @classmethod
    def shipped(cls) -> Self:
        """Return the weights that ship with the service."""
        return cls.model_validate_json((files("assist.actions") / "weights.json").read_text("utf-8"))


Taught = Mapping[str, Weights]
"""Weights by domain."""


def read_weights(file: Path) -> Taught:
    """Return what an organisation taught; nothing where there is no file, ConfigurationError where it cannot be read."""
    if not file.is_file():
        return {}
    try:
        return {name: Weights.model_validate(each) for name, each in json.loads(file.read_text("utf-8")).items()}
    except (OSError, ValueError, AttributeError, ValidationError) as exc:
        message = (
            f"{file} holds no weights of next actions ({exc}); teach them again with `assist train`, or delete the file"
        )
        raise ConfigurationError(message) from exc


def write_weights(file: Path, taught: Taught) -> None:
    """Keep the weights, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    passing = file.with_suffix(".part")
    passing.write_text(json.dumps({name: each.model_dump() for name, each in taught.items()}, indent=1), "utf-8")
    passing.replace(file)
