"""STAR: dialogues of customers with an assistant that follows a flow chart, with its actions and back-end calls."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.cases import Dataset, LabelledCase, Labels, StepLabel, VerificationLabel, turn
from evals.readers.examples import MOST, fingerprint, overlapping, shuffled, telling
from evals.readers.files import document, rows
from evals.readers.star_flows import Flows, flow_domain

DIALOGUES, TASKS = "dialogues.dev.jsonl.gz", "tasks.json"
NAME = "star"
_LICENCE = "MIT, (c) 2020 Rasa Technologies GmbH"
# `failed_then_verified` ends verified; `none` means that no check ran to its end
_STATES: Mapping[str, tuple[str, bool]] = {
    "verified": ("verified", False),
    "failed_then_verified": ("verified", True),
    "failed": ("failed", True),
    "none": ("not_attempted", False),
}
_FAILED = ("fail", "unavailable", "not_available", "nothing_found", "cannot", "no_availability")
_INFORMS = ("inform", "succe", "result", "provide", "available", "confirm", "outcome", "forecast", *_FAILED)


def read(folder: Path, *, apart: Sequence[LabelledCase] = ()) -> Dataset:
    """Return the dialogues that train nothing, and the domain made from flows and other dialogues.

    `apart` are conversations tested elsewhere: none that equals or continues one of them is used at all.
    """
    flows: Flows = document(folder, TASKS)
    tested = [fingerprint(case.turns) for case in apart]
    taken = {case.case_id for case in apart}
    cases = [_case(row) for row in rows(folder, DIALOGUES)]
    free = [case for case in cases if case.case_id not in taken and not overlapping(case, tested)]
    training = _training(free)
    used = {case.case_id for chosen in training.values() for case in chosen}
    utterances = {label: tuple(telling(case, among=2) for case in chosen) for label, chosen in training.items()}
    domain = flow_domain(NAME, flows, utterances, arguments=_arguments(training))
    kept = tuple(case for case in free if case.case_id not in used)
    return Dataset(name=NAME, cases=kept, domains=(domain,), licence=_LICENCE)


def single_task(dataset: Dataset) -> Dataset:
    """Return only the dialogues about one task."""
    return dataset.holding(case for case in dataset.cases if case.labels.intent is not None)


def _training(cases: Iterable[LabelledCase]) -> dict[str, list[LabelledCase]]:
    chosen: dict[str, list[LabelledCase]] = defaultdict(list)
    for case in shuffled(cases):
        label = case.labels.intent
        if label is not None and len(chosen[label]) < MOST:
            chosen[label].append(case)
    return dict(chosen)


def _arguments(training: Mapping[str, Sequence[LabelledCase]]) -> dict[str, tuple[str, ...]]:
    """The arguments with which each back end is called, as the training dialogues show them."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for chosen in training.values():
        for case in chosen:
            for said in case.turns:
                if said.tool and said.tool.name:
                    found[said.tool.name].update(dict.fromkeys(said.tool.arguments or {}))
    return {name: tuple(keys) for name, keys in found.items()}


def _case(row: Mapping[str, Any]) -> LabelledCase:
    turns = row["turns"]
    status = _STATES.get(row.get("authentication") or "")
    verification = None if status is None else VerificationLabel(status=status[0], failed_before=status[1])
    return LabelledCase(
        case_id=row["id"],
        domain=NAME,
        # the assistant's action labels are answers, which the service must not see
        turns=tuple(turn(said["role"], said["text"], tool=said.get("tool")) for said in turns),
        labels=Labels(
            intent=row["tasks"][0] if len(row["tasks"]) == 1 else None,
            verification=verification,
            steps_tried=_steps(turns),
        ),
    )


def _steps(turns: Sequence[Mapping[str, Any]]) -> tuple[StepLabel, ...]:
    """One step per back-end call: the call, and the assistant's next word where it tells the result.

    The outcome is what the assistant's action label says of it. A call whose result was never told is left out, since
    nobody labelled how it ended.
    """
    steps = []
    for index, said in enumerate(turns):
        if said["role"] != "tool":
            continue
        after = next(((i, t) for i, t in enumerate(turns[index + 1 :], index + 1) if t["role"] != "tool"), None)
        action = (after[1].get("action") or "") if after else ""
        if after is None or not any(sign in action for sign in _INFORMS):
            continue
        outcome = "failed" if any(sign in action for sign in _FAILED) else "succeeded"
        name = (said.get("tool") or {}).get("name") or "a back end"
        steps.append(StepLabel(action=f"Call {name}: {action}", outcome=outcome, turns=(index, after[0])))
    return tuple(steps)
