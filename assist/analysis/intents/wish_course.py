"""Which wish the conversation is about now, by following it turn by turn.

A belief over the intents is carried through the conversation. Customer, bot and back-end calls add to it, each by what it
says. A customer's turn with a wish of its own also lets the belief so far fade: a little as long as the earlier wish is
open, almost wholly once it is settled ("Your seat is changed. Anything else?" - "Great! I also need ..."). What a
customer answers to a question, or holds against a refusal, is about the open wish whatever its words, so it counts less.
"""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assist.analysis.case import Case
from assist.analysis.intents.intent_model import IntentModel
from assist.analysis.learning.classifier import Judgement
from assist.domain.transcript import Role, Turn

_FITS_NOT: Final = 0.0
_FITS_WELL: Final = 0.6  # a turn that fits so well counts in full, one in between by its share of the way
_FITS_LEAST: Final = 0.2
_SAYS_NOTHING: Final = 0.1  # a customer turn whose best intent is below this leaves the belief as it is
_FADES_OPEN: Final = 0.3
_FADES_SETTLED: Final = 0.9
_INERTIA: Final = 0.8  # a settled wish, however long it took, weighs at most this much against the next
_EAGERNESS: Final = 1.6  # a clear wish, not only a certain one, counts as a wish in full
_ANSWERS: Final = 0.4  # what an answer to a question loses, at least
_LINGERS: Final = 0.8  # an answer may come in several turns
_OBJECTS: Final = 0.4  # what an objection to a refusal loses
_OBJECTS_ANEW: Final = 0.15  # the same where the turn sounds like a new wish
_BOT_SHARE: Final = 0.2
_REPLY_SHARE: Final = 0.7
_TOOL_SHARE: Final = 0.5
_NEXT_WISH: Final = re.compile(
    r"^\W*(?:(?:oh|ok|okay|great|perfect|good|wow|nice|cool|alright|awesome|wonderful|excellent)\W+)*"
    r"(?:thanks?|thx|great|perfect|awesome|cool|wonderful|excellent)\b"
    r"|\b(?:also|another (?:thing|question)|one more|by the way|besides|next|while (?:we|i))\b",
    re.IGNORECASE,
)
_SEEMS_NEXT: Final = 0.9
_DOUBT: Final = 0.3  # a bot's turn that sounds settled by less than this settles nothing


@dataclass(slots=True)
class _Course:
    """Where the conversation stands: how settled the wish is, whether the bot just asked or refused."""

    settled: float = 0.0
    asked: float = 0.0
    refused: float = 0.0
    last_tool: str | None = None


def wish_votes(case: Case, model: IntentModel, judged: Judgement) -> NDArray[np.float64]:
    """Return one row per turn: what it adds to the belief at the end; the column sums are the belief."""
    said = model.replies.judge(case.vectors).probabilities if model.replies else judged.probabilities
    share = _REPLY_SHARE if model.replies else _BOT_SHARE
    moves = model.course.judge(case.vectors).probabilities
    move = {label: moves[:, column] for column, label in enumerate(model.course.labels)}
    talk = model.talk.judge(case.vectors).talk
    votes = np.zeros((len(case.turns), len(model.wishes.labels)))
    now = _Course()
    for index, turn in enumerate(case.turns):
        if turn.role is Role.CUSTOMER:
            said_now = judged.probabilities[index] * _telling(float(judged.fit[index]))
            _hear_customer(now, turn, said_now, float(talk[index]), votes[: index + 1])
        elif turn.role in (Role.BOT, Role.AGENT):
            closing = float(move["settled"][index] + move["next"][index])
            going_on = float(move["asking"][index] + move["confirming"][index])
            now.settled = max(now.settled * (1.0 - going_on), (closing - _DOUBT) / (1.0 - _DOUBT))
            now.asked, now.refused = float(move["asking"][index]), float(move["refusing"][index])
            votes[index] = share * said[index] * (1.0 - _OBJECTS * now.refused)
        elif turn.role is Role.TOOL and turn.tool is not None and turn.tool.name != now.last_tool:
            # The same call again and again is one piece of evidence.
            votes[index] = _TOOL_SHARE * model.tools.of(turn.tool)
            now.last_tool = turn.tool.name
        if turn.nlu is not None and turn.nlu.intent in model.wishes.labels:
            votes[index, model.wishes.labels.index(turn.nlu.intent)] += turn.nlu.confidence or 0.0
    return votes


def _telling(fit: float) -> float:
    """What a turn's likeliest intents count, from how well any intent fits it at all."""
    return float(np.clip((fit - _FITS_NOT) / (_FITS_WELL - _FITS_NOT), _FITS_LEAST, 1.0))


def _hear_customer(
    now: _Course, turn: Turn, said: NDArray[np.float32], talk: float, votes: NDArray[np.float64]
) -> None:
    """Add the turn's own vote as the last row of `votes`, and let the rows before it fade."""
    seems_next = bool(_NEXT_WISH.search(turn.text))
    answering = now.asked * max(_ANSWERS, talk)
    objecting = now.refused * (_OBJECTS_ANEW if seems_next else _OBJECTS)
    vote = said * (1.0 - answering) * (1.0 - objecting)
    strength = float(vote.max(initial=0.0))
    if strength > _SAYS_NOTHING:
        settled = max(now.settled, _SEEMS_NEXT if seems_next else 0.0)
        clearly = min(1.0, strength * _EAGERNESS)
        fading = _FADES_OPEN * (1.0 - _OBJECTS * now.refused) + _FADES_SETTLED * settled
        surplus = max(0.0, 1.0 - _INERTIA / max(votes[:-1].sum(), 1e-9))
        votes[:-1] *= max(0.0, 1.0 - fading * clearly) * (1.0 - surplus * settled * clearly)
        now.settled *= 1.0 - strength
        now.last_tool = None
    votes[-1] = vote
    now.asked *= _LINGERS
    now.refused = 0.0
