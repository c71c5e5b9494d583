"""What the stages learn from examples, learnt once per machine.

Training takes seconds and gives the same result each time, so that the result is kept in the data folder, under a name
made of everything it depends on: the domains, the shipped examples, the embedding model and the code itself.
"""

import hashlib
import json
import logging
import pickle
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assist.analysis.escalation import EscalationStage
from assist.analysis.feelings.sentiment import SentimentStage
from assist.analysis.intents.finding_domain import DomainFinder
from assist.analysis.intents.intent_model import IntentModel, taught_moves, teach
from assist.analysis.steps.bot_moves import BotMoves
from assist.domain.business import Domain
from assist.domain.lessons import Lessons
from knowledge import Embedder

_log = logging.getLogger(__name__)
_ANALYSIS = Path(__file__).parent.parent / "analysis"


@dataclass(frozen=True, slots=True)
class Learnt:
    """Everything that was trained."""

    intents: Mapping[str, IntentModel]
    moves: BotMoves
    sentiment: SentimentStage
    escalation: EscalationStage
    finder: DomainFinder


def learn(
    domains: Mapping[str, Domain],
    teacher: Embedder,
    *,
    beside: Collection[Domain] | None = None,
    lessons: Lessons | None = None,
    folder: Path | None = None,
) -> Learnt:
    """Return what the stages know of these domains and lessons, from `folder` where it was learnt before.

    `beside` are the domains whose wishes show what another does not cover; all of them if absent. A file that cannot be read, or a folder that cannot be written, costs the time of training, never an answer.
    """
    known = lessons or {}
    others = tuple(domains.values() if beside is None else beside)
    file = folder / f"{_fingerprint(domains, others, teacher, known)}.pickle" if folder else None
    if file and (recalled := _recalled(file)):
        return recalled
    learnt = _trained(domains, others, teacher, known)
    if file:
        _keep(learnt, file)
    return learnt


def _trained(domains: Mapping[str, Domain], others: Sequence[Domain], teacher: Embedder, lessons: Lessons) -> Learnt:
    moves, shared = BotMoves.taught(teacher), taught_moves(teacher)
    return Learnt(
        intents={
            name: model
            for name, domain in domains.items()
            if (
                model := teach(
                    domain, teacher, beside=others, learnt=lessons.get(name), learnt_beside=lessons, moves=shared
                )
            )
        },
        moves=moves,
        sentiment=SentimentStage.taught(teacher),
        escalation=EscalationStage.taught(teacher, moves=moves),
        finder=DomainFinder.taught(domains, teacher),
    )


def _recalled(file: Path) -> Learnt | None:
    try:
        # Our own file: whoever can write it can write the database beside it, and the code as well.
        kept = pickle.loads(file.read_bytes())  # noqa: S301 -- see above
    except FileNotFoundError:
        return None
    except Exception:  # noqa: BLE001 -- a damaged file can raise anything
        _log.warning("what was learnt cannot be read, it is learnt anew", extra={"file": file.name})
        return None
    return kept if isinstance(kept, Learnt) else None


def _keep(learnt: Learnt, file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        for outdated in file.parent.glob("*.pickle"):
            outdated.unlink(missing_ok=True)
        passing = file.with_suffix(".part")
        passing.write_bytes(pickle.dumps(learnt))
        passing.replace(file)
    except OSError as exc:
        _log.warning("what was learnt cannot be kept", extra={"reason": exc.strerror})


def _fingerprint(domains: Mapping[str, Domain], others: Sequence[Domain], teacher: Embedder, lessons: Lessons) -> str:
    digest = hashlib.sha256(teacher.name.encode())
    digest.update(json.dumps(lessons, sort_keys=True).encode())
    for name in sorted(domains):
        digest.update(domains[name].model_dump_json().encode())
    for other in others:
        digest.update(other.model_dump_json().encode())
    for path in sorted(_ANALYSIS.rglob("*")):
        if path.suffix in {".py", ".yaml"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:32]
