"""What a driver's error means for the operator: one sentence that says what is wrong and how to mend it.

Only the first line of a foreign error is ever shown: the lines after it, and SQLAlchemy's own text, hold rows of data.
"""

import os
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from assist.errors import StoreError, StoreUnavailable
from assist.store.address import Address

_ELSEWHERE = "or set ASSIST_DATABASE_URL to another database"
_START = "start the service with this database once, which brings its tables up to date"

# Fragments of SQLite's own messages, since its error codes are not on every error.
_SQLITE = {
    "file is not a database": "is not an SQLite database, or is damaged; move the file away or restore a backup,"
    f" {_ELSEWHERE}",
    "malformed": f"is damaged; move the file away or restore a backup, {_ELSEWHERE}",
    "readonly database": f"may not be written; give this user the right to write the file and its folder, {_ELSEWHERE}",
    "locked": "is held by another program; end that program, or try again",
    "disk is full": f"has no room left on its disk; free some, {_ELSEWHERE}",
    "disk i/o error": f"cannot be read or written on its disk; check the disk, {_ELSEWHERE}",
    "no such table": f"has no tables of this service; {_START}",
    "no such column": f"has tables of another version; {_START}",
}

# https://www.postgresql.org/docs/current/errcodes-appendix.html; the longest key that fits counts.
_POSTGRESQL = {
    "08": f"cannot be reached; check that the server runs, {_ELSEWHERE}",
    "25006": "may only be read; connect to the primary server",
    "28": "refuses the user or the password; correct them in ASSIST_DATABASE_URL",
    "3D000": f"does not exist; create it with createdb, {_ELSEWHERE}",
    "40": "could not order two changes at once; try again",
    "42501": "does not let this user do that; grant the user the rights on schema and tables",
    "42703": f"has tables of another version; {_START}",
    "42P01": f"has no tables of this service; {_START}",
    "53100": "has no room left on its disk; free some",
    "53300": "takes no more connections; raise max_connections, or run fewer processes",
    "57P": "is starting or stopping; try again",
}


def explained(error: Exception, address: Address) -> StoreError:
    """Return the error to raise in place of a driver's."""
    origin = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    text = str(origin).partition("\n")[0]
    if isinstance(error, PoolTimeout):
        meaning: str | None = "is too busy to take this request; try again"
    elif address.path is not None:
        meaning = _file_fault(text, address.path)
    else:
        meaning = _server_fault(origin, text)
    if meaning is None:
        # A fault of this program, not of the installation.
        return StoreError(f"the database {address.label} refused a request: {text}")
    return StoreUnavailable(f"the database {address.label} {meaning}")


def _file_fault(text: str, path: Path) -> str | None:
    lowered = text.lower()
    if "unable to open database file" in lowered:
        return _unopened(path)
    return next((meaning for fragment, meaning in _SQLITE.items() if fragment in lowered), None)


def _unopened(path: Path) -> str:
    folder = path.absolute().parent
    if path.is_dir():
        return "is a folder, not a file; name a file in ASSIST_DATABASE_URL"
    if not folder.is_dir():
        return f"cannot be opened: there is no folder {str(folder)!r}; create it, {_ELSEWHERE}"
    if not os.access(folder, os.W_OK):
        return f"cannot be opened: this user may not write in {str(folder)!r}; grant the right, {_ELSEWHERE}"
    return f"cannot be opened; check who may read and write it, {_ELSEWHERE}"


def _server_fault(origin: BaseException, text: str) -> str | None:
    state = getattr(origin, "sqlstate", None) or ""
    fitting = [key for key in _POSTGRESQL if state.startswith(key)]
    if fitting:
        return _POSTGRESQL[max(fitting, key=len)]
    if isinstance(origin, OSError):  # refused, timed out, no such host
        return f"cannot be reached ({text or 'no answer in time'}); check that the server runs, {_ELSEWHERE}"
    if "connection" in text.lower():  # the driver's own errors carry no state
        return "lost the connection; try again"
    return None
