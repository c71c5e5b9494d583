"""The thinking part as an evaluation runs it: with the shipped articles, and with a language model where one is named."""

import asyncio
import threading
from collections.abc import Collection, Coroutine, Mapping
from pathlib import Path
from typing import Any, TypeVar

from assist.actions import ActionsStage
from assist.actions.precedents import Precedents
from assist.analysis.pipeline import Pipeline, Reading
from assist.briefing import Briefing, Terms
from assist.catalogue import all_lessons, read_lessons
from assist.domain.business import Domain
from assist.domain.transcript import Transcript
from assist.llm import Recorder, Replay
from assist.ports import Model, ModelReply, ModelRequest
from assist.redaction import redact
from assist.settings import Settings
from assist.wiring.analysis import Analysis, build_actions, build_embedders, build_pipeline
from assist.wiring.briefing import LearntGate, read_prompts
from assist.wiring.model import build_model
from assist.wiring.setup import Setup, digest_of
from knowledge import Embedder, HybridSearch, Indexer
from knowledge.stores.memory import MemoryVectorStore

Result = TypeVar("Result")
_REPLIES = "replies.jsonl"
_TENANT = "default"


class Trial(Analysis):
    """Reads transcripts as the service does; `articles` has a digest of each domain's articles. Safe to share by threads."""

    def __init__(
        self,
        pipeline: Pipeline,
        embedder: Embedder,
        *,
        precedents: Precedents,
        actions: ActionsStage,
        articles: Mapping[str, str],
        model: Model | None = None,
        briefing: Briefing | None = None,
        deadline: float = 45.0,
    ) -> None:
        super().__init__(pipeline, embedder, precedents=precedents, actions=actions)
        self.articles = articles
        self.has_model = model is not None
        self._model = model
        self._briefing = briefing
        self._deadline = deadline
        self._loop = _Loop()

    def read(
        self, transcript: Transcript, *, domain: str | None = None, only: Collection[str] | None = None
    ) -> Reading:
        """Return the findings with where each came from, a model's part in it where a model is named. Blocking."""
        named = transcript.model_copy(update={"domain": domain}) if domain else transcript
        reading = self._pipeline.read(redact(named), only=only)
        if self._briefing is None or only is not None:
            return reading
        return self._loop.run(self._briefing.improve(reading, tenant=_TENANT, deadline=self._deadline))

    def ask(self, request: ModelRequest) -> ModelReply:
        """Return the model's reply; ModelUnavailable where none is named. Blocking."""
        model = self._model or build_model(Settings(model=None))
        return self._loop.run(model.answer(request))


class _Loop:
    """One event loop in a thread of its own, for all threads of a run."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Return what the work returns."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="models", daemon=True).start()
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


def build_trial(
    *, extra: Mapping[str, Domain], model: str | None = None, replay: Path | None = None, record: Path | None = None
) -> Trial:
    """Return the analysis over the shipped domains, those of the settings' folder, and these, with all their articles.

    `model` names language models as the setting does; `replay` is a folder of recorded replies to take in their place, `record` one to
    write them to. Without either of model and replay, the rules answer alone.
    """
    settings = Settings.read(model=model) if model else Settings.read().model_copy(update={"model": None})
    return trial_of(Setup(settings), extra=extra, replay=replay, record=record)


def trial_of(
    setup: Setup,
    *,
    extra: Mapping[str, Domain] | None = None,
    replay: Path | None = None,
    record: Path | None = None,
    learnt: str = "learnt-for-evals",
) -> Trial:
    """Return the analysis under a setup; `learnt` names the folder that keeps what was trained, one for each setup in use."""
    settings, folders = setup.settings, setup.folders
    configured = {name: folder.domain for name, folder in folders.items()}
    embedders = build_embedders(settings.embedding_model, cache=settings.data_dir / "embeddings.db")
    store = MemoryVectorStore()
    articles = setup.articles
    indexer = Indexer(store, embedders.lasting)
    for each in articles.values():
        indexer.index(_TENANT, each)
    precedents = Precedents(MemoryVectorStore(), model=embedders.passing.name)
    actions = build_actions(embedders, precedents=precedents)
    pipeline = build_pipeline(
        configured | dict(extra or {}),
        embedders=embedders,
        search=HybridSearch(store, embedders.passing),
        beside=configured.values(),
        lessons=all_lessons(folders, read_lessons(settings.lessons_file)),
        learnt_folder=settings.data_dir / learnt,
        actions=actions,
    )
    answering = _model(settings, replay=replay, record=record)
    terms = Terms(
        agent_language=settings.agent_language,
        summary_only=settings.model_summary_only,
        window=settings.model_window,
        max_tokens=settings.model_max_tokens,
    )
    prompts = read_prompts(settings.prompts_catalogue)
    return Trial(
        pipeline,
        embedders.lasting,
        precedents=precedents,
        actions=actions,
        articles={name: digest_of(each) for name, each in articles.items()},
        model=answering,
        briefing=Briefing(answering, prompts=prompts, gate=LearntGate(), terms=terms) if answering else None,
        deadline=settings.model_deadline,
    )


def _model(settings: Settings, *, replay: Path | None, record: Path | None) -> Model | None:
    if replay is not None:
        return Replay(replay / _REPLIES)
    if not settings.models:
        return None
    model = build_model(settings)
    return Recorder(model, record / _REPLIES) if record else model
