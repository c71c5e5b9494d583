"""How the articles stand, seen from what customers asked and agents did: the report for knowledge managers."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol

from assist.domain.business import Domain
from assist.domain.findings import EscalationReason
from assist.domain.transcript import Role, Transcript
from assist.errors import InvalidInput
from assist.ports import Clock, HandoffStore
from knowledge import EmbedderUnavailable, Library, Use, orders
from knowledge.health import (
    Asked,
    Checkup,
    Coverage,
    HealthReport,
    Need,
    Served,
    Showing,
    Stale,
    Suspicion,
    reference,
    stale,
)
from knowledge.keywords import terms
from knowledge.search.ranking import ENOUGH

HANDOFFS: Final = 2_000
"""The newest handoffs that are read, so that the work is bounded."""

_PAGE: Final = 200
_LONGEST: Final = 400
_LEAST_WORDS: Final = 2
_FOR_A_HUMAN: Final = "asks_for_human"

Told = Callable[[str, int], None]
"""Told the part at work and how much of it is done."""


class Uses(Protocol):
    """What agents did with articles; see SqlUses."""

    async def since(self, at: datetime | None) -> Sequence[Use]:
        """Return the uses after this moment, of every tenant; all where None."""
        ...


@dataclass(slots=True)
class _Handoffs:
    """What the handoffs say of the articles."""

    read: int = 0
    counted: int = 0
    by_intent: Counter[tuple[str, str]] = field(default_factory=Counter)
    answered: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    unanswered: list[dict[str, Any]] = field(default_factory=list)


class Stocktaking:
    """Makes the report; within one tenant. Its work is in threads, and bounded."""

    def __init__(
        self,
        *,
        library: Library,
        checkup: Checkup,
        handoffs: HandoffStore,
        uses: Uses,
        domains: Callable[[], Mapping[str, Domain]],
        clock: Clock,
    ) -> None:
        self._library = library
        self._checkup = checkup
        self._handoffs = handoffs
        self._uses = uses
        self._domains = domains
        self._clock = clock

    async def report(self, tenant: str, *, domain: str | None = None, told: Told | None = None) -> HealthReport:
        """Return the report on all articles of a tenant, or on those of one domain; InvalidInput where there is no such domain."""
        domains = self._domains()
        if domain is not None and domain not in domains:
            message = f"domain {domain!r} is not configured; configured are {', '.join(sorted(domains))}"
            raise InvalidInput(message, field="domain")
        told = told or (lambda _part, _done: None)
        seconds: dict[str, float] = {}
        today = self._clock.now().date()

        started = time.perf_counter()
        uses = [use for use in await self._uses.since(None) if use.tenant == tenant]
        seen = await self._read(tenant, domain, told)
        needs = await self._needs(tenant, seen.unanswered)
        notes: list[str] = []
        try:
            gaps = await asyncio.to_thread(self._checkup.gaps, needs)
        except EmbedderUnavailable as exc:
            gaps = ()
            notes.append(f"what is missing was not looked for, since the embedding model does not load: {exc}")
        seconds["handoffs"] = time.perf_counter() - started

        started = time.perf_counter()
        counts, old, suspicions = await self._inspected(tenant, domain, uses, seen.shown, told)
        seconds["articles"] = time.perf_counter() - started

        started = time.perf_counter()
        compared = await asyncio.to_thread(
            self._checkup.compared, tenant, domain, moved=lambda done: told("comparing passages", done)
        )
        seconds["comparing"] = time.perf_counter() - started

        started = time.perf_counter()
        asked = _asked(domains, domain)
        served = await asyncio.to_thread(lambda: list(self._checkup.served(tenant, asked, today)))
        seconds["coverage"] = time.perf_counter() - started

        notes += compared.notes
        if seen.read >= HANDOFFS:
            notes.append(f"the newest {HANDOFFS:,} handoffs were read")
        if not uses:
            notes.append("agents have judged no article yet, so that none is called unused")
        return HealthReport(
            made_at=self._clock.now(),
            domain=domain,
            articles=dict(sorted(counts.items())),
            handoffs=seen.counted,
            gaps=gaps,
            stale=old,
            duplicates=tuple(compared.duplicates),
            conflicts=tuple(compared.conflicts),
            coverage=tuple(_coverage(each, found, seen, uses) for each, found in zip(asked, served, strict=True)),
            suspicions=suspicions,
            notes=tuple(notes),
            seconds={part: round(taken, 2) for part, taken in seconds.items()},
        )

    async def _read(self, tenant: str, domain: str | None, told: Told) -> _Handoffs:
        """Read the newest handoffs, a page at a time."""
        seen, cursor = _Handoffs(), None
        while seen.read < HANDOFFS:
            page = await self._handoffs.page(tenant, cursor=cursor, limit=_PAGE)
            bodies = [stored.body for stored in page.items]
            packets: list[dict[str, Any]] = await asyncio.to_thread(lambda b=bodies: [json.loads(body) for body in b])  # type: ignore[misc]
            seen.read += len(packets)
            for packet in packets:
                if domain is None or packet.get("domain") == domain:
                    _count(packet, seen)
            told("reading handoffs", seen.read)
            cursor = page.next_cursor
            if cursor is None:
                break
        return seen

    async def _needs(self, tenant: str, packets: Iterable[Mapping[str, Any]]) -> list[Need]:
        found = []
        for packet in packets:
            redacted = await self._handoffs.transcript(tenant, packet["id"])
            if (need := _need(packet, redacted.transcript)) is not None:
                found.append(need)
        return found

    async def _inspected(
        self, tenant: str, domain: str | None, uses: Sequence[Use], shown: Counter[str], told: Told
    ) -> tuple[Counter[str], tuple[Stale, ...], tuple[Suspicion, ...]]:
        today = self._clock.now().date()
        taken = Counter(use.article_id for use in uses if use.accepted)
        refused = Counter(use.article_id for use in uses if not use.accepted)
        counts: Counter[str] = Counter()
        old: list[Stale] = []
        suspicions: list[Suspicion] = []
        async for article in self._library.everything(tenant, domain=domain):
            counts[article.status.value] += 1
            name = article.article_id
            showing = Showing(shown=shown[name], accepted=taken[name], dismissed=refused[name])
            if (found := stale(article, today, showing, is_judged=bool(uses))) is not None:
                old.append(found)
            # In a thread, since a body may be half a megabyte.
            if told_orders := await asyncio.to_thread(orders, article.body):
                suspicions.append(Suspicion(article=reference(article), orders=told_orders))
            told("inspecting articles", counts.total())
        ordered = sorted(old, key=lambda each: (-len(each.kinds), -each.shown, each.article.article_id))
        return counts, tuple(ordered), tuple(suspicions)


def _count(packet: Mapping[str, Any], seen: _Handoffs) -> None:
    seen.counted += 1
    found = packet.get("knowledge") or []
    escalation = packet.get("escalation") or {}
    of_intent = (str(packet.get("domain")), str((packet.get("intent") or {}).get("label")))
    is_answered = bool(found) and found[0]["score"] >= ENOUGH
    seen.by_intent[of_intent] += 1
    seen.answered[of_intent] += is_answered
    seen.shown.update(hit["article_id"] for hit in found)
    reasons = [escalation.get("reason"), *escalation.get("secondary", ())]
    if not is_answered or EscalationReason.KNOWLEDGE_GAP.value in reasons:
        triggers = escalation.get("triggers", ())
        seen.unanswered.append(
            {
                "id": packet["id"],
                "intent": of_intent[1],
                "turns": (packet.get("intent") or {}).get("turns", []),
                "demands": {at for each in triggers if each["rule"] == _FOR_A_HUMAN for at in each["turns"]},
            }
        )


def _need(packet: Mapping[str, Any], transcript: Transcript) -> Need | None:
    """Return what the customer needed: of the turns that show the intent, or else of all, the first that says enough.

    A turn that asks for a human is no need that an article could answer.
    """
    said = [
        (at, turn.text)
        for at, turn in enumerate(transcript.turns)
        if turn.role is Role.CUSTOMER and at not in packet["demands"]
    ]
    shown = [each for each in said if each[0] in packet["turns"]]
    for at, text in [*shown, *said]:
        if len({term for term in terms(text) if term.isalpha()}) >= _LEAST_WORDS:
            return Need(handoff_id=packet["id"], turn=at, text=text[:_LONGEST], intent=packet["intent"])
    return None


def _asked(domains: Mapping[str, Domain], domain: str | None) -> list[Asked]:
    return [
        Asked(
            domain=name,
            intent=intent.label,
            name=intent.name,
            description=intent.description,
            utterances=intent.utterances,
            named=playbook.article if (playbook := each.playbook(intent.label)) else None,
        )
        for name, each in sorted(domains.items())
        if domain in {None, name}
        for intent in each.intents
    ]


def _coverage(asked: Asked, served: Served, seen: _Handoffs, uses: Sequence[Use]) -> Coverage:
    of_intent = (asked.domain, asked.intent)
    serving = {each.article.article_id for each in served.articles}
    taken = [use for use in uses if use.accepted and use.intent == asked.intent and use.article_id in serving]
    return Coverage(
        domain=asked.domain,
        intent=asked.intent,
        name=asked.name,
        articles=served.articles,
        absent=served.absent,
        handoffs=seen.by_intent[of_intent],
        answered=seen.answered[of_intent],
        accepted=len(taken),
    )
