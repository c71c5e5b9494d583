"""The thinking part, put together: the stages, and the embedding model behind them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assist.actions.precedents import Precedents
from assist.actions.suggest import ActionsStage
from assist.actions.weights import Taught, read_weights
from assist.actions.wordings import Wordings
from assist.analysis.case import Case
from assist.analysis.escalation import Judgement
from assist.analysis.facts.facts import FactsStage
from assist.analysis.facts.missing import MissingStage
from assist.analysis.identity.verification import VerificationStage
from assist.analysis.intents.intent import IntentStage
from assist.analysis.knowledge import KnowledgeStage
from assist.analysis.language import LanguageDetector
from assist.analysis.pipeline import Pipeline, Readers
from assist.analysis.promises import PromisesStage
from assist.analysis.stage import Stage
from assist.analysis.steps.steps import StepsStage
from assist.analysis.summary.summary import SummaryStage
from assist.catalogue import DomainFolder, all_lessons, read_domains, read_lessons, shipped_folder
from assist.domain.business import Domain, EscalationRule
from assist.domain.lessons import Lessons
from assist.domain.transcript import Transcript
from assist.redaction import redact
from assist.settings import Settings
from assist.wiring.clock import SystemClock
from assist.wiring.training import learn
from knowledge import Embedder, HybridSearch, Indexes
from knowledge.embedders.cached import CachedEmbedder
from knowledge.embedders.sentence_transformer import SentenceTransformerEmbedder
from knowledge.embedders.shipped import ShippedVectors
from knowledge.stores.chroma import ChromaStore
from knowledge.stores.memory import MemoryVectorStore

SHIPPED_VECTORS = Path(__file__).parent.parent / "analysis" / "examples" / "vectors.npz"
"""Vectors of the examples, lessons and articles that ship; `make vectors` renews them."""


@dataclass(frozen=True, slots=True)
class Embedders:
    """One model, remembered in two ways."""

    lasting: Embedder  # for examples and articles: kept on disk, embedded once a machine
    passing: Embedder  # for what customers write: kept in memory only


def build_embedders(model: str, *, cache: Path | None) -> Embedders:
    """Return the embedding model; nothing is loaded before its first use."""
    embedder = SentenceTransformerEmbedder(model)
    shipped = ShippedVectors(SHIPPED_VECTORS)
    return Embedders(lasting=CachedEmbedder(embedder, file=cache, shipped=shipped), passing=CachedEmbedder(embedder))


def build_pipeline(
    domains: Mapping[str, Domain],
    *,
    embedders: Embedders,
    search: HybridSearch | Indexes | None = None,
    beside: Collection[Domain] | None = None,
    lessons: Lessons | None = None,
    learnt_folder: Path | None = None,
    actions: ActionsStage | None = None,
) -> Pipeline:
    """Return the pipeline over these domains, its classifiers trained on first use; without `search`, no articles.

    `beside` are the domains that show what others do not cover, `lessons` are more utterances; `learnt_folder` keeps what was trained for the next start.
    `actions` suggests what to do next; without it playbooks and articles speak alone.
    """
    suggesting = actions or build_actions(embedders)

    def readers() -> Readers:
        suggesting.warm(domains.values())
        learnt = learn(domains, embedders.lasting, beside=beside, lessons=lessons, folder=learnt_folder)
        stages: list[Stage] = [
            IntentStage(learnt.intents),
            FactsStage(),
            VerificationStage(),
            StepsStage(learnt.moves),
            learnt.sentiment,
            PromisesStage(),
            *([KnowledgeStage(search)] if search else []),
            learnt.escalation,
            MissingStage(),
            suggesting,
            SummaryStage(),
        ]
        return Readers(stages, learnt.finder, LanguageDetector())

    return Pipeline(readers=readers, domains=domains, embedder=embedders.passing, clock=SystemClock())


def build_actions(
    embedders: Embedders, *, precedents: Precedents | None = None, taught: Taught | None = None
) -> ActionsStage:
    """Return what suggests actions: `precedents` are those that agents took before, `taught` an organisation's weights."""
    return ActionsStage(precedents, wordings=Wordings(embedders.lasting), taught=taught)


def lasting_precedents(settings: Settings) -> Precedents:
    """Return the precedents that the service itself looks into, in its vector store."""
    store = (
        ChromaStore.server(settings.chroma_url)
        if settings.chroma_url
        else ChromaStore.embedded(settings.data_dir / "chroma")
    )
    return Precedents(store, model=SentenceTransformerEmbedder(settings.embedding_model).name)


def configured_domains(settings: Settings) -> dict[str, Domain]:
    """Return the shipped domains and those of the settings' folder, by name."""
    return {name: folder.domain for name, folder in _folders(settings).items()}


def _folders(settings: Settings) -> dict[str, DomainFolder]:
    more = (settings.domains_dir,) if settings.domains_dir else ()
    return read_domains(shipped_folder(), *more)


class Analysis:
    """What the service makes of a transcript, without a database and without articles: for evaluation."""

    def __init__(
        self, pipeline: Pipeline, embedder: Embedder, *, precedents: Precedents, actions: ActionsStage
    ) -> None:
        self.embedder = embedder
        self.precedents = precedents
        self.actions = actions
        self._pipeline = pipeline

    def analyse(
        self, transcript: Transcript, *, domain: str | None = None, only: Collection[str] | None = None
    ) -> Case:
        """Return the findings; `domain` is found where None, `only` names the stages to run. Blocking."""
        named = transcript.model_copy(update={"domain": domain}) if domain else transcript
        return self._pipeline.read(redact(named), only=only).case

    def judge(self, case: Case, rules: Sequence[EscalationRule] | None = None) -> Judgement:
        """Return what escalation rules say of a case; those of its domain and tenant if absent."""
        return self._pipeline.judge(case, rules)


def build_analysis(*, extra: Mapping[str, Domain], lessons: Lessons | None = None) -> Analysis:
    """Return the analysis over the shipped domains, those of the settings' folder, and these.

    `lessons` replace what the organisation taught so far; what ships with a domain stays.
    """
    settings = Settings.read()
    folders = _folders(settings)
    configured = {name: folder.domain for name, folder in folders.items()}
    domains = configured | dict(extra)
    embedders = build_embedders(settings.embedding_model, cache=settings.data_dir / "embeddings.db")
    taught = read_lessons(settings.lessons_file) if lessons is None else lessons
    folder = settings.data_dir / "learnt-for-evals"
    precedents = Precedents(MemoryVectorStore(), model=embedders.passing.name)
    actions = build_actions(embedders, precedents=precedents, taught=read_weights(settings.action_weights_file))
    pipeline = build_pipeline(
        domains,
        embedders=embedders,
        beside=configured.values(),
        lessons=all_lessons(folders, taught),
        learnt_folder=folder,
        actions=actions,
    )
    return Analysis(pipeline, embedders.lasting, precedents=precedents, actions=actions)
