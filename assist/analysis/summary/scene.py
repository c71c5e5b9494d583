"""What the sentences of a summary share: the customer's clauses, their name, and the facts at hand."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from assist.analysis.case import Case
from assist.analysis.speech.clauses import Clause, Said
from assist.analysis.speech.customer_clauses import said
from assist.analysis.speech.values import merged, occurs, plain, speech
from assist.analysis.speech.wording import titled
from assist.domain.findings import Fact, Section
from assist.domain.transcript import Role

SAY, TOLD = "They say that ", "The bot told them that "

_GREETING_MOST = 4
_IDS = ("reservation_id", "order_id", "case_number", "claim_number", "ticket_id", "policy_number")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence with its proof; `weight` says how much the reader needs it.

    Neighbours with the same `lead`, such as "They say that ", are told in one sentence.
    """

    section: Section
    text: str
    turns: tuple[int, ...]
    weight: float
    headline: str = ""
    lead: str = ""


@dataclass(frozen=True)
class Scene:
    """A case as its summary sees it."""

    case: Case

    @cached_property
    def clauses(self) -> tuple[Said, ...]:
        """What the customer said, clause by clause."""
        return tuple(said(self.case))

    def of(self, *kinds: Clause) -> list[Said]:
        """Return the clauses of these kinds, in order."""
        return [clause for clause in self.clauses if clause.kind in kinds]

    def fact(self, *names: str, where: Callable[[Fact], bool] = lambda _: True) -> Fact | None:
        """Return the most useful fact of these names."""
        return next((fact for fact in self.case.facts if fact.name in names and where(fact)), None)

    def spoken_of(self, fact: Fact) -> int | None:
        """Return the first turn in which the customer speaks of a value, in whatever spelling."""
        found = (i for i, turn in self.case.transcript.of(Role.CUSTOMER) if occurs(fact.value, speech(turn.text)))
        return next(found, None)

    def is_from_customer(self, fact: Fact) -> bool:
        """Say whether the customer themselves gave a fact."""
        return any(self.case.turns[turn].role is Role.CUSTOMER for turn in fact.turns)

    @cached_property
    def name(self) -> Fact | None:
        """The customer's name, if the conversation gives it."""
        found = self.fact("name") or self.fact("patient_name", "customer_name", "guest_name")
        return found.model_copy(update={"value": titled(found.value)}) if found else None

    @property
    def who(self) -> str:
        """How the first sentence calls the customer."""
        return self.name.value if self.name else "The customer"

    @cached_property
    def subject(self) -> Fact | None:
        """The id that the conversation is about."""
        spoken = plain(" ".join(turn.text for turn in self.case.turns if turn.role is not Role.TOOL))
        found = [fact for name in _IDS for fact in self.case.facts if fact.name == name]
        return next((fact for fact in found if plain(fact.value) in spoken), found[0] if len(found) == 1 else None)

    def subject_for(self, turn: int) -> Fact | None:
        """Return the id spoken of nearest to a turn: in it, in what was said or looked up before, or after it."""
        ids = [fact for name in _IDS for fact in self.case.facts if fact.name == name]
        for index in (*range(turn, -1, -1), *range(turn + 1, len(self.case.turns))):
            here = [fact for fact in ids if index in fact.turns]
            if len(here) == 1:
                return here[0]
        return self.subject

    @cached_property
    def first_customer_turn(self) -> int:
        """The turn of the customer's first words."""
        return next((index for index, turn in self.case.transcript.of(Role.CUSTOMER) if turn.text.strip()), 0)

    @cached_property
    def first_matter_turn(self) -> int:
        """The customer's first turn that is more than a greeting."""
        long = (i for i, turn in self.case.transcript.of(Role.CUSTOMER) if len(turn.text.split()) > _GREETING_MOST)
        return next(long, self.first_customer_turn)

    @cached_property
    def last_customer_turn(self) -> int:
        """The turn of the customer's last words."""
        return max((index for index, turn in self.case.transcript.of(Role.CUSTOMER) if turn.text.strip()), default=0)


def called(fact: Fact) -> str:
    """Return what people call a fact: `order_id` is "order", `user_id` is "user ID"."""
    if fact.name in _IDS:
        return re.sub(r"_(?:id|number)$", "", fact.name)
    return re.sub(r"\bid\b", "ID", fact.name.replace("_", " ")).replace("email", "e-mail")


def cited(*groups: tuple[int, ...]) -> tuple[int, ...]:
    """Return the turns of several proofs as one."""
    return merged(turn for group in groups for turn in group)
