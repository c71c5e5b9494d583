"""What of a playbook is already done: from tool turns, from steps tried, from the state of verification."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import lru_cache

from assist.actions.situation import Situation
from assist.domain.business import PlaybookAction, Proof
from assist.domain.findings import StepOutcome, VerificationStatus
from assist.domain.transcript import Role

_VERIFYING = re.compile(r"^(re_?)?(verify|authenticate|confirm_(the_)?identity|identity_check|check_identity)")
_IDENTIFYING = re.compile(r"^(identify|find|locate|pull_up|look_?up)_(the_)?(customer|account|user|profile)")
_UNDONE = {StepOutcome.FAILED, StepOutcome.BLOCKED}


def matches(name: str, globs: Iterable[str]) -> bool:
    """Say whether the name fits one of the globs, without regard to case."""
    return any(_fits(name, glob) for glob in globs)


@lru_cache(maxsize=20_000)  # the same few tools are held against the same playbooks for every packet
def _fits(name: str, glob: str) -> bool:
    return fnmatchcase(name.lower(), glob.lower())


def slug(text: str) -> str:
    """Return the text as a label: lower case, words joined by underscores, at most 80 characters."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:80].strip("_")


def proves(action: PlaybookAction, situation: Situation) -> Proof | None:
    """Return what the action would prove about the customer, or None where it is no check at all."""
    if _VERIFYING.match(action.id):
        return Proof.IDENTITY
    checks = tuple((method.tools, method.proves) for method in situation.domain.verification)
    if (proved := _proved(action.done_by, checks)) is not None:
        return proved
    return Proof.ACCOUNT if _IDENTIFYING.match(action.id) else None


@lru_cache(maxsize=4_096)  # a configuration's steps and checks are the same for every packet
def _proved(done_by: tuple[str, ...], checks: tuple[tuple[tuple[str, ...], Proof], ...]) -> Proof | None:
    """What the first check proves that shares a call with the step."""
    return next(
        (
            proof
            for tools, proof in checks
            if any(matches(tool, done_by) or matches(glob, tools) for tool in tools for glob in done_by)
        ),
        None,
    )


def evidence(action: PlaybookAction, situation: Situation) -> tuple[int, ...] | None:
    """Return the turns that show the action done, or None where nothing shows it.

    A call that failed, or a step that a rule blocked, leaves the action undone.
    """
    status = situation.verification.status
    proof = proves(action, situation)
    if proof is not None and status is VerificationStatus.VERIFIED:
        return situation.verification.turns
    if proof is Proof.IDENTITY:
        return None  # a check is done when it has passed, not when its tool was called
    if proof is Proof.ACCOUNT and status is VerificationStatus.IDENTIFIED:
        return situation.verification.turns
    title = slug(action.title)
    undone = {turn for step in situation.steps_tried if step.outcome in _UNDONE for turn in step.turns}
    for step in situation.steps_tried:
        if step.outcome not in _UNDONE and (slug(step.action) == title or matches(slug(step.action), action.done_by)):
            return step.turns
    for index, turn in situation.transcript.of(Role.TOOL):
        called = turn.tool.name if turn.tool else None
        if (
            called
            and turn.tool
            and turn.tool.ok is not False
            and index not in undone
            and matches(called, action.done_by)
        ):
            return (index,)
    return None
