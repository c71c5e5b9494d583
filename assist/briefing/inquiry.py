"""What is asked of a model about one case: one question, or where the conversation is too long one for each part and one for all."""

import asyncio
import time
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from assist.briefing.material import Material, fenced
from assist.briefing.replies import NotesReply, SummaryReply
from assist.briefing.windows import Passage, windows
from assist.errors import ModelBadReply, ModelError, ModelWindowExceeded
from assist.ports import Model, ModelReply, ModelRequest
from prompts import Catalogue, Prompt

_NARROWEST = 500
Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(slots=True)
class Tally:
    """What all calls for one case used."""

    model: str | None = None
    prompts: list[Prompt] = field(default_factory=list)
    instructions: list[str] = field(default_factory=list)
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None

    def add(self, reply: ModelReply) -> None:
        """Count one reply."""
        self.model = reply.model
        self.tokens_in += reply.tokens_in
        self.tokens_out += reply.tokens_out
        if reply.cost is not None:
            self.cost = (self.cost or 0.0) + reply.cost


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Asks about one case until `ends` (a moment of `time.monotonic`); all calls share the packet's budget."""

    model: Model
    prompts: Catalogue
    tenant: str
    conversation: str
    packet: str
    ends: float
    max_tokens: int
    tally: Tally = field(default_factory=Tally)

    async def ask(self, material: Material, shape: type[SummaryReply], *, prompt: str, window: int) -> SummaryReply:
        """Return the answer about the whole conversation; any failure is a ModelError.

        Where the conversation does not fit into a window of so many tokens, or the model says so, it is read in parts.
        """
        if material.tokens <= window:
            try:
                return _of(
                    shape, await self._call(prompt, shape, _told(material), transcript=_shown(material.passages))
                )
            except ModelWindowExceeded:
                window = max(material.tokens // 2, _NARROWEST)
        while True:
            try:
                notes = await self._notes(material, window)
                return await self._merged(material, notes, shape, window)
            except ModelWindowExceeded:
                if window <= _NARROWEST:
                    raise
                window = max(window // 2, _NARROWEST)

    async def _notes(self, material: Material, window: int) -> list[Passage]:
        """Read every part; one that fails fails all, since a briefing on the rest would pass for the whole."""
        parts = windows(material.passages, tokens=window)
        calls = [
            self._call("window", NotesReply, _told(material), part=f"{number} of {len(parts)}", transcript=_shown(part))
            for number, part in enumerate(parts, 1)
        ]
        replies = await _together(calls)
        return [
            note
            for part, reply in zip(parts, replies, strict=True)
            for note in _cited(_of(NotesReply, reply), {passage.turn for passage in part})
        ]

    async def _merged(
        self, material: Material, notes: Sequence[Passage], shape: type[SummaryReply], window: int
    ) -> SummaryReply:
        while sum(note.tokens for note in notes) > window:
            parts = windows(notes, tokens=window, overlap=0)
            calls = [self._merge(material, part, NotesReply, window) for part in parts]
            fewer = [note for reply in await _together(calls) for note in _cited(_of(NotesReply, reply), None)]
            if sum(note.tokens for note in fewer) >= sum(note.tokens for note in notes):
                message = (
                    "the notes on the parts do not get shorter; raise the window or take a model that keeps to limits"
                )
                raise ModelBadReply(message)
            notes = fewer
        return _of(shape, await self._merge(material, notes, shape, window))

    async def _merge(
        self, material: Material, notes: Sequence[Passage], shape: type[BaseModel], window: int
    ) -> BaseModel:
        named = {int(turn) for note in notes for turn in note.text.rpartition("[")[2].rstrip("]").split(", ")}
        room = window - sum(note.tokens for note in notes)
        shown: list[Passage] = []
        for passage in material.passages:
            if passage.turn in named and passage.tokens <= room:
                shown.append(passage)
                room -= passage.tokens
        return await self._call(
            "merge", shape, _told(material), notes="\n".join(note.text for note in notes), transcript=_shown(shown)
        )

    async def _call(self, name: str, shape: type[BaseModel], told: dict[str, str], **variables: str) -> BaseModel:
        prompt = self.prompts.choose(name, tenant=self.tenant, conversation=self.conversation)
        everything = {**told, **variables}
        asked = prompt.render(**{name: everything[name] for name in prompt.variables if name in everything})
        if prompt not in self.tally.prompts:
            self.tally.prompts.append(prompt)
            self.tally.instructions.append(asked.system)
        reply = await self.model.answer(
            ModelRequest(
                system=asked.system,
                user=asked.user,
                reply=shape,
                deadline=max(self.ends - time.monotonic(), 0.001),
                tenant=self.tenant,
                purpose=name,
                max_tokens=self.max_tokens,
                packet=self.packet,
            )
        )
        self.tally.add(reply)
        return reply.value


def _told(material: Material) -> dict[str, str]:
    return {
        "language": material.language,
        "verification": material.verification,
        "intents": material.intents,
        "sections": material.sections,
    }


def _shown(passages: Sequence[Passage]) -> str:
    return "\n".join(passage.text for passage in passages)


def _cited(reply: NotesReply, known: set[int] | None) -> Iterator[Passage]:
    """Yield notes as lines, with those citations that the part holds; a note without one proves nothing and is left."""
    for note in reply.notes:
        turns = [turn for turn in dict.fromkeys(note.turns) if known is None or turn in known]
        if turns and note.text.strip():
            yield Passage(turns[0], f"{fenced(note.section)}: {fenced(note.text)} [{', '.join(map(str, turns))}]")


def _of(shape: type[Shape], value: BaseModel) -> Shape:
    if not isinstance(value, shape):
        message = f"the model's answer is a {type(value).__name__}, expected {shape.__name__}"
        raise ModelBadReply(message)
    return value


async def _together(calls: Sequence[Coroutine[Any, Any, BaseModel]]) -> list[BaseModel]:
    """Return all answers in order; the first failure ends the other calls."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(call) for call in calls]
    except* ModelError as failures:
        raise _first(failures) from None
    return [task.result() for task in tasks]


def _first(failures: BaseExceptionGroup[ModelError]) -> ModelError:
    first = failures.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
