"""A page cursor: opaque to callers, and refused unless it was made here."""

import base64
import binascii
import json

from assist.errors import CursorInvalid, InvalidInput

_VERSION = 1
_SHOWN = 60


def cursor_before(handoff_id: str) -> str:
    """Return the cursor of the page that begins before this packet."""
    document = json.dumps({"v": _VERSION, "before": handoff_id}, separators=(",", ":"))
    return base64.urlsafe_b64encode(document.encode()).decode().rstrip("=")


def packet_before(cursor: str) -> str:
    """Return the packet id that a cursor names; CursorInvalid on any text that `cursor_before` does not make."""
    try:
        document = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        handoff_id = document["before"]
        # Made anew it must be the same: that alone rules out other versions, more fields, and other spellings.
        if isinstance(handoff_id, str) and cursor_before(handoff_id) == cursor:
            return handoff_id
    except (ValueError, binascii.Error, TypeError, KeyError, RecursionError):
        pass
    shown = cursor if len(cursor) <= _SHOWN else f"{cursor[:_SHOWN]}…"
    message = f"{shown!r} is not a page cursor of this service; send the next_cursor of a page, or none"
    raise CursorInvalid(message, field="cursor")


def at_least_one(limit: int) -> int:
    """Return the limit; InvalidInput where no page can be that small."""
    if limit < 1:
        message = f"limit = {limit!r} is too small for a page; send at least 1"
        raise InvalidInput(message, field="limit")
    return limit
