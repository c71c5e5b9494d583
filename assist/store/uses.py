"""What agents did with the articles of a packet, read from their feedback: `knowledge[ARTICLE_ID]` accepted or dismissed."""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from assist.store.engine import Database
from assist.store.tables import remarks, revisions
from knowledge.search import Use

_FIELD = re.compile(r"^knowledge\[(?P<article_id>[A-Za-z0-9][A-Za-z0-9._:-]*)\]$")
_VERDICTS = {"accepted": True, "right": True, "dismissed": False, "wrong": False}
_FIRST = 1
"""The revision that says the intent: a packet's first, which is always there."""


class SqlUses:
    """The uses of articles in a database, oldest first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def since(self, at: datetime | None) -> Sequence[Use]:
        """Return the uses after this moment, of every tenant; all where None."""
        same = (revisions.c.tenant == remarks.c.tenant) & (revisions.c.handoff_id == remarks.c.handoff_id)
        rows = (
            select(remarks.c.tenant, remarks.c.at, remarks.c.body, revisions.c.body.label("packet"))
            .join(revisions, same)
            .where(remarks.c.kind == "feedback", revisions.c.revision == _FIRST, remarks.c.body.contains("knowledge["))
            .order_by(remarks.c.at)
        )
        if at is not None:
            rows = rows.where(remarks.c.at > at)
        async with self._database.transaction() as work:
            found = (await work.execute(rows)).all()
        return [use for row in found if (use := _use(row.tenant, row.at, json.loads(row.body), row.packet)) is not None]


def _use(tenant: str, at: datetime, said: dict[str, Any], packet: str) -> Use | None:
    field = _FIELD.match(str(said.get("field", "")))
    verdict = _VERDICTS.get(str(said.get("verdict", "")))
    if field is None or verdict is None:
        return None
    intent = str(json.loads(packet).get("intent", {}).get("label", ""))
    return Use(tenant=tenant, intent=intent, article_id=field["article_id"], accepted=verdict, at=at)
