"""The service, wired: what every entrance starts from."""

import asyncio
import importlib.metadata
import ipaddress
import logging
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from ulid import ULID

from assist.access import Access
from assist.actions.precedents import Precedents
from assist.actions.weights import read_weights
from assist.analysis.assembly import assemble
from assist.broadcast import MemoryBroadcaster
from assist.catalogue import DomainFolder, all_lessons, read_domains, read_lessons, shipped_folder
from assist.domain.business import Domain
from assist.domain.packet import HandoffPacket
from assist.domain.transcript import RedactedTranscript, Transcript
from assist.enquiries import Enquiries
from assist.errors import StoreUnavailable, Unauthenticated
from assist.feedback import FeedbackDesk
from assist.metrics import PrometheusMeter, quality_exposition
from assist.ports import AccessRole
from assist.redaction import redact
from assist.service import Handoffs, Limits
from assist.settings import Settings
from assist.stocktaking import Stocktaking
from assist.store import (
    Database,
    SqlArticleStore,
    SqlChangeLog,
    SqlConversationStore,
    SqlHandoffStore,
    SqlKeyStore,
    SqlQualityStore,
    SqlUsageStore,
    SqlUses,
    check_schema,
    migrate,
)
from assist.wiring.analysis import build_actions, build_embedders, build_pipeline
from assist.wiring.briefing import LearntGate, build_refinement
from assist.wiring.clock import SystemClock
from assist.wiring.health import Check, checked
from assist.wiring.model import build_model
from knowledge import Habits, HybridSearch, Indexes, Library
from knowledge.health import Checkup
from knowledge.loaders.files import FileLoader
from knowledge.rerankers.cross_encoder import CrossEncoderReranker
from knowledge.stores.chroma import ChromaStore

_CATCH_UP_SECONDS = 30.0
_log = logging.getLogger(__name__)


class Assist:
    """Everything an entrance can ask for. Opens nothing before its first use, and may be used again after `close`."""

    def __init__(self, settings: Settings, domains: Mapping[str, DomainFolder]) -> None:
        clock = SystemClock()
        self.version = importlib.metadata.version("handoff-assist")
        self.tenant = settings.tenant
        self.domains = domains
        self.max_body_bytes = settings.max_transcript_bytes
        self.max_upload_bytes = settings.max_upload_bytes
        self.stream_seconds = settings.stream_seconds
        self.sample_share = settings.sample_share
        self.watch_seconds = settings.watch_seconds
        self.data_dir = settings.data_dir
        self.evals_dir = settings.resolved_evals_dir
        self.extensions = tuple(name.strip() for name in settings.extensions.split(",") if name.strip())
        self.meter = PrometheusMeter()
        self._settings = settings
        self._catching_up: asyncio.Task[None] | None = None
        self._embedders = build_embedders(settings.embedding_model, cache=settings.data_dir / "embeddings.db")
        self._vectors = (
            ChromaStore.server(settings.chroma_url)
            if settings.chroma_url
            else ChromaStore.embedded(settings.data_dir / "chroma")
        )
        self._habits = Habits()
        self._learnt_until: datetime | None = None
        reranker = CrossEncoderReranker(settings.rerank_model) if settings.rerank_model else None
        indexes = Indexes(
            self._vectors,
            self._embedders.lasting,
            earlier=lambda name: build_embedders(name, cache=settings.data_dir / "embeddings.db").lasting,
            searching=partial(HybridSearch, self._vectors, reranker=reranker, habits=self._habits),
        )
        self._database = Database(settings.resolved_database_url)
        self._uses = SqlUses(self._database)
        self._keys = SqlKeyStore(self._database)
        self.quality = SqlQualityStore(self._database)
        self.access = Access(self._keys, clock)
        self.model = build_model(settings, meter=self.meter, usage=SqlUsageStore(self._database), clock=clock)
        self.library = Library(
            SqlArticleStore(self._database, clock=clock),
            SqlChangeLog(self._database),
            indexes,
            indexes,
            loader=FileLoader(),
        )
        precedents = Precedents(self._vectors, model=self._embedders.passing.name)
        self._pipeline = build_pipeline(
            {name: folder.domain for name, folder in domains.items()},
            embedders=self._embedders,
            search=indexes,
            lessons=all_lessons(domains, read_lessons(settings.lessons_file)),
            learnt_folder=settings.data_dir / "learnt",
            actions=build_actions(
                self._embedders, precedents=precedents, taught=read_weights(settings.action_weights_file)
            ),
        )
        self.enquiries = Enquiries(library=self.library, pipeline=self._pipeline, clock=clock, meter=self.meter)
        self._gate = LearntGate(language=settings.agent_language)
        self.stocktaking = Stocktaking(
            library=self.library,
            checkup=Checkup(self._vectors, indexes, self._embedders.lasting, self._embedders.passing),
            handoffs=SqlHandoffStore(self._database),
            uses=self._uses,
            domains=lambda: {name: folder.domain for name, folder in self.domains.items()},
            clock=clock,
        )
        packets, broadcaster = SqlHandoffStore(self._database), MemoryBroadcaster()
        self.handoffs = Handoffs(
            pipeline=self._pipeline,
            handoffs=packets,
            conversations=SqlConversationStore(self._database),
            broadcaster=broadcaster,
            clock=clock,
            meter=self.meter,
            limits=Limits(max_turns=settings.max_turns, max_turn_characters=settings.max_turn_characters),
            refinement=build_refinement(
                settings,
                self.model,
                gate=self._gate,
                pipeline=self._pipeline,
                handoffs=packets,
                broadcaster=broadcaster,
                meter=self.meter,
            ),
            desk=FeedbackDesk(handoffs=packets, pipeline=self._pipeline, precedents=precedents, clock=clock),
        )

    @property
    def local_key(self) -> str | None:
        """The key for pages on this machine; None where the service can be reached from other machines."""
        file = self._settings.local_key_file
        return file.read_text("ascii").strip() if self._is_loopback() and file.is_file() else None

    async def migrate(self) -> None:
        """Bring the database's tables up to date; StoreUnavailable says what is wrong with it."""
        folder = self._settings.data_dir
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            message = f"the data folder {folder} cannot be made ({exc.strerror}); set ASSIST_DATA_DIR to one that can"
            raise StoreUnavailable(message) from exc
        await migrate(self._settings.resolved_database_url)

    async def ensure_local_key(self) -> None:
        """Make the key for this machine, where there is none that works; only its owner can read the file."""
        file = self._settings.local_key_file
        try:
            await self.access.principal(file.read_text("ascii").strip() if file.is_file() else None)
        except Unauthenticated:
            made = await self.access.make(tenant=self.tenant, role=AccessRole.ADMIN, name="this machine")
            file.unlink(missing_ok=True)
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
                out.write(made.secret + "\n")

    async def has_own_keys(self) -> bool:
        """Has anybody made a key, besides the one for this machine?"""
        return await self._keys.count() > 1

    def reload_policy(self) -> list[str]:
        """Read the domain folders again and go by their rules, tenants, playbooks and rights from now on; return their names.

        DomainInvalid or ConfigurationError says what is wrong with them: then the running policy stays. Blocking.
        """
        found = read_domains(*_roots(self._settings))
        self._pipeline.adopt({name: folder.domain for name, folder in found.items()})
        self.domains = found
        return sorted(found)

    async def warm(self) -> None:
        """Load the model and train the classifiers now, so that the first caller does not wait."""
        await asyncio.to_thread(self._pipeline.warm)

    async def open(self) -> None:
        """Be ready for requests; where the model cannot be loaded, `health` says so and the rules go on alone."""
        self._catching_up = asyncio.create_task(self._catch_up())
        await asyncio.gather(checked("model", self._warmed), self.model.warm())

    async def _warmed(self) -> str:
        await self.warm()
        if self._settings.models:
            await asyncio.to_thread(self._gate.warm)
        return "warm"

    async def _catch_up(self) -> None:
        """Make findable, now and then, what another process changed and died before it came to the vectors."""
        while True:
            try:
                await checked("articles", self._caught_up)
            except Exception:  # noqa: BLE001 -- what nobody expected ends one round, not all later ones
                _log.exception("catching up with articles failed")
            await asyncio.sleep(_CATCH_UP_SECONDS)

    async def _caught_up(self) -> str:
        await self.library.catch_up(before=SystemClock().now() - timedelta(seconds=_CATCH_UP_SECONDS))
        await self._learn()
        for tenant in await self.library.outdated():
            await self.library.renew(tenant)
        return "caught up"

    async def _learn(self) -> None:
        """Count what agents said of articles since the last time; every process counts for itself."""
        uses = await self._uses.since(self._learnt_until)
        self._habits.learn(uses)
        self._learnt_until = uses[-1].at if uses else self._learnt_until

    async def close(self) -> None:
        """Close connections and files."""
        if self._catching_up is not None:
            self._catching_up.cancel()
            await asyncio.gather(self._catching_up, return_exceptions=True)
            self._catching_up = None
        await self.handoffs.close()
        await self.model.close()
        await self._database.close()
        await asyncio.to_thread(self._vectors.close)

    async def health(self) -> list[Check]:
        """Return whether database, vector store and embedding model work."""

        async def database() -> str:
            await check_schema(self._database)
            return f"{self._database.label} answers"

        async def vectors() -> str:
            await asyncio.to_thread(self._vectors.ping)
            return f"Chroma at {self._settings.chroma_url or self._settings.data_dir / 'chroma'} answers"

        async def model() -> str:
            await asyncio.to_thread(self._embedders.passing.embed, ["ready"])
            return f"{self._embedders.passing.name} embeds"

        probes = {"database": database, "vector_store": vectors, "model": model}
        return list(await asyncio.gather(*(checked(name, probe) for name, probe in probes.items())))

    async def transcript_of(self, tenant: str, handoff_id: str) -> RedactedTranscript:
        """Return the masked transcript of a packet; NotFound where there is none."""
        return await self.handoffs.transcript(tenant, handoff_id)

    def domain_of(self, name: str | None) -> Domain | None:
        """Return a line of business by name; None where it is not configured."""
        folder = self.domains.get(name or "")
        return folder.domain if folder else None

    async def quality_exposition(self, tenant: str | None) -> bytes:
        """Return what the watch over quality last found, of a tenant or of all, as metrics; nothing while the database is away."""
        try:
            return quality_exposition(await self.quality.shown(tenant))
        except StoreUnavailable:
            return b""

    def packet(self, transcript: Transcript) -> HandoffPacket:
        """Return the packet of a transcript without storing anything. Blocking."""
        reading = self._pipeline.read(redact(transcript), tenant=self.tenant)
        conversation_id = transcript.conversation_id or f"c_{ULID()}"
        return assemble(
            reading, handoff_id=f"ho_{ULID()}", conversation_id=conversation_id, created_at=SystemClock().now()
        )

    def _is_loopback(self) -> bool:
        try:
            return ipaddress.ip_address(self._settings.host).is_loopback
        except ValueError:
            return self._settings.host == "localhost"


def build(settings: Settings) -> Assist:
    """Return the service that these settings describe."""
    return Assist(settings, read_domains(*_roots(settings)))


def _roots(settings: Settings) -> tuple[Path, ...]:
    return (shipped_folder(), *((settings.domains_dir,) if settings.domains_dir else ()))
