"""What all conditions read of a case, worked out once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Self

from assist.analysis.case import Case
from assist.analysis.human_request import HumanRequest, HumanRequests
from assist.analysis.identity.checks import IdentityRecord, identity_record
from assist.analysis.identity.details import declined
from assist.analysis.speech.phrases import phrase_book
from assist.analysis.speech.repeats import said_again
from assist.analysis.steps.bot_moves import REFUSALS, TRANSFER, BotMoves, Move
from assist.analysis.steps.customer_replies import Reply, reading
from assist.analysis.steps.tool_steps import is_handover
from assist.analysis.tools.results import ACTING, ResultKind, ToolResult, tool_results
from assist.analysis.triggers.obstacles import Obstacle, Obstacles
from assist.analysis.triggers.risks import Risks
from assist.domain.transcript import Role
from knowledge import Embedder

_GOODBYE_WORDS: Final = 14
_GOODBYE: Final = re.compile(r"\b(?:good ?bye|bye|have a (?:nice|great|good|lovely) \w+|enjoy your)\b", re.IGNORECASE)
_QUEUED: Final = re.compile(r"\b(?:queue|transfer|escalat|routed|assigned|handed)", re.IGNORECASE)
_HANDS_OVER: Final = frozenset({Obstacle.HANDED_OVER})
TROUBLE: Final = REFUSALS | {Move.NOT_UNDERSTOOD, Move.REPORTS_FAILURE, Move.DOES_NOT_KNOW, Move.DISPUTES_RECORD}
"""The moves of a bot that gets no further."""
_CLOSING: Final = 2
"""So many of the bot's last turns may hold its hand-over: a question or a goodbye may follow it."""


@dataclass(frozen=True)
class Scene:
    """A case with what the readers of turns make of it."""

    case: Case
    moves: Mapping[int, frozenset[Move]]
    requests: tuple[HumanRequest, ...]
    risks: Mapping[int, tuple[str, float]]
    obstacles: Mapping[int, frozenset[Obstacle]] = field(default_factory=dict)
    since: int = 0
    """The first turn that counts."""

    @cached_property
    def results(self) -> tuple[ToolResult, ...]:
        """Every tool turn, read."""
        return tuple(result for result in tool_results(self.case) if result.turn >= self.since)

    @cached_property
    def identity(self) -> IdentityRecord:
        """The questions and checks of who the customer is."""
        return identity_record(self.case)

    @cached_property
    def customer_turns(self) -> list[int]:
        """The customer's turns that say something."""
        return [
            i
            for i, turn in enumerate(self.case.turns)
            if i >= self.since and turn.role is Role.CUSTOMER and turn.text.strip()
        ]

    @cached_property
    def worked(self) -> list[int]:
        """The turns of calls that brought something, hand-overs apart."""
        return [result.turn for result in self.results if result.kind is ResultKind.OK and not is_handover(result)]

    @cached_property
    def acted(self) -> list[int]:
        """The turns of calls that changed something, or that do not say what they are for."""
        return [r.turn for r in self.results if r.turn in self.worked and (not r.words or set(r.words) & ACTING)]

    @cached_property
    def handed_over(self) -> list[int]:
        """The turns that pass the customer on: the bot's own call, or its last word or the one before."""
        called = [result.turn for result in self.results if is_handover(result)]
        closing = sorted(self.moves)[-_CLOSING:]
        noted = (
            i
            for i, turn in enumerate(self.case.turns)
            if turn.role is Role.SYSTEM and i > max(closing, default=-1) and _QUEUED.search(turn.text)
        )
        return sorted({*called, *noted, *(i for i in closing if self._passes_on(i))})

    def _passes_on(self, index: int) -> bool:
        if index - 1 in self.worked and Move.REPORTS_SUCCESS in self.moves[index]:
            return False  # somebody who comes to the room is what was asked for
        return Move.TRANSFERS in self.moves[index] or Obstacle.HANDED_OVER in self.obstacles.get(index, ())

    @cached_property
    def over(self) -> bool:
        """Whether the customer has closed the conversation: a thank-you or goodbye, and nothing wanted any more.

        Thanks for being passed on close nothing.
        """
        if (
            self.handed_over
            or not self.customer_turns
            or any(request.turn == self.customer_turns[-1] for request in self.requests)
        ):
            return False
        last = self.case.turns[self.customer_turns[-1]].text
        if self._bot_closed():
            return True
        short = "?" not in last and len(last.split()) <= _GOODBYE_WORDS
        return short and phrase_book("customer_signs")["closes"].search(last)

    def _bot_closed(self) -> bool:
        """Whether the bot's goodbye is the last word, and nothing stood in its way just before."""
        last = max(self.moves, default=-1)
        told = [i for i in sorted(self.moves)[-_CLOSING:] if self.moves[i] & TROUBLE]
        return last > self.customer_turns[-1] and not told and bool(_GOODBYE.search(self.case.turns[last].text))

    @cached_property
    def unanswered(self) -> list[tuple[int, int]]:
        """The bot's questions, each with an answer that gives nothing, where nothing has worked since."""
        pairs = []
        for index in self.customer_turns:
            asked = index - 1
            if Move.ASKS_INFORMATION in self.moves.get(asked, ()) and declined(self.case.turns[index].text):
                later = [i for i in self.customer_turns if i > index]
                refused = reading(self.case.turns[index].text) is Reply.DECLINES
                if self.still_open(index) and not later and not refused:
                    pairs.append((asked, index))
        return pairs

    def failing_before(self, turn: int) -> bool:
        """Whether the bot had refused, failed, or not understood before a turn."""
        return any(i < turn for i in self._troubled)

    @cached_property
    def in_trouble(self) -> bool:
        """Whether the bot refused, failed, or did not understand, and nothing has worked since."""
        return any(Move.REPORTS_SUCCESS not in self.moves.get(i, ()) and self.still_open(i) for i in self._troubled)

    @cached_property
    def _troubled(self) -> list[int]:
        told = (i for i in self.moves if self.moves[i] & TROUBLE or self.obstacles.get(i, frozenset()) - _HANDS_OVER)
        return [*told, *(r.turn for r in self.results if r.failed), *self.repeated, *self.corrected]

    @cached_property
    def told_before(self) -> Mapping[int, tuple[int, ...]]:
        """For each of the bot's turns the earlier ones that said the same."""
        return said_again(self.case.turns, self.moves)

    @cached_property
    def repeated(self) -> list[int]:
        """The bot's turns that say again what an earlier one said."""
        return [index for index, same in self.told_before.items() if same]

    @cached_property
    def corrected(self) -> list[int]:
        """The customer's turns that tell the bot that it took them wrong."""
        corrects = phrase_book("customer_signs")["corrects"]
        return [i for i in self.customer_turns if corrects.search(self.case.turns[i].text)]

    def facing(self, *obstacles: Obstacle) -> list[int]:
        """Return the bot's turns that name one of these obstacles."""
        wanted = set(obstacles)
        return [index for index, found in self.obstacles.items() if wanted & found]

    def not_lifted(self, index: int) -> bool:
        """Whether nothing was done since that turn: looking things up lifts no refusal."""
        return not any(turn > index for turn in self.acted)

    def with_move(self, *moves: Move) -> list[int]:
        """Return the bot's turns that make one of these moves."""
        wanted = set(moves)
        return [index for index, found in self.moves.items() if wanted & found]

    def still_open(self, index: int) -> bool:
        """Whether nothing has worked since that turn: no call that brought something, no success told by the bot."""
        if any(turn > index for turn in self.worked):
            return False
        told = (i for i, found in self.moves.items() if i > index and Move.REPORTS_SUCCESS in found)
        return not any(
            not (self.moves[i] & (REFUSALS | TRANSFER)) and Move.REPORTS_FAILURE not in self.moves[i] for i in told
        )


class Scenes:
    """Makes scenes; built once from the shipped examples and an embedding model."""

    def __init__(
        self, *, moves: BotMoves, requests: HumanRequests, risks: Risks, obstacles: Obstacles | None = None
    ) -> None:
        self._moves = moves
        self._requests = requests
        self._risks = risks
        self._obstacles = obstacles

    @classmethod
    def taught(
        cls, embedder: Embedder, *, moves: BotMoves | None = None, requests: HumanRequests | None = None
    ) -> Self:
        """Return a maker taught by the shipped examples; hand in readers to share them with other stages."""
        return cls(
            moves=moves or BotMoves.taught(embedder),
            requests=requests or HumanRequests.taught(embedder),
            risks=Risks.taught(embedder),
            obstacles=Obstacles.taught(embedder),
        )

    def of(self, case: Case) -> Scene:
        """Return the scene of a case; a few matrix products on vectors that are there already."""
        moves = self._moves.of(case)
        obstacles = self._obstacles.of(case) if self._obstacles else {}
        passed_on = (i for i, found in obstacles.items() if Obstacle.HANDED_OVER in found)
        offered = frozenset({*(i for i, found in moves.items() if found & TRANSFER), *passed_on})
        moves = {index: _after_call(case, index, found) for index, found in moves.items()}
        troubled = min(
            (i for i in moves if moves[i] & TROUBLE or obstacles.get(i, _HANDS_OVER) - _HANDS_OVER), default=None
        )
        return Scene(
            case=case,
            moves=moves,
            requests=tuple(self._requests.of(case, offered, troubled_from=troubled)),
            risks=self._risks.of(case),
            obstacles=obstacles,
        )


def _after_call(case: Case, index: int, found: frozenset[Move]) -> frozenset[Move]:
    """The moves of a bot turn that tells how a call ended: "I could not book it" is then a failure, not a refusal."""
    result = next((result for result in tool_results(case) if result.turn == index - 1), None)
    if result is None or not result.failed or not found & REFUSALS:
        return found
    if result.kind is ResultKind.ERROR and Move.REFUSES_BY_POLICY in found:
        return found
    return (found - REFUSALS) | {Move.REPORTS_FAILURE}
