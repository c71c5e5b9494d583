"""Whether a run may go live, held against a baseline: the thresholds stand in a file that QA can read and change.

An error that must not happen has a gate at zero, whatever the averages say. `known: baseline` lets such an error pass in a
conversation in which the baseline has it too, and says so: it is a debt, not a licence for another.
"""

import importlib.resources
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.comparison import Change, compare
from evals.errors import DataMissing
from evals.log import EvalLog, Row
from evals.metrics import Amount

_SLACK: Final = 1e-9


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DangerGate(_Strict):
    """How often an error may happen; `known: baseline` does not count conversations in which the baseline has it too."""

    at_most: int = 0
    known: Literal["none", "baseline"] = "none"


class MeasureGate(_Strict):
    """How much worse a measure may become: by `worse_by` in its own unit; `at_least` and `at_most` bound it whatever was before."""

    worse_by: float | None = Field(default=None, ge=0)
    at_least: float | None = None
    at_most: float | None = None


class Thresholds(_Strict):
    """All gates: by score for dangers, by "field: name" for measures.

    `surely_worse_at` is the p-value below which a measure that became worse by any amount fails.
    """

    dangers: Mapping[str, DangerGate]
    measures: Mapping[str, MeasureGate]
    surely_worse_at: float = Field(default=0.01, ge=0, le=1)
    broken_cases: int = 0


class Finding(_Strict):
    """One gate and what it found; `note` where it passes only since the baseline is no better."""

    gate: str
    passed: bool
    said: str
    note: bool = False


def shipped(name: str) -> Path:
    """Return a file that ships with the evaluations: `gates.yaml` or the baseline."""
    return Path(str(importlib.resources.files("evals") / name))


def thresholds(path: Path) -> Thresholds:
    """Return the thresholds of a YAML file; DataMissing names what cannot be used."""
    try:
        return Thresholds.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as exc:
        what = exc.errors()[0] if isinstance(exc, ValidationError) else None
        why = f"{'.'.join(map(str, what['loc']))}: {what['msg']}" if what else str(exc)
        message = f"{path} holds no thresholds: {why}"
        raise DataMissing(message) from exc


def findings(log: EvalLog, baseline: EvalLog, limits: Thresholds) -> tuple[Finding, ...]:
    """Return what every gate says, in the order of the file."""
    gate = _Gate(log, baseline, limits)
    return (*gate.data(), *gate.broken(), *gate.dangers(), *gate.measures())


class _Gate:
    def __init__(self, log: EvalLog, baseline: EvalLog, limits: Thresholds) -> None:
        self._log = log
        self._baseline = baseline
        self._limits = limits

    def data(self) -> Iterator[Finding]:
        """The same conversations, or the comparison says nothing."""
        there = {entry.name: entry.checksum for entry in self._log.header.datasets}
        wanted = {entry.name: entry.checksum for entry in self._baseline.header.datasets}
        other = [name for name, checksum in wanted.items() if there.get(name) != checksum]
        said = (
            f"{', '.join(other)} differ from the baseline's; renew it with `assist evals baseline`"
            if other
            else "the baseline's"
        )
        yield Finding(gate="data", passed=not other, said=said)

    def broken(self) -> Iterator[Finding]:
        """Cases on which the service broke."""
        failed = [case.case_id for case in self._log.cases() if case.failure]
        passed = len(failed) <= self._limits.broken_cases
        yield Finding(gate="broken cases", passed=passed, said=f"{len(failed)} {', '.join(failed[:3])}".strip())

    def dangers(self) -> Iterator[Finding]:
        """The errors that must not happen."""
        now, before = _dangers(self._log, self._limits), _dangers(self._baseline, self._limits)
        for name, limit in self._limits.dangers.items():
            known = before[name] if limit.known == "baseline" else Counter[str]()
            new = now[name] - known
            passed = new.total() <= limit.at_most
            said = f"{new.total()}, at most {limit.at_most}"
            said += f": {', '.join(sorted(new)[:3])}" if new else ""
            old = now[name] - new
            said += f" ({old.total()} known from the baseline: {', '.join(sorted(old)[:3])} …)" if old else ""
            yield Finding(gate=f"danger: {name.replace('_', ' ')}", passed=passed, said=said, note=bool(old))

    def measures(self) -> Iterator[Finding]:
        """The measures that may not get worse."""
        rows = {f"{row.field}: {row.name}": row for row in self._log.rows if row.part is None}
        for name, limit in self._limits.measures.items():
            row = rows.get(name)
            if row is None or row.value is None:
                before = any(f"{r.field}: {r.name}" == name and r.value is not None for r in self._baseline.rows)
                said = "not scored any more" if before else "not scored, nor in the baseline"
                yield Finding(gate=name, passed=not before, said=said, note=not before)
            else:
                yield self._measure(name, limit, row, row.value)

    def _measure(self, name: str, limit: MeasureGate, row: Row, value: float) -> Finding:
        bad = []
        if limit.at_least is not None and value < limit.at_least:
            bad.append(f"{value:.3f} is below {limit.at_least:g}")
        if limit.at_most is not None and value > limit.at_most:
            bad.append(f"{value:.3f} is above {limit.at_most:g}")
        change = self._changes.get((row.task, row.score, row.metric))
        told = f"{value:.3f}"
        if change is not None:
            told = f"{change.before:.3f} before, {change.after:.3f} after"
            if limit.worse_by is not None and -change.gain > limit.worse_by + _SLACK:
                bad.append(f"worse by {-change.gain:.3f}, at most {limit.worse_by:g}")
            elif change.gain < -_SLACK and change.raw_p < self._limits.surely_worse_at:
                bad.append(f"surely worse, p = {change.raw_p:.4f}")
        return Finding(gate=name, passed=not bad, said="; ".join([told, *bad]))

    @cached_property
    def _changes(self) -> Mapping[tuple[str, str, str], Change]:
        found = compare(self._baseline, self._log).changes
        return {(change.task, change.score, change.metric): change for change in found}


def _dangers(log: EvalLog, limits: Thresholds) -> dict[str, Counter[str]]:
    """How often each error happened, by conversation."""
    found: dict[str, Counter[str]] = {name: Counter() for name in limits.dangers}
    for case in log.cases():
        for score in case.scores:
            if score.measure in found:
                events = sum(int(record.value) for record in score.records if isinstance(record, Amount))
                found[score.measure].update({case.case_id: events} if events else {})
    return found
