"""Files of labels, sorted by conversation and by who labelled it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.cases import FileCases, LabelledCase
from evals.errors import DataMissing


@dataclass(frozen=True, slots=True)
class Ratings:
    """Who labelled what: by conversation, then by labeller, in the order of the files."""

    labellers: tuple[str, ...]
    cases: Mapping[str, Mapping[str, LabelledCase]]
    prefilled: Mapping[str, int]

    @property
    def shared(self) -> Mapping[str, Mapping[str, LabelledCase]]:
        """The conversations that at least two people labelled."""
        return {case_id: by for case_id, by in self.cases.items() if len(by) > 1}


def ratings(paths: Sequence[Path]) -> Ratings:
    """Return the labels of these files; whoever labelled is named by the row's `labeller`, else by the file.

    DataMissing where a person labelled a conversation twice, or where two files hold other turns under one id.
    """
    cases: dict[str, dict[str, LabelledCase]] = {}
    labellers: dict[str, None] = {}
    prefilled: dict[str, int] = {}
    for path in paths:
        if not path.is_file():
            message = f"{path} is not there; give files that `assist evals label` wrote"
            raise DataMissing(message)
        for case in FileCases(path):
            who = labeller_of(case) or path.stem
            by = cases.setdefault(case.case_id, {})
            if who in by:
                message = f"{path.name}: {who!r} labelled {case.case_id!r} twice; take one of the rows out"
                raise DataMissing(message)
            other = next(iter(by.values()), case)
            if [turn.text for turn in other.turns] != [turn.text for turn in case.turns]:
                message = (
                    f"{path.name}: {case.case_id!r} has other turns than in the file before; label the same transcripts"
                )
                raise DataMissing(message)
            by[who] = case
            labellers[who] = None
            prefilled[who] = prefilled.get(who, 0) + bool((case.model_extra or {}).get("prefilled"))
    return Ratings(tuple(labellers), cases, {who: count for who, count in prefilled.items() if count})


def labeller_of(case: LabelledCase) -> str | None:
    """Return who labelled the case, as the row says."""
    found = (case.model_extra or {}).get("labeller")
    return found if isinstance(found, str) and found else None
