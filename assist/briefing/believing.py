"""What a model says becomes domain values, as far as it is believed: words of vocabularies by table, placeholders restored."""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from assist.analysis.case import Case
from assist.briefing.gate import UNSUPPORTED, Judgement
from assist.briefing.replies import Said, StepSaid
from assist.briefing.scrutiny import Scrutiny
from assist.domain.business import SectionDefinition
from assist.domain.findings import (
    Promise,
    Section,
    SectionAnswer,
    Step,
    StepBy,
    StepOutcome,
    SummaryLine,
    Turns,
)
from assist.domain.packet import Failure
from assist.domain.transcript import Role
from assist.redaction import Vault

_DOERS = {
    StepBy.BOT: {Role.BOT, Role.TOOL, Role.SYSTEM},
    StepBy.CUSTOMER: {Role.CUSTOMER},
    StepBy.AGENT: {Role.AGENT, Role.TOOL},
}
Word = TypeVar("Word", bound=StrEnum)


class Belief:
    """Reads the parts of an answer; each returns None where it is not believed, and counts why."""

    def __init__(self, case: Case, vault: Vault, scrutiny: Scrutiny) -> None:
        self._case = case
        self._vault = vault
        self._scrutiny = scrutiny

    def statement(self, text: str, turns: Sequence[int], dropped: Counter[str]) -> str | None:
        """Return the text with personal data back in its place."""
        text = " ".join(self._vault.restore(text).split())
        return text if self._scrutiny.passes(text, turns, dropped) else None

    def line(self, section: str, text: str, turns: Sequence[int], dropped: Counter[str]) -> SummaryLine | None:
        """Return a line of the summary."""
        place = _word(Section, section)
        said = self.statement(text, turns, dropped)
        if place is None or said is None:
            return None
        end = "" if said.endswith((".", "!", "…", '"')) else "."
        return SummaryLine(section=place, text=said + end, turns=self._scrutiny.turns(turns))

    def step(self, said: StepSaid, dropped: Counter[str]) -> Step | None:
        """Return a step; that it succeeded is believed where a back-end call that did not fail is cited."""
        by, outcome = _word(StepBy, said.by), _word(StepOutcome, said.outcome) or StepOutcome.UNKNOWN
        text = self.statement(said.action, said.turns, dropped)
        if by is None or text is None:
            return None
        turns = self._scrutiny.turns(said.turns)
        cited = [self._case.turns[turn] for turn in turns]
        if not any(turn.role in _DOERS[by] for turn in cited):
            dropped[Failure.CITATION_FAILED] += 1
            return None
        worked = any(turn.role is Role.TOOL and turn.tool is not None and turn.tool.ok for turn in cited)
        if outcome is StepOutcome.SUCCEEDED and not worked:
            outcome = StepOutcome.UNKNOWN
        return Step(action=text.rstrip("."), by=by, outcome=outcome, turns=turns)

    def promise(self, said: Said, dropped: Counter[str]) -> Promise | None:
        """Return a promise: only the bot or an agent can have made one."""
        text = self.statement(said.text, said.turns, dropped)
        if text is None:
            return None
        turns = self._scrutiny.turns(said.turns)
        made = tuple(turn for turn in turns if self._case.turns[turn].role in {Role.BOT, Role.AGENT})
        if not made:
            dropped[Failure.CITATION_FAILED] += 1
            return None
        return Promise(text=text, turns=made)

    def section(
        self, asked: SectionDefinition, dropped: Counter[str], *, value: str, turns: Sequence[int]
    ) -> SectionAnswer | None:
        """Return the answer to an organisation's own question; one of its values where it allows only these."""
        if not value.strip():
            return None
        if not asked.values:
            text = self.statement(value, turns, dropped)
        else:
            text = next((allowed for allowed in asked.values if allowed.casefold() == value.strip().casefold()), None)
            if text is None or not self.free_turns(turns):
                dropped[Failure.UNSUPPORTED_CLAIM if text is None else Failure.CITATION_FAILED] += 1
                return None
        if text is None:
            return None
        return SectionAnswer(name=asked.name, title=asked.title, value=text, turns=self._scrutiny.turns(turns))

    def choice(self, statement: str, turns: Sequence[int]) -> tuple[Turns, Judgement]:
        """Return the customer's turns cited for a label, and whether these prove what it means."""
        said = tuple(turn for turn in self.free_turns(turns) if self._case.turns[turn].role is Role.CUSTOMER)
        return said, self._scrutiny.judge(statement, said) if said else UNSUPPORTED

    def free_turns(self, turns: Sequence[int]) -> Turns:
        """Return the turns cited for a label; none where somebody gives a model orders, since a label cannot be checked."""
        return () if self._scrutiny.is_tampered else self._scrutiny.turns(turns)


def _word(words: type[Word], said: str) -> Word | None:
    return next((word for word in words if word.value == said.strip().lower()), None)
