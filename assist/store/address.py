"""A database URL as an operator writes it, and what the drivers need of it."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from assist.errors import SettingsInvalid

_EXPECTED = "expected sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME in ASSIST_DATABASE_URL"
_SQLITE = frozenset({"sqlite", "sqlite+aiosqlite"})
_POSTGRESQL = frozenset({"postgresql", "postgres", "postgresql+asyncpg"})
_POSTGRESQL_OPTIONS = {"host": "host", "port": "port", "ssl": "ssl", "sslmode": "ssl"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where the database is: `path` is set for SQLite alone; `label` is fit to show, its password hidden."""

    url: URL
    label: str
    path: Path | None = None

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Return the address of a plain URL; SettingsInvalid says what is wrong with it, and never shows a password."""
        try:
            url = make_url(text)
        except (ArgumentError, ValueError) as exc:
            message = f"the database URL cannot be read; {_EXPECTED}"
            raise SettingsInvalid(message) from exc
        if url.drivername in _SQLITE:
            return _sqlite(url)
        if url.drivername in _POSTGRESQL:
            return _postgresql(url)
        message = f"the database URL begins with {url.drivername!r}; {_EXPECTED}"
        raise SettingsInvalid(message)


def _sqlite(url: URL) -> Address:
    if not url.database or url.database == ":memory:" or url.host:
        message = (
            f"the database URL {url.render_as_string()!r} names no file; expected sqlite:///PATH, with three slashes"
        )
        raise SettingsInvalid(message)
    if url.query:
        message = f"the database URL has the option {next(iter(url.query))!r}; SQLite takes none here, leave it out"
        raise SettingsInvalid(message)
    path = Path(url.database)
    return Address(url=url.set(drivername="sqlite+aiosqlite"), label=str(path), path=path)


def _postgresql(url: URL) -> Address:
    unknown = sorted(set(url.query) - set(_POSTGRESQL_OPTIONS))
    if unknown:
        known = ", ".join(sorted(_POSTGRESQL_OPTIONS))
        message = f"the database URL has the option {unknown[0]!r}; PostgreSQL takes {known} here"
        raise SettingsInvalid(message)
    # The driver knows `ssl` alone, with the values that libpq gives `sslmode`.
    query = {_POSTGRESQL_OPTIONS[name]: value for name, value in url.query.items()}
    url = url.set(drivername="postgresql+asyncpg", query=query)
    return Address(url=url, label=url.set(drivername="postgresql").render_as_string())
