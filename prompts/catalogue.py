"""Which version of each prompt is in use: for all, for one tenant, and for the share of conversations that tries a new one."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from prompts.errors import PromptError
from prompts.template import FOLDER, Prompt, load

_load = lru_cache(maxsize=64)(load)


@dataclass(frozen=True, slots=True)
class Canary:
    """A version that a share of conversations (0 to 1) gets in place of the one in use."""

    version: int
    share: float


@dataclass(frozen=True, slots=True)
class Entry:
    """How a prompt is used; `reply` names the shape of the answer, `tenants` those that have a version of their own."""

    version: int
    owner: str
    reply: str
    canary: Canary | None = None
    tenants: Mapping[str, int] = field(default_factory=dict)


class Catalogue:
    """Chooses the version of a prompt. The same conversation of a tenant always gets the same one."""

    def __init__(self, entries: Mapping[str, Entry], *, folder: Path = FOLDER) -> None:
        self._entries = dict(entries)
        self._folder = folder

    @classmethod
    def read(cls, file: Path = FOLDER / "catalogue.toml", *, folder: Path = FOLDER) -> "Catalogue":
        """Return the catalogue of a file; PromptError where it cannot be used or names a prompt that is not there."""
        try:
            tables = tomllib.loads(file.read_text("utf-8"))
            made = cls({name: _entry(table) for name, table in tables.items()}, folder=folder)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
            message = f"{file} is no catalogue of prompts: {exc!r}"
            raise PromptError(message) from exc
        for name, entry in made._entries.items():
            tried = [entry.canary.version] if entry.canary else []
            for version in (entry.version, *tried, *entry.tenants.values()):
                _load(name, version, folder=folder)
        return made

    def entry(self, name: str) -> Entry:
        """Return how a prompt is used; PromptError where the catalogue does not list it."""
        if name not in self._entries:
            message = f"prompt {name!r} is not in the catalogue; it lists {', '.join(sorted(self._entries))}"
            raise PromptError(message)
        return self._entries[name]

    def choose(self, name: str, *, tenant: str, conversation: str) -> Prompt:
        """Return the tenant's own version, else the canary's where the conversation falls in its share, else the one in use."""
        entry = self.entry(name)
        version = entry.version
        if tenant in entry.tenants:
            version = entry.tenants[tenant]
        elif entry.canary is not None and _draw(name, tenant, conversation) < entry.canary.share:
            version = entry.canary.version
        return _load(name, version, folder=self._folder)


def _entry(table: Mapping[str, Any]) -> Entry:
    canary = table.get("canary")
    if canary is not None and not 0 <= canary["share"] <= 1:
        message = f"a canary's share is {canary['share']!r}, expected 0 to 1"
        raise ValueError(message)
    return Entry(
        version=int(table["version"]),
        owner=str(table["owner"]),
        reply=str(table["reply"]),
        canary=Canary(int(canary["version"]), float(canary["share"])) if canary else None,
        tenants={str(tenant): int(version) for tenant, version in table.get("tenants", {}).items()},
    )


def _draw(*parts: str) -> float:
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64
