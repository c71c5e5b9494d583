"""Cases for tests of stages, and readers with and without the embedding model."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

import numpy as np

from assist.analysis.case import Case
from assist.analysis.escalation import EscalationStage
from assist.analysis.human_request import HumanRequests
from assist.analysis.identity.verification import VerificationStage
from assist.analysis.learning.exemplars import LinearModel
from assist.analysis.steps.bot_moves import BotMoves, Move
from assist.analysis.steps.steps import StepsStage
from assist.analysis.triggers import Scenes
from assist.analysis.triggers.obstacles import Obstacle, Obstacles
from assist.analysis.triggers.risks import Risks
from assist.domain.business import Domain
from assist.domain.transcript import Role, Turn
from knowledge.embedders.sentence_transformer import SentenceTransformerEmbedder
from tests.builders import masked

PLAIN = Domain(name="plain", title="A domain that configures nothing")
_SPOKEN = {Role.CUSTOMER, Role.BOT, Role.AGENT}


def a_case(*turns: Turn, domain: Domain = PLAIN, embedded: bool = False, **head: Any) -> Case:  # noqa: ANN401 -- any field of a transcript
    """Return a case of these turns; rows of vectors are zero, as they are when the embedding model fails, unless embedded."""
    vectors = np.zeros((len(turns), 384), dtype=np.float32)
    if embedded:
        spoken = [index for index, turn in enumerate(turns) if turn.role in _SPOKEN and turn.text.strip()]
        vectors[spoken] = packaged().embed([turns[index].text for index in spoken])
    return Case(
        transcript=masked(*turns, **head), domain=domain, vectors=vectors, now=datetime(2026, 11, 20, tzinfo=UTC)
    )


@cache
def packaged() -> SentenceTransformerEmbedder:
    """Return the embedding model that comes with the service."""
    return SentenceTransformerEmbedder()


def words_only() -> BotMoves:
    """Return a reader of bot turns whose classifier never answers, so that the words alone decide."""
    return BotMoves(_mute(*(move.value for move in Move)))


def scenes() -> Scenes:
    """Return a maker of scenes that goes by words alone."""
    return Scenes(
        moves=words_only(),
        requests=HumanRequests(_mute("asks", "other")),
        risks=Risks(_mute("fraud", "health", "calm")),
        obstacles=Obstacles(_mute(*(obstacle.value for obstacle in Obstacle), "other")),
    )


def read_through(case: Case) -> Case:
    """Return the case after verification, steps and escalation, by words alone."""
    for stage in (VerificationStage(), StepsStage(words_only()), EscalationStage(scenes())):
        case = case.having(**{stage.name: stage.by_rules(case)})
    return case


def _mute(*labels: str) -> LinearModel:
    return LinearModel(labels, np.zeros((385, len(labels)), dtype=np.float32))
