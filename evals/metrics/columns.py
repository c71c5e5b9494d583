"""Records of one kind in columns of numbers: a thousand conversations stay small, and resampling them is arithmetic."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from evals.metrics.records import Amount, Confidence, Counts, Pair, Ranked, Record, Share

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Columns:
    """The records of one measure: `numbers` has a row of three a record, `units` the conversation each belongs to.

    A pair's labels stand as indexes into `labels`.
    """

    numbers: Floats
    units: Whole
    labels: tuple[str, ...] = ()

    @classmethod
    def of(cls, records: Sequence[Record]) -> Self:
        """Return the columns of these records, each a conversation of its own."""
        filling = Filling()
        for unit, record in enumerate(records):
            filling.add(unit, record)
        return cls(*filling.parts())

    def __len__(self) -> int:
        return len(self.units)

    def only(self, kept: NDArray[np.bool_]) -> "Columns":
        """Return the records whose row is true."""
        return Columns(self.numbers[kept], self.units[kept], self.labels)

    def label(self, name: str) -> int:
        """Return the index of a label; -1 where it never occurs."""
        return self.labels.index(name) if name in self.labels else -1


class Filling:
    """Columns under way: takes one record after the other, 28 bytes each."""

    def __init__(self) -> None:
        self._numbers = array("d")
        self._units = array("I")
        self._labels: dict[str, int] = {}

    def add(self, unit: int, record: Record) -> None:
        """Add a record of this conversation."""
        self._units.append(unit)
        self._numbers.extend(self._row(record))

    def columns(self) -> Columns:
        """Return what was added so far."""
        return Columns(*self.parts())

    def parts(self) -> tuple[Any, Any, tuple[str, ...]]:
        """Return numbers, units and labels."""
        numbers = np.array(self._numbers, dtype=np.float64).reshape(-1, 3)
        return numbers, np.array(self._units, dtype=np.int64), tuple(self._labels)

    def _row(self, record: Record) -> tuple[float, float, float]:
        match record:
            case Pair():
                return self._code(record.truth), self._code(record.guess), 0.0
            case Counts():
                return record.hits, record.false, record.missed
            case Share():
                return record.part, record.whole, 0.0
            case Amount():
                return record.value, 0.0, 0.0
            case Ranked():
                return record.truth, record.guess, 0.0
            case Confidence():
                return record.confidence, float(record.right), 0.0

    def _code(self, label: str) -> int:
        return self._labels.setdefault(label, len(self._labels))
