"""Conversations cut right before an action, and what was done at the like points of other conversations."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from assist.domain.transcript import Turn
from evals.cases import Dataset, LabelledCase, Labels, turn
from evals.readers import abcd, star
from evals.readers.examples import fingerprint, overlapping, shuffled
from evals.readers.files import rows
from evals.readers.star_flows import snake

TESTED, REMEMBERED = 100, 16
"""So many dialogues are tested, and so many of each task remembered."""
_NO_ACTION = (None, "custom")  # free text, which no playbook can foresee


class Taken(NamedTuple):
    """An action taken after these turns, to be remembered in a domain; `handoff` names the conversation and the place in it.

    `home` is the domain whose intents were not taught by this conversation.
    """

    domain: str
    handoff: str
    turns: tuple[Turn, ...]
    action: str
    intent: str = ""
    home: str = ""

    @property
    def conversation(self) -> str:
        """The conversation it is from."""
        return self.handoff.split("@", maxsplit=1)[0]


class Cut(NamedTuple):
    """Cases to test, each labelled with the action taken next, and the actions taken elsewhere."""

    dataset: Dataset
    taken: tuple[Taken, ...]


def abcd_cut(folder: Path, *, apart: Sequence[LabelledCase] = ()) -> Cut:
    """Return every conversation, each in a fold whose domain and memory know only the other folds."""
    dataset = abcd.folds(folder, apart=apart)
    cases = [_named(case) for case in dataset.cases]
    names = sorted({case.domain or "" for case in cases})
    taken = tuple(
        Taken(name, case.case_id, case.turns, action, case.labels.intent or "", case.domain or "")
        for name in names
        for case in cases
        for action in case.labels.next_actions or ()
        if case.domain != name
    )
    return Cut(dataset.model_copy(update={"cases": tuple(cases), "name": "abcd next action"}), taken)


def star_cut(folder: Path, *, apart: Sequence[LabelledCase] = ()) -> Cut:
    """Return the labelled turns of dialogues about one task; what others did is remembered, none of them tested."""
    dataset = star.single_task(star.read(folder, apart=apart))
    labelled = {row["id"]: row for row in rows(folder, star.DIALOGUES)}
    tested = shuffled(dataset.cases)[:TESTED]
    said = [fingerprint(case.turns) for case in tested]
    counts: dict[str, int] = {}
    taken: list[Taken] = []
    for case in shuffled(dataset.cases)[TESTED:]:
        task = case.labels.intent or ""
        if counts.get(task, 0) < REMEMBERED and not overlapping(case, said):
            counts[task] = counts.get(task, 0) + 1
            taken += [
                Taken(star.NAME, f"{case.case_id}@{at}", turns, action, task, star.NAME)
                for at, turns, action in _points(labelled[case.case_id]["turns"])
            ]
    cases = [
        LabelledCase(
            case_id=f"{case.case_id}-{at}",
            domain=star.NAME,
            turns=turns,
            labels=Labels(next_actions=(action,)),
            group=case.case_id,
        )
        for case in tested
        for at, turns, action in _points(labelled[case.case_id]["turns"])
    ]
    return Cut(dataset.model_copy(update={"cases": tuple(cases), "name": "star next action"}), tuple(taken))


def _named(case: LabelledCase) -> LabelledCase:
    """The case with its action named as playbooks name it."""
    named = tuple(name.replace("-", "_") for name in case.labels.next_actions or ())
    labels = Labels(intent=case.labels.intent, next_actions=named)
    return case.model_copy(update={"labels": labels, "group": case.case_id})


def _points(turns: Sequence[dict[str, object]]) -> Iterator[tuple[int, tuple[Turn, ...], str]]:
    """Each turn of the assistant with a labelled action: its place, what was said before it, and the action."""
    heard = tuple(turn(str(said["role"]), str(said["text"]), tool=said.get("tool")) for said in turns)
    for at, said in enumerate(turns):
        action = said.get("action")
        if at and said["role"] == "bot" and action not in _NO_ACTION:
            yield at, heard[:at], snake(str(action))
