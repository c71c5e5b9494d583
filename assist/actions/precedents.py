"""What agents did next in similar conversations: nearest neighbours among the actions they accepted.

A conversation's state is one vector: the bot's last words, the customer's last words, whether a back end has just answered
and what. Who looks for precedents finds the conversations that stood at a like point, and what was done there.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Protocol

import numpy as np

from assist.domain.transcript import Role, Turn
from knowledge import Vectors, VectorStore, collection_name
from knowledge.ports import Near

_BOT, _CUSTOMER, _MOVE, _ANSWER = 1.0, 0.6, 0.5, 0.6
"""How much each part of the state counts, measured on public dialogues."""
_WORDS: Final = 96
_SHARPNESS: Final = 27.0
_NEAREST: Final = 20
_LOOKED_AT: Final = 120
_BELIEVED: Final = 0.1
_ENOUGH: Final = 4.0
"""So many precedents as near as can be weigh as much as the playbook."""
_LIKE: Final = 0.55
_FEW: Final = 10
"""So many precedents say half of what many would."""


class Precedent(NamedTuple):
    """An action taken at a like point of another conversation, for an intent; `similarity` is 1 where the points are the same."""

    action: str
    handoff_id: str
    similarity: float
    intent: str = ""


class State(Protocol):
    """The part of a situation that its state is read from."""

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The masked turns."""
        ...

    @property
    def vectors(self) -> Vectors:
        """One unit row per turn."""
        ...


def state_of(case: State) -> Vectors:
    """Return the state at the end of a conversation as a unit vector; without vectors of turns, what the back end said remains."""
    turns, vectors = case.turns, case.vectors
    bot = next((i for i in range(len(turns) - 1, -1, -1) if turns[i].role in (Role.BOT, Role.AGENT)), None)
    customer = next((i for i in range(len(turns) - 1, -1, -1) if turns[i].role is Role.CUSTOMER), None)
    answered = bool(turns) and turns[-1].role is Role.TOOL
    nothing = np.zeros(vectors.shape[1], dtype=np.float32)
    parts = (
        np.sqrt(_BOT) * (nothing if bot is None else vectors[bot]),
        np.sqrt(_CUSTOMER) * (nothing if customer is None else vectors[customer]),
        np.sqrt(_MOVE) * np.array([answered, not answered], dtype=np.float32),
        np.sqrt(_ANSWER) * _words(turns[-1].text if answered else ""),
    )
    state: Vectors = np.concatenate(parts).astype(np.float32)
    return state / np.float32(np.linalg.norm(state))


def _words(text: str) -> Vectors:
    """A back end's answer by its words, since it is no sentence; the zero vector where it said nothing."""
    row = np.zeros(_WORDS, dtype=np.float32)
    for word in {word for word in "".join(c if c.isalpha() else " " for c in text.lower()).split() if len(word) > 2}:  # noqa: PLR2004 -- shorter ones say nothing
        row[sum(map(ord, word)) * 31 % _WORDS] += 1.0
    length = float(np.linalg.norm(row))
    return row / np.float32(length) if length else row


class Precedents:
    """The accepted actions of each tenant and domain, in a vector store. Blocking."""

    def __init__(self, store: VectorStore, *, model: str) -> None:
        self._store = store
        self._model = model

    def add(self, tenant: str, domain: str, case: State, *, handoff_id: str, action: str, intent: str = "") -> None:
        """Remember that this action was taken here; said again, it counts once."""
        name = f"{handoff_id}/{intent}/{action}"
        place = self._place(tenant, domain)
        self._store.upsert(
            place, ids=[name], vectors=state_of(case)[None, :], texts=[action], metadata=[{"action": action}]
        )

    def add_all(self, tenant: str, domain: str, taken: Sequence[tuple[Precedent, State]]) -> None:
        """Remember many at once, each with the state it was taken in."""
        if taken:
            self._store.upsert(
                self._place(tenant, domain),
                ids=[f"{each.handoff_id}/{each.intent}/{each.action}" for each, _ in taken],
                vectors=np.stack([state_of(case) for _, case in taken]),
                texts=[each.action for each, _ in taken],
                metadata=[{"action": each.action} for each, _ in taken],
            )

    def forget(self, tenant: str, domain: str, *, handoff_id: str, action: str, intent: str = "") -> None:
        """Take an action back that was not the right one after all."""
        self._store.delete(self._place(tenant, domain), ids=[f"{handoff_id}/{intent}/{action}"])

    def near(self, tenant: str, domain: str, case: State, *, limit: int = _LOOKED_AT) -> list[Precedent]:
        """Return what was done at the most similar points, the most similar first."""
        found = self._store.nearest(self._place(tenant, domain), state_of(case), limit=limit)
        return [_precedent(each) for each in found]

    def _place(self, tenant: str, domain: str) -> str:
        return f"acts-{collection_name(tenant, domain, self._model)}"


def _precedent(near: Near) -> Precedent:
    handoff_id, intent, action = near.passage_id.rsplit("/", 2)
    return Precedent(action, handoff_id, near.similarity, intent)


class Votes:
    """What the nearest precedents say, by action. `trust` is how much they count, from 0 to below 1: more where many are near."""

    def __init__(self, precedents: Sequence[Precedent]) -> None:
        self.nearest = tuple(precedents[:_NEAREST])
        self.trust = trust(self.nearest)
        self.shares = votes(self.nearest)
        self._heft = len(precedents) / (len(precedents) + _FEW)
        self._best: dict[str, float] = {}
        for each in precedents:
            self._best.setdefault(each.action, each.similarity)

    def of(self, action: str) -> float:
        """Return the action's share of the votes, from 0 to 1; less where there are few precedents."""
        return self._heft * self.shares.get(action, 0.0)

    def gap(self, action: str, *, far: float) -> float:
        """Return by how much its nearest precedent is less like than the nearest of all; `far` where it has none.

        Where there are few precedents, all are nearer to one another.
        """
        best = max(self._best.values(), default=0.0)
        return self._heft * max(far, self._best[action] - best if action in self._best else far)


class Neighbours:
    """The precedents at like points: those taken for an intent that is believed, or for none that is known; and all."""

    def __init__(self, precedents: Sequence[Precedent] = (), beliefs: Mapping[str, float] | None = None) -> None:
        believed = beliefs or {}
        fit = [each for each in precedents if not each.intent or believed.get(each.intent, 0.0) >= _BELIEVED]
        self.fitting = Votes(fit)
        self.everywhere = Votes(precedents)
        self._counts = Counter(each.action for each in fit)

    @property
    def actions(self) -> tuple[str, ...]:
        """Every action among the nearest, the ones that fit first."""
        return tuple(dict.fromkeys((*self.fitting.shares, *self.everywhere.shares)))

    def blended(self, action: str, weight: float) -> float:
        """Return how likely the action is by its playbook's `weight` and the precedents that fit, by trust in these."""
        return (1.0 - self.fitting.trust) * weight + self.fitting.trust * self.fitting.shares.get(action, 0.0)

    def usual(self, action: str) -> float:
        """Return how often it was taken among all that fit, from 0 to 1."""
        return self._counts[action] / max(1, self._counts.total())


def votes(precedents: Sequence[Precedent]) -> Mapping[str, float]:
    """Return for each action how much of the precedents' weight speaks for it; the nearest weigh most."""
    if not precedents:
        return {}
    best = max(each.similarity for each in precedents)
    weights: dict[str, float] = {}
    for each in precedents:
        weight = float(np.exp(_SHARPNESS * (each.similarity - best)))
        weights[each.action] = weights.get(each.action, 0.0) + weight
    whole = sum(weights.values())
    return {action: weight / whole for action, weight in weights.items()}


def trust(precedents: Sequence[Precedent]) -> float:
    """Return how much precedents count beside the playbooks, from 0 to below 1: more where many are near."""
    near = sum(max(0.0, each.similarity - _LIKE) / (1.0 - _LIKE) for each in precedents)
    return near / (near + _ENOUGH)
