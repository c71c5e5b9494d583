"""The turns of a conversation as evidence: sentence by sentence, who says it, and what it says of acts.

Sentences that speak to a machine are no evidence of anything, see `instructions`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from assist.analysis.speech.sentences import sentences
from assist.analysis.tools.names import name_words
from assist.analysis.tools.results import ResultKind, ToolResult, read_tool_turn
from assist.domain.findings import Step, Verification
from assist.domain.transcript import Role, Turn
from assist.grounding.grammar import Clause, Status, clauses
from assist.grounding.instructions import speaks_to_a_machine
from assist.grounding.values import Source
from assist.grounding.words import concept, concepts

_LOOKING: Final = frozenset(
    [
        "get",
        "find",
        "search",
        "list",
        "check",
        "query",
        "read",
        "fetch",
        "retrieve",
        "lookup",
        "look",
        "show",
        "track",
        "trace",
        "test",
        "status",
    ]
)
_FLAGS: Final = frozenset(
    ["verified", "valid", "authenticated", "ok", "success", "match", "matched", "correct", "passed"]
)
_MODE_CHECK: Final = frozenset(["check", "quote", "preview", "validate", "search"])
_LABEL: Final = re.compile(r"\b(status|outcome|priority)\s*[:=]", re.IGNORECASE)
_LONGEST: Final = 6_000  # of a tool's answer, in characters


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a turn, or the whole answer of a tool."""

    turn: int
    role: Role
    text: str
    clauses: tuple[Clause, ...]
    concepts: frozenset[str]
    tool: ToolResult | None = None

    @property
    def failed(self) -> bool:
        """Whether this is a back-end call that did not do what it was for."""
        return self.tool is not None and self.tool.failed

    def acts(self, *status: Status) -> set[str]:
        """Return the verbs with one of these statuses; a question or a condition does nothing."""
        return {
            verb
            for clause in self.clauses
            if Status.DONE not in status or not (clause.asked or clause.conditional)
            for verb in clause.verbs(*status)
        }

    @property
    def performed(self) -> set[str]:
        """Return what a back-end call did: the words of its name; nothing where it failed or only looked."""
        if self.tool is None or self.tool.kind is not ResultKind.OK or not self.tool.words:
            return set()
        if set(self.tool.words) & _LOOKING or any(
            value.lower() in _MODE_CHECK for value in self.tool.arguments.values()
        ):
            return set()
        return {concept(word) for word in self.tool.words}


class Evidence:
    """A conversation, prepared once for judging many statements about it."""

    def __init__(
        self,
        turns: Sequence[Turn],
        *,
        verification: Verification,
        steps: Sequence[Step] = (),
        names: Iterable[str] = (),
    ) -> None:
        self.turns = tuple(turns)
        self.verification = verification
        self.steps = tuple(steps)
        self._names = " ".join(names)
        self._sentences: dict[int, tuple[Sentence, ...]] = {}
        self._texts: dict[int, str] = {}

    def of(self, turn: int) -> tuple[Sentence, ...]:
        """Return the sentences of a turn that may prove something."""
        if turn not in self._sentences:
            self._sentences[turn] = tuple(self._read(turn))
        return self._sentences[turn]

    def cited(self, turns: Iterable[int]) -> list[Sentence]:
        """Return the sentences of these turns."""
        return [sentence for turn in turns for sentence in self.of(turn)]

    def context(self, turns: Iterable[int]) -> list[Sentence]:
        """Return the sentences that these turns answer or follow: a "yes, please" means what was asked before it."""
        cited = set(turns)
        before = {at for turn in cited for at in range(max(0, turn - 2), turn)} - cited
        return self.cited(sorted(before))

    def source(self, turns: Iterable[int]) -> Source:
        """Return the text of these turns to look values up in."""
        return Source("\n".join(self.text(turn) for turn in turns))

    def text(self, turn: int) -> str:
        """Return what may prove something in a turn, as text; of a tool also what it was called with."""
        return "\n".join(sentence.text for sentence in self.of(turn))

    @cached_property
    def whole(self) -> Source:
        """The whole conversation, with the names that the platform knows."""
        return Source("\n".join([self._names, *(self.text(turn) for turn in range(len(self.turns)))]))

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that the conversation writes with a capital in mid-sentence and never without one, in lower case."""
        text = self.whole.text
        small = set(re.findall(r"(?<![^\W\d_])[a-z][^\W\d_]+", text))
        large = {word.casefold() for word in re.findall(r"(?<=[\w,'\"] )[A-Z][a-z’']+", text)}
        return frozenset(large - small)

    @cached_property
    def everything(self) -> list[Sentence]:
        """All sentences of the conversation."""
        return self.cited(range(len(self.turns)))

    def _read(self, index: int) -> Iterable[Sentence]:
        turn = self.turns[index]
        if turn.role is Role.SYSTEM:
            return
        if turn.role is Role.TOOL:
            if speaks_to_a_machine(_without_keys(turn.text)):
                return
            yield _of_tool(index, turn)
            return
        # A line of a list belongs to the sentence before it, but each is judged by itself.
        for piece in sentences(index, turn.text):
            if not speaks_to_a_machine(piece.text):
                yield Sentence(
                    index, turn.role, piece.text, tuple(clauses(piece.text)), frozenset(concepts(piece.text))
                )


def _of_tool(index: int, turn: Turn) -> Sentence:
    result = read_tool_turn(index, turn)
    called = " ".join(
        [*result.words, *(f"{' '.join(name_words(key))} {value}" for key, value in result.arguments.items())]
    )
    entries = list(_entries(result.data)) if result.data is not None else []
    told = [*clauses(result.message), *(clause for entry in entries for clause in clauses(entry))]
    text = f"{called}\n{turn.text[:_LONGEST]}"
    readable = " ".join([called, *entries]) if entries else text.replace("_", " ")
    return Sentence(index, turn.role, f"{text}\n{readable}", tuple(told), frozenset(concepts(readable)), result)


def _entries(data: object, key: str = "") -> Iterator[str]:
    """Yield what a tool's answer says, entry by entry, in words: {"insured": false} is "not insured, wrong, failed"."""
    if isinstance(data, Mapping):
        for name, value in data.items():
            yield from _entries(value, " ".join(name_words(str(name))))
    elif isinstance(data, list):
        for value in data:
            yield from _entries(value, key)
    elif data is None or data is False or str(data).strip().lower() in {"no", "false", "none", ""}:
        yield f"no {key}, not {key}" + (", failed, wrong" if key in _FLAGS else "")
    elif data is True or str(data).strip().lower() in {"yes", "true"}:
        yield f"{key} yes" + (", passed, correct" if key in _FLAGS else "")
    else:
        yield f"{key} {str(data).replace('_', ' ')}"


def _without_keys(text: str) -> str:
    """Return a tool's answer without what JSON itself brings: a key such as "status" commands nobody, nor does the label in "status: late"."""
    return _LABEL.sub(r"\1 ", text.replace('":', " ").replace('"', " "))
