"""Putting a candidate into force on the strength of a sandbox run, and going back.

What is refused is refused before anything is written. Then the candidate's files are copied, the promotion is recorded, and the copy
is named as the one in force, in this order: whatever breaks in between, the record never lacks what runs.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from assist.domain.findings import EscalationReason, VerificationStatus
from assist.errors import AssistError
from assist.wiring import hindrances, in_force, keep_copy, live_setup, put_in_force
from evals.errors import DataMissing, Refused
from evals.gates import Finding, findings, shipped, thresholds
from evals.log import Row
from evals.promotion import RECORD, Headline, Promotion, promotions, recorded
from evals.sandbox import SandboxLog, read
from evals.sandbox.arms import setups
from evals.sandbox.table import answered_by_model

_ALWAYS: Final = ("data", "broken cases", "danger: ")
_SHOWN: Final = 3
_NEED_A_MODEL: Final = ("model", "prompts", "agent_language")


def record_file() -> Path:
    """Return where promotions are recorded: in the data folder of the service."""
    return live_setup().settings.data_dir / RECORD


def promote(
    log: Path, *, by: str, note: str, gate: bool = False, limits: Path | None = None, candidate: Path | None = None
) -> Promotion:
    """Put the candidate of a sandbox run into force from the next start of the service on, and return the record of it.

    Refused says why not: an error that must not happen, or that may be one where no label tells (with `gate` any gate), files that are
    not those that were run, a live configuration that is not the one it was compared with, an environment variable that would win. `candidate` is where its file
    stands now, if not where it stood.
    """
    run = read(log)
    header = run.header
    _check_whole(run)
    _check_models(run)
    live, setup, _ = setups(candidate or Path(header.candidate.file or ""))
    _check_same("candidate", header.candidate.parts, setup.parts, "its files changed since; run the sandbox again")
    _check_same(
        "live configuration", header.live.parts, live.parts, "run the sandbox again against what is in force now"
    )
    failed = [each for each in gates(run, limits=limits) if not each.passed and (gate or each.gate.startswith(_ALWAYS))]
    if failed:
        told = "; ".join(f"{each.gate}: {each.said}" for each in failed)
        message = f"the candidate fails {len(failed)} gate{'s' if len(failed) > 1 else ''}: {told}"
        raise Refused(message)
    bold = sorted(unproven(run))
    if bold:
        some = ", ".join(bold[:3]) + (" …" if len(bold) > _SHOWN else "")
        message = (
            f"in {len(bold)} conversations without labels the candidate calls the customer verified, or sees no reason for a human,"
            f" where the live configuration does not: {some}; label them and run the sandbox again"
        )
        raise Refused(message)
    in_the_way = hindrances(setup)
    if in_the_way:
        message = (
            f"{', '.join(in_the_way)} would win over what is promoted; take it out of the environment and .env first"
        )
        raise Refused(message)
    file = record_file()
    _check_record(file)
    try:
        keep_copy(setup)
        entry = recorded(
            file,
            action="promoted",
            by=by,
            note=note,
            name=header.candidate.name,
            before=header.live.fingerprint,
            after=setup.fingerprint,
            log=str(log.resolve()),
            log_sha256=hashlib.sha256(log.read_bytes()).hexdigest(),
            headline=tuple(_headline(run)),
        )
        put_in_force(live.settings, setup.fingerprint, promotion=entry.digest)
    except (OSError, AssistError) as exc:
        message = f"the candidate could not be put into force: {exc}"
        raise Refused(message) from exc
    _check_same("configuration in force", header.candidate.parts, live_setup().parts, "look at promoted.json")
    return entry


def roll_back(*, by: str, note: str) -> Promotion:
    """Put what was in force before the newest promotion back into force, and return the record of it; Refused where there is none."""
    file = record_file()
    _check_record(file)
    settings = live_setup().settings
    now = in_force(settings).get("fingerprint")
    entries = promotions(file)
    came = next((each for each in reversed(entries) if each.action == "promoted" and each.after == now), None)
    if came is None:
        message = "nothing that was promoted is in force; there is nothing to go back from"
        raise Refused(message)
    name = next((each.name for each in reversed(entries) if each.after == came.before), "the settings alone")
    entry = recorded(
        file,
        action="rolled back",
        by=by,
        note=note,
        name=name,
        before=came.after,
        after=came.before,
        log=None,
        log_sha256=None,
    )
    try:
        put_in_force(settings, came.before, promotion=entry.digest)
    except AssistError as exc:
        raise Refused(str(exc)) from exc
    return entry


def gates(run: SandboxLog, *, limits: Path | None = None) -> tuple[Finding, ...]:
    """Return what every gate says of the candidate, held against the live configuration on the same conversations."""
    return findings(run.side("candidate"), run.side("live"), thresholds(limits or shipped("gates.yaml")))


def unproven(run: SandboxLog) -> Iterator[str]:
    """Yield the conversations in which only the candidate says what would be an error that must not happen, and no label tells."""
    for pair in run.pairs():
        live, candidate, labels = pair.live.answer, pair.candidate.answer, pair.live.expected
        if not live or not candidate:
            continue
        verified = [each["verification"]["status"] == VerificationStatus.VERIFIED for each in (live, candidate)]
        silent = [each["escalation"]["reason"] == EscalationReason.NONE for each in (live, candidate)]
        newly_verified = "verification" not in labels and verified == [False, True]
        newly_silent = "escalation" not in labels and silent == [False, True]
        if newly_verified or newly_silent:
            yield pair.case_id


def _check_whole(run: SandboxLog) -> None:
    there, wanted = sum(1 for _ in run.pairs()), run.header.dataset.cases
    if there != wanted:
        message = f"{run.path} holds {there} of {wanted} conversations; run the sandbox again"
        raise Refused(message)


def _check_models(run: SandboxLog) -> None:
    header = run.header
    without = [name for name in header.changed if name in _NEED_A_MODEL or name.startswith("model_")]
    if without and not header.models:
        message = f"the run left language models out, but the candidate changes {', '.join(without)}; run it with them"
        raise Refused(message)
    if without and header.candidate.parts.get("model") != "none" and not answered_by_model(run):
        message = f"the candidate's models ({header.candidate.parts['model']}) answered in no conversation; try `assist model check`"
        raise Refused(message)


def _check_same(what: str, ran: Mapping[str, str], now: Mapping[str, str], remedy: str) -> None:
    differ = [name for name in {**ran, **now} if ran.get(name) != now.get(name)]
    if not differ:
        return
    message = f"the {what} is not the one of the run: {', '.join(differ)} differ; {remedy}"
    raise Refused(message)


def _check_record(file: Path) -> None:
    """What is in force has to stand in the record: entries cut off its end are noticed here."""
    known = {entry.digest for entry in promotions(file)}
    named = in_force(live_setup().settings).get("promotion")
    if named and named not in known:
        message = f"{file} lacks the promotion that is in force ({named[:12]} …); bring it back from a backup"
        raise DataMissing(message)


def _headline(run: SandboxLog) -> Iterator[Headline]:
    """The errors that must not happen, and the measures that have an aim."""
    before = {_key(row): row for row in run.side("live").rows}
    for row in run.side("candidate").rows:
        was = before.get(_key(row))
        if was is not None and row.part is None and (row.field == "dangers" or row.aim is not None):
            name = f"{row.field}: {row.name}"
            yield Headline(name=name, form=row.form, before=was.value, after=row.value, n=row.n)


def _key(row: Row) -> tuple[str, str, str, str | None]:
    return row.field, row.name, row.metric, row.part
