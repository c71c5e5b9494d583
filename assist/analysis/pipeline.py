"""The order of stages. One failed stage is one degraded field, never a lost packet."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assist.analysis.case import Case, Vectors
from assist.analysis.escalating import History, rules_of
from assist.analysis.escalation import EscalationStage, Judgement
from assist.analysis.knowledge import Retrieved
from assist.analysis.stage import Stage
from assist.domain.business import Domain, EscalationRule
from assist.domain.frozen import Frozen
from assist.domain.packet import Answerer, Failure, Provenance
from assist.domain.transcript import RedactedTranscript, Role, Transcript, Turn
from assist.errors import ConfigurationError, InvalidInput
from assist.ports import Clock
from knowledge import Embedder

_log = logging.getLogger(__name__)
_NO_HISTORY = History()
_SPOKEN = (Role.CUSTOMER, Role.BOT, Role.AGENT)

LIVE_STAGES = frozenset({"intent", "facts", "verification", "steps_tried", "sentiment", "escalation"})
"""What is needed to say whether to escalate; the rest waits for the handoff."""

FOLLOWING = frozenset({"knowledge", "missing", "actions"})
"""What depends on the customer's intent and on the steps tried, and on no more of what a language model may have a say in."""

FindDomain = Callable[[RedactedTranscript, Vectors], str]
DetectLanguage = Callable[[RedactedTranscript], str]


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads a transcript: the stages in order, and what has to be known before the first of them."""

    stages: Sequence[Stage]
    find_domain: FindDomain
    detect_language: DetectLanguage


@dataclass(frozen=True, slots=True)
class Reading:
    """A case with every finding, and where each came from, by field."""

    case: Case
    provenance: Mapping[str, Provenance]


class Pipeline:
    """Reads a transcript through all stages in order. Blocking: call it in a thread."""

    def __init__(
        self,
        *,
        readers: Callable[[], Readers],
        domains: Mapping[str, Domain],
        embedder: Embedder,
        clock: Clock,
    ) -> None:
        self._readers = _Once(readers)
        self._domains = dict(domains)
        self._embedder = embedder
        self._clock = clock

    def read(
        self,
        transcript: RedactedTranscript,
        *,
        tenant: str = "default",
        only: Collection[str] | None = None,
        history: History = _NO_HISTORY,
    ) -> Reading:
        """Return what the stages find; `only` names the stages to run, `history` is what a running conversation has seen.

        InvalidInput where the named domain is unknown.
        """
        named = transcript.transcript.domain
        self.check_domain(named)
        provenance: dict[str, Provenance] = {}
        vectors = self._vectors(transcript, provenance)
        case = Case(
            transcript=transcript,
            domain=self._domains[named or self._found(transcript, vectors)],
            vectors=vectors,
            now=self._clock.now(),
            tenant=tenant,
            handled=history.handled,
            fired=history.fired,
            language=transcript.transcript.language or self._language(transcript),
        )
        for stage in self._readers.get().stages:
            if only is None or stage.name in only:
                case = _run(stage, case, provenance)
        return Reading(case, provenance)

    def judge(self, case: Case, rules: Sequence[EscalationRule] | None = None) -> Judgement:
        """Return what escalation rules say of a case that was read; those of its domain and tenant if absent."""
        for stage in self._readers.get().stages:
            if isinstance(stage, EscalationStage):
                return stage.judge(case, rules)
        message = "this pipeline has no escalation stage"
        raise ConfigurationError(message)

    def cooling_rules(self, reading: Reading) -> frozenset[str]:
        """Return the rules that fired in this reading and stay quiet for some turns now."""
        fired = {trigger.rule for trigger in reading.case.escalation.triggers}
        rules = rules_of(reading.case.domain, reading.case.tenant)
        return frozenset(rule.name for rule in rules if rule.cool_down and rule.name in fired)

    def adopt(self, domains: Mapping[str, Domain]) -> None:
        """Take over rules, playbooks and rights of these domains from now on; readings under way end with the old ones.

        ConfigurationError, and nothing changes, where something else differs: what is learnt from it is learnt at start.
        """
        for name in sorted({*domains, *self._domains}):
            old, new = self._domains.get(name), domains.get(name)
            if old is None or new is None or _learnt_from(old) != _learnt_from(new):
                message = f"domain {name!r} has changed in more than rules, tenants, playbooks and rights; restart the service"
                raise ConfigurationError(message)
        self._domains = dict(domains)

    def followed(self, reading: Reading, earlier: Case) -> Reading:
        """Return the reading with articles, missing details and actions that fit it, where intent or steps are no longer the earlier ones.

        What these stages said before stands `beside` in their provenance.
        """
        case = reading.case
        if (case.intent.label, case.steps_tried) == (earlier.intent.label, earlier.steps_tried):
            return reading
        provenance = dict(reading.provenance)
        model = next(
            (p.model for n in ("intent", "steps_tried") if (p := provenance.get(n)) and p.by is Answerer.MODEL), None
        )
        for stage in self._readers.get().stages:
            if stage.name in FOLLOWING:
                case = _run(stage, case, provenance)
                before = [
                    part.model_dump(mode="json") if isinstance(part, Frozen) else part
                    for part in getattr(earlier, stage.name)
                ]
                told = provenance[stage.name]
                if told.failure:
                    case = case.having(**{stage.name: getattr(earlier, stage.name)})
                provenance[stage.name] = told.model_copy(update={"model": model, "beside": before})
        return Reading(case, provenance)

    def warm(self) -> None:
        """Train the classifiers and load the embedding model now; EmbedderUnavailable where there is none to load."""
        self._readers.get()
        self._embedder.embed(["warm"])
        # A whole reading too, since stages load libraries of their own on first use: a second that the first caller would wait.
        self.read(
            RedactedTranscript(transcript=Transcript(turns=(Turn(role=Role.CUSTOMER, text="Where is my order?"),)))
        )

    def check_domain(self, name: str | None) -> None:
        """Raise InvalidInput where a domain is named that is not configured."""
        if name is not None and name not in self._domains:
            message = f"domain {name!r} is not configured; configured are {', '.join(sorted(self._domains))}"
            raise InvalidInput(message, field="domain")

    def _vectors(self, transcript: RedactedTranscript, provenance: dict[str, Provenance]) -> Vectors:
        """One embedding call for the whole conversation; without a model every row is zero and the rules go on alone."""
        spoken = [(index, turn.text) for index, turn in transcript.of(*_SPOKEN) if turn.text.strip()]
        vectors = np.zeros((len(transcript.turns), self._embedder.dimension), dtype=np.float32)
        if spoken:
            started = time.perf_counter()
            try:
                vectors[[index for index, _ in spoken]] = self._embedder.embed([text for _, text in spoken])
                failure = None
            except Exception:  # noqa: BLE001 -- whatever broke, the packet goes on
                _log.exception("the embedding model failed; stages go on without vectors")
                failure = Failure.MODEL_UNAVAILABLE
            provenance["embedding"] = Provenance(model=self._embedder.name, failure=failure, ms=_since(started))
        return vectors

    def _found(self, transcript: RedactedTranscript, vectors: Vectors) -> str:
        try:
            return self._readers.get().find_domain(transcript, vectors)
        except Exception:  # noqa: BLE001 -- whatever broke, the packet goes on
            _log.exception("finding the domain failed; the first one is taken")
            return next(iter(self._domains))

    def _language(self, transcript: RedactedTranscript) -> str:
        try:
            return self._readers.get().detect_language(transcript)
        except Exception:  # noqa: BLE001 -- whatever broke, the packet goes on
            _log.exception("detecting the language failed; the domain's is taken")
            return "en"


def _learnt_from(domain: Domain) -> str:
    return domain.model_dump_json(exclude={"escalation", "tenants", "playbooks", "decision_rights"})


class _Once:
    """Readers train their classifiers when they are built: that waits for the first use, and happens once."""

    def __init__(self, build: Callable[[], Readers]) -> None:
        self._build = build
        self._built: Readers | None = None
        self._lock = threading.Lock()

    def get(self) -> Readers:
        with self._lock:
            if self._built is None:
                self._built = self._build()
            return self._built


def _run(stage: Stage, case: Case, provenance: dict[str, Provenance]) -> Case:
    started = time.perf_counter()
    failure = None
    try:
        found = stage.by_rules(case)
        if isinstance(found, Retrieved):
            case = case.having(knowledge=found.hits, nothing_relevant=found.nothing_relevant)
        else:
            case = case.having(**{stage.name: found})
    except Exception:  # noqa: BLE001 -- whatever broke, the packet goes on
        # Whatever broke, the human still gets the rest of the packet.
        _log.exception("stage failed", extra={"stage": stage.name})
        failure = Failure.STAGE_FAILED
    provenance[stage.name] = Provenance(failure=failure, ms=_since(started))
    return case


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
