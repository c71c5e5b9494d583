"""What agents did with the articles they were shown: those accepted for an intent come up sooner for it.

Nothing is trained: uses are counted, and a count becomes an advance in the ranking that is small while the count is.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

DOUBT = 4
"""Uses that count against every article: one acceptance gives 0.2 of the whole advance, four give 0.5, twenty 0.83."""


@dataclass(frozen=True, slots=True)
class Use:
    """An agent took an article for a case of this intent, or said that it does not fit."""

    tenant: str
    intent: str
    article_id: str
    accepted: bool
    at: datetime


class Habits:
    """Counts uses, per tenant and intent; threads may share it."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
        self._lock = threading.Lock()

    def learn(self, uses: Iterable[Use]) -> None:
        """Count these uses, each told once."""
        with self._lock:
            for use in uses:
                counts = self._counts.setdefault((use.tenant, use.intent), {})
                taken, refused = counts.get(use.article_id, (0, 0))
                counts[use.article_id] = (taken + use.accepted, refused + (not use.accepted))

    def advances(self, tenant: str, intent: str) -> Mapping[str, float]:
        """Return for each article that was accepted more often than refused its advance, from 0 to 1."""
        with self._lock:
            counts = dict(self._counts.get((tenant, intent), {}))
        return {
            article_id: (taken - refused) / (taken + refused + DOUBT)
            for article_id, (taken, refused) in counts.items()
            if taken > refused
        }
