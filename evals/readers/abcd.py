"""ABCD: retail conversations up to the next agent action, and the guidelines that agents follow."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assist.domain.business import Domain, IntentDefinition, Playbook, PlaybookAction, Proof, VerificationMethod
from evals.cases import Dataset, LabelledCase, Labels, turn
from evals.readers.examples import MOST, fingerprint, overlapping, shuffled, telling
from evals.readers.files import document, rows

CONTEXTS, GUIDELINES = "contexts.dev.jsonl", "guidelines.json"
NAME = "abcd"
FOLDS = 10
_LICENCE = "MIT, (c) 2021, 2024 ASAPP Research"
_STEP = re.compile(r"\n(?=\[[^\]]+\])")
_BUTTON = re.compile(r"\[([^\]]+)\]\s*(.*)", re.DOTALL)
_BUTTON_NAME = re.compile(r"\[[^\]]*\]\s*")
_NO_BUTTON = ("n/a", "end conversation")
_WORD = re.compile(r"[a-z0-9]+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")


def read(folder: Path, *, apart: Sequence[LabelledCase] = ()) -> Dataset:
    """Return the conversations, and a domain taught by them; for testing elsewhere on `apart`, which teaches nothing."""
    guidelines = document(folder, GUIDELINES)
    cases = _free(folder, apart)
    return Dataset(name=NAME, cases=tuple(cases), domains=(_domain(NAME, guidelines, cases),), licence=_LICENCE)


def folds(folder: Path, *, apart: Sequence[LabelledCase] = ()) -> Dataset:
    """Return the conversations each in a fold, with a domain per fold that is taught by the other folds."""
    guidelines = document(folder, GUIDELINES)
    ordered = shuffled(_free(folder, apart))
    names = [f"{NAME}_fold{number}" for number in range(min(FOLDS, len(ordered)))]
    placed = [case.model_copy(update={"domain": names[i % len(names)]}) for i, case in enumerate(ordered)]
    domains = tuple(_domain(name, guidelines, [case for case in placed if case.domain != name]) for name in names)
    return Dataset(name=NAME, cases=tuple(placed), domains=domains, licence=_LICENCE)


def _free(folder: Path, apart: Sequence[LabelledCase]) -> list[LabelledCase]:
    tested = [fingerprint(case.turns) for case in apart]
    taken = {case.case_id for case in apart}
    cases = [_case(row) for row in rows(folder, CONTEXTS)]
    return [case for case in cases if case.case_id not in taken and not overlapping(case, tested)]


def _case(row: Mapping[str, Any]) -> LabelledCase:
    labels = Labels(intent=row["intent"], next_actions=(row["next_action"],))
    return LabelledCase(case_id=row["id"], domain=NAME, turns=tuple(turn(**t) for t in row["turns"]), labels=labels)


def _domain(name: str, guidelines: Sequence[Mapping[str, Any]], cases: Sequence[LabelledCase]) -> Domain:
    utterances: dict[str, list[str]] = defaultdict(list)
    for case in shuffled(cases):
        label = case.labels.intent or ""
        if len(utterances[label]) < MOST:
            utterances[label].append(telling(case, among=3))
    return Domain(
        name=name,
        title="Fashion shop",
        intents=tuple(_intent(guide, tuple(utterances[guide["subflow"]])) for guide in guidelines),
        verification=_METHODS,
        playbooks=tuple(_playbook(guide) for guide in guidelines if guide["actions"]),
    )


def _intent(guide: Mapping[str, Any], utterances: tuple[str, ...]) -> IntentDefinition:
    """The guideline's first sentences stand under its section and title: they say when it applies."""
    lines = guide["text"].split("\n")
    body = _BUTTON_NAME.sub("", " ".join(lines[2:5]))
    said = " ".join(_SENTENCE.split(body)[:3]).strip()
    flow = guide["flow"].replace("_", " ")
    return IntentDefinition(
        label=guide["subflow"], name=f"{guide['title']} ({flow})", description=said, utterances=utterances
    )


def _playbook(guide: Mapping[str, Any]) -> Playbook:
    """The guideline's numbered steps in their order, each with the action that its button names most like."""
    names = list(dict.fromkeys(guide["actions"]))
    steps = [(found[1], found[2]) for part in _STEP.split(guide["text"])[1:] if (found := _BUTTON.match(part))]
    pairs = sorted(
        (-_shared(name, button), abs(number - at), number, at)
        for number, name in enumerate(names)
        for at, (button, _) in enumerate(steps)
        if button.lower() not in _NO_BUTTON
    )
    place: dict[int, int] = {}
    for _, _, number, at in pairs:
        if number not in place and at not in place.values():
            place[number] = at
    order = sorted(range(len(names)), key=lambda number: place.get(number, len(steps)))
    return Playbook(
        intent=guide["subflow"],
        actions=tuple(
            PlaybookAction(
                id=names[number].replace("-", "_"),
                title=names[number].replace("-", " ").capitalize(),
                guidance="\n".join(steps[place[number]]) if number in place else "",
            )
            for number in order
        ),
    )


def _shared(action: str, button: str) -> float:
    """How many of an action's and a button's words are the same."""
    ours, theirs = set(action.split("-")), set(_WORD.findall(button.lower()))
    return len(ours & theirs) / max(1, len(ours | theirs))


# The three checks that the guidelines name. Nothing in these conversations says that one passed, save the agent's word.
_METHODS = (
    VerificationMethod(
        name="pull_up_account",
        title="Pull up account",
        asks=("name", "account_id"),
        ask_phrases=("full name", "your name", "account id"),
        tools=("pull-up-account",),
        proves=Proof.ACCOUNT,
    ),
    VerificationMethod(
        name="validate_purchase",
        title="Validate purchase",
        asks=("username", "email", "order_id"),
        ask_phrases=("username", "email address", "order id"),
        tools=("validate-purchase",),
        proves=Proof.ACCOUNT,
    ),
    VerificationMethod(
        name="verify_identity",
        title="Verify identity",
        asks=("name", "account_id", "order_id", "zip_code"),
        ask_phrases=("verify your identity", "zip code", "phone number"),
        tools=("verify-identity",),
        proves=Proof.IDENTITY,
        passed_phrases=("you are verified", "your identity is verified", "verified your identity"),
    ),
)
