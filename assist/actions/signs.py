"""The signs by which the next action is told among the possible ones, each a number a candidate.

A playbook's step is next by its place, by what the bot has just said (its own reply or the one before it), by the sentences of
its guidance that speak of what was said last, by the answer of a back end; and by what agents did at like points elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assist.actions.candidates import UNKNOWN, Candidate, Source, on_time
from assist.actions.precedents import Neighbours
from assist.actions.situation import Situation
from assist.actions.wordings import StepWords, stems
from assist.domain.business import Playbook
from assist.domain.transcript import Role
from knowledge import Vectors

Floats = NDArray[np.float64]

SIGNS: Final = (
    "likely",  # log of what playbook and precedents say together, by trust in the precedents
    "believed",  # log of how likely the intents are whose playbooks have it
    "elsewhere",  # log of the precedents' votes, whatever their intent
    "nearness",  # how much less like the nearest precedent of it is than the nearest of all, among fitting intents
    "nearness_elsewhere",  # likewise, among all
    "usual",  # log of how often it was taken at all the points looked at
    "said_now",  # the bot's last words are its reply
    "said_before_it",  # … the reply of the step before it
    "said_two_before",  # … of the one before that
    "said_already",  # its reply was said earlier
    "step_now",  # the bot's last words speak of its guidance most
    "step_before",  # … of the guidance of the step before it
    "step_after",  # … of the step after it
    "bot_words",  # how much more the bot's last words are like its guidance than like other steps'
    "customer_words",  # the customer's last words, likewise
    "touched",  # anything the bot said, likewise
    "lately",  # what the bot said, the later the more, likewise
    "touched_early",  # what the bot said before its last words, likewise
    "answer_words",  # words shared with what a back end has just answered
    "on_time",  # how near its place is to where conversations of this length stand
    "place",  # how far on it stands in its playbook
    "from_history",  # no playbook of a likely intent has it
    "from_check",
    "from_article",
    "from_safety",
)
_PLACE: Final = {name: column for column, name in enumerate(SIGNS)}
_FLOOR, _RARE = 0.02, 0.03
_FAR: Final = -0.6
_IS_REPLY, _IS_STEP, _SHARPNESS = 0.75, 0.35, 12.0
_SAME: Final = 0.85
_RECENT: Final = 0.6
_FROM: Final = {Source.HISTORY: "from_history", Source.CHECK: "from_check", Source.ARTICLE: "from_article", Source.GENERIC: "from_safety"}  # fmt: skip


def signs_of(
    found: Sequence[Candidate],
    case: Situation,
    *,
    words: Mapping[str, tuple[StepWords, ...]],
    near: Neighbours,
) -> Floats:
    """Return one row per candidate, one column per sign of `SIGNS`."""
    table = np.zeros((len(found), len(SIGNS)))
    books = _Books.of(case, words)
    for row, each in zip(table, found, strict=True):
        name = each.action.id
        values = {
            **books.signs(name),
            "likely": np.log(_FLOOR + near.blended(name, each.weight)),
            "believed": np.log(_FLOOR + books.belief(name)),
            "elsewhere": np.log(_RARE + near.everywhere.of(name)),
            "nearness": near.fitting.gap(name, far=_FAR),
            "nearness_elsewhere": near.everywhere.gap(name, far=_FAR),
            "usual": np.log(_FLOOR + near.usual(name)),
        }
        if each.source in _FROM:
            values[_FROM[each.source]] = 1.0
        for sign, value in values.items():
            row[_PLACE[sign]] = value
    return table


@dataclass(frozen=True, slots=True)
class _Books:
    """The playbooks that may apply, with how likely each is and the signs of its steps."""

    parts: tuple[tuple[float, Playbook, Mapping[str, Floats]], ...] = field(default=())

    @classmethod
    def of(cls, case: Situation, words: Mapping[str, tuple[StepWords, ...]]) -> "_Books":
        guesses = {each.label: each.confidence for each in case.intent.alternatives}
        if case.intent.label != UNKNOWN:
            guesses[case.intent.label] = case.intent.confidence
        books = [(p, book) for label, p in guesses.items() if p > 0 and (book := case.domain.playbook(label))]
        whole = sum(p for p, _ in books)
        heard = _Heard.of(case)
        return cls(tuple((p / whole, book, _step_signs(book, words.get(book.intent, ()), heard)) for p, book in books))

    def belief(self, action: str) -> float:
        return sum(p for p, book, _ in self.parts if any(each.id == action for each in book.actions))

    def signs(self, action: str) -> dict[str, float]:
        """The signs of the steps of that name, by how likely their playbooks are."""
        found: dict[str, float] = {}
        for p, book, signs in self.parts:
            for at, each in enumerate(book.actions):
                if each.id == action:
                    for name, values in signs.items():
                        found[name] = found.get(name, 0.0) + p * float(values[at])
        return found


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was said: unit rows of the bot's turns and of the customer's last one, and what a back end has just answered."""

    bot: Vectors
    customer: Vectors
    answer: frozenset[str]
    length: int
    """How many turns the customer took."""

    @classmethod
    def of(cls, case: Situation) -> "_Heard":
        turns, vectors = case.turns, case.vectors
        bots = [i for i, turn in enumerate(turns) if turn.role in (Role.BOT, Role.AGENT) and turn.text.strip()]
        said = [i for i, turn in enumerate(turns) if turn.role is Role.CUSTOMER and turn.text.strip()]
        answered = turns[-1].text if turns and turns[-1].role is Role.TOOL else ""
        return cls(vectors[bots], vectors[said[-1:]], stems(answered), len(said))


def _step_signs(book: Playbook, words: Sequence[StepWords], heard: _Heard) -> Mapping[str, Floats]:
    count = len(book.actions)
    signs = {"place": np.arange(count) / max(1, count - 1), "on_time": np.array(on_time(range(count), heard.length))}
    if len(words) != count:  # nobody has read the playbook's words
        return signs
    if heard.answer:
        shared = [len(each.stems & heard.answer) / max(1, min(len(each.stems), len(heard.answer))) for each in words]
        signs["answer_words"] = np.array(shared)
    if any(len(each.said) for each in words) and len(heard.bot):
        # what a call shows done was not done by speaking of it
        spoken = np.array([not each.done_by for each in book.actions], dtype=np.float64)
        signs |= _of_replies(_alike([each.said for each in words], heard.bot), spoken)
    if 2 * sum(bool(len(each.told)) for each in words) >= count:  # else a few steps' words would draw everything
        signs |= _of_guidance([each.told for each in words], heard)
    return signs


def _of_replies(alike: Floats, spoken: Floats) -> dict[str, Floats]:
    now = spoken * _pointed_at(alike[:, -1], _IS_REPLY)
    return {
        "said_now": now,
        "said_before_it": _after(now, 1),
        "said_two_before": _after(now, 2),
        "said_already": spoken * (alike.max(axis=1) > _SAME),
    }


def _of_guidance(told: Sequence[Vectors], heard: _Heard) -> dict[str, Floats]:
    signs: dict[str, Floats] = {}
    if len(heard.customer):
        signs["customer_words"] = _centred(_alike(told, heard.customer)[:, -1])
    if len(heard.bot):
        alike = _alike(told, heard.bot)
        now = _pointed_at(alike[:, -1], _IS_STEP)
        fading = _RECENT ** np.arange(alike.shape[1])[::-1]
        signs |= {
            "step_now": now,
            "step_before": _after(now, 1),
            "step_after": _after(now[::-1], 1)[::-1],
            "bot_words": _centred(alike[:, -1]),
            "touched": _centred(alike.max(axis=1)),
            "lately": _centred(alike @ fading / fading.sum()),
            "touched_early": _centred(alike[:, :-1].max(axis=1, initial=0.0)),
        }
    return signs


def _alike(steps: Sequence[Vectors], turns: Vectors) -> Floats:
    """How like each step's likest text is to each turn, shape (steps, turns); 0 for a step without texts."""
    return np.stack([(rows @ turns.T).max(axis=0, initial=0.0) for rows in steps]).astype(np.float64)


def _pointed_at(alike: Floats, needed: float) -> Floats:
    """How surely words are of one of the steps, by how like they are; of none where none is as like as needed."""
    odds = np.exp(_SHARPNESS * (np.append(alike, needed) - max(float(alike.max(initial=0.0)), needed)))
    shares: Floats = (odds / odds.sum())[:-1]
    return shares


def _after(now: Floats, steps: int) -> Floats:
    return np.concatenate([np.zeros(min(steps, len(now))), now[: max(0, len(now) - steps)]])


def _centred(values: Floats) -> Floats:
    centred: Floats = values - values.mean()
    return centred
