"""The records of many cases by measure, in columns of numbers: what is held of a case is some hundred bytes."""

from array import array
from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from evals.log import CaseEntry
from evals.metrics import Columns, Filling

Units = dict[tuple[str, str], int]
"""A number for each conversation of each task; two runs that share them can be compared."""


class Gathered:
    """Takes cases one by one, and gives the columns of a measure: all of them, or those of one slice."""

    def __init__(self, units: Units | None = None) -> None:
        self._units: Units = {} if units is None else units
        self._filled: dict[tuple[str, str], Filling] = defaultdict(Filling)
        self._built: dict[tuple[str, str], Columns] = {}
        self._slices: dict[str, dict[str, array[int]]] = defaultdict(lambda: defaultdict(lambda: array("I")))

    def add(self, entry: CaseEntry) -> None:
        """Take what was scored of a case; what was not scored is left out."""
        unit = self._units.setdefault((entry.task, entry.group), len(self._units))
        for name, value in entry.slices.items():
            self._slices[entry.task][f"{name}: {value}"].append(unit)
        for score in entry.scores:
            if score.unscored is None:
                filling = self._filled[entry.task, score.measure]
                for record in score.records:
                    filling.add(unit, record)

    def columns(self, task: str, score: str, *, part: str | None = None) -> Columns:
        """Return the records of a score, of all conversations or of those of one slice."""
        key = task, score
        if key not in self._built:
            filling = self._filled.get(key)
            self._built[key] = filling.columns() if filling else Columns(np.zeros((0, 3)), np.zeros(0, dtype=np.int64))
        columns = self._built[key]
        if part is None:
            return columns
        return columns.only(np.isin(columns.units, np.array(self._slices[task][part], dtype=np.int64)))

    def slices(self, task: str, *, least: int = 2) -> Mapping[str, int]:
        """Return the slices of a task, by name, with the number of their conversations, of kinds with so many slices at least."""
        found = {name: len(set(units)) for name, units in self._slices[task].items()}
        kinds: dict[str, int] = defaultdict(int)
        for name in found:
            kinds[name.partition(":")[0]] += 1
        return {name: found[name] for name in sorted(found) if kinds[name.partition(":")[0]] >= least}

    def scores(self) -> list[tuple[str, str]]:
        """Return task and name of every score that has records."""
        return list(self._filled)
