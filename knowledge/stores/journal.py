"""Which entries of a collection changed at which revision, as far back as is worth knowing. Pure."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

_REMEMBERED = 4_000
"""Ids kept of a collection: who is farther behind reads it whole."""


@dataclass(frozen=True, slots=True)
class Journal:
    """Revisions with the ids that changed in each, oldest first."""

    changes: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def revision(self) -> str:
        """The newest revision; "" of an empty journal."""
        return self.changes[-1][0] if self.changes else ""

    def with_change(self, revision: str, ids: Iterable[str]) -> "Journal":
        """Return the journal with one more change; old ones are forgotten where they are too many."""
        kept: list[tuple[str, tuple[str, ...]]] = []
        room = _REMEMBERED
        for mark, changed in ((revision, tuple(ids)), *reversed(self.changes)):
            room -= len(changed) + 1
            if room < 0:
                # Who knows this revision can still go on from it; what it changed itself no longer matters.
                kept.append((mark, ()))
                break
            kept.append((mark, changed))
        return Journal(tuple(reversed(kept)))

    def changed(self, since: str) -> frozenset[str] | None:
        """Return the ids that changed after a revision; None where it is not in the journal."""
        found: set[str] = set()
        for mark, ids in reversed(self.changes):
            if mark == since:
                return frozenset(found)
            found.update(ids)
        return None

    def written(self) -> str:
        """Return the journal as text."""
        return json.dumps(self.changes)

    @classmethod
    def read(cls, text: str) -> "Journal":
        """Return the journal that a text holds; an empty one where it holds none."""
        try:
            changes = [(str(mark), tuple(map(str, ids))) for mark, ids in json.loads(text)]
        except (ValueError, TypeError):  # cut off by a broken disk
            return cls()
        return cls(tuple(changes))
