"""Which configuration went live, when, by whom and on which report: a record that is only ever added to.

Each entry carries the digest of the one before it (a hash chain, Haber and Stornetta 1991), so that an entry that was changed, taken
out or moved is noticed when the record is read. Entries cut off the end are noticed by the configuration in force, which names the
entry that put it there.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.errors import DataMissing

RECORD: Final = "promotions.jsonl"
"""The record's name, in the data folder of the service."""

_FIRST: Final = "0" * 64


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Headline(_Value):
    """A measure of the report: its value under the configuration before and under the one that was promoted."""

    name: str
    form: str
    before: float | None
    after: float | None
    n: int


class Promotion(_Value):
    """One change of the configuration in force; `before` and `after` are fingerprints, `log` is the sandbox run it rests on.

    `at` is in UTC. `previous` is the digest of the entry before it, zeros for the first; `digest` is that of this entry's other fields.
    """

    number: int
    at: datetime
    action: Literal["promoted", "rolled back"]
    by: str
    note: str
    name: str
    before: str
    after: str
    log: str | None
    log_sha256: str | None
    headline: tuple[Headline, ...] = ()
    previous: str
    digest: str


def promotions(file: Path) -> tuple[Promotion, ...]:
    """Return all promotions, oldest first; none where there is no file. DataMissing names an entry that was tampered with."""
    found: list[Promotion] = []
    try:
        lines = file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as exc:
        message = f"{file} cannot be read: {exc}"
        raise DataMissing(message) from exc
    for number, line in enumerate(lines, start=1):
        try:
            entry = Promotion.model_validate_json(line)
        except ValidationError as exc:
            message = (
                f"{file} line {number} is no promotion: {exc.errors()[0]['msg']}; bring the file back from a backup"
            )
            raise DataMissing(message) from exc
        previous = found[-1].digest if found else _FIRST
        if entry.number != number or entry.previous != previous or entry.digest != _digest(entry):
            message = (
                f"{file} line {number} is not as it was written: an entry was changed, moved or taken out;"
                " bring the file back from a backup and ask who can write to it"
            )
            raise DataMissing(message)
        found.append(entry)
    return tuple(found)


def recorded(file: Path, **fields: Any) -> Promotion:  # noqa: ANN401 -- the fields of Promotion that the caller knows
    """Add an entry, on the disk before this returns, and return it; DataMissing where the record was tampered with."""
    from filelock import FileLock  # noqa: PLC0415 -- only writing needs it

    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file.with_suffix(".lock")):
        before = promotions(file)
        draft = Promotion(
            number=len(before) + 1,
            at=datetime.now(UTC),
            previous=before[-1].digest if before else _FIRST,
            digest="",
            **fields,
        )
        entry = draft.model_copy(update={"digest": _digest(draft)})
        with file.open("a", encoding="utf-8") as out:
            out.write(entry.model_dump_json() + "\n")
            out.flush()
            os.fsync(out.fileno())
    return entry


def _digest(entry: Promotion) -> str:
    fields: Mapping[str, Any] = entry.model_dump(mode="json", exclude={"digest"})
    canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
