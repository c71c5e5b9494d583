"""The model's answer beside the rules': field by field the better proved one stands, and the reading says which.

Verification, facts, sentiment, knowledge and actions are never taken from a model.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assist.analysis.case import Case
from assist.analysis.pipeline import Reading
from assist.briefing.believing import Belief
from assist.briefing.replies import HandoffReply, SummaryReply
from assist.domain.findings import (
    DecidedBy,
    EscalationReason,
    IntentGuess,
    Section,
    SectionAnswer,
    Summary,
    SummaryLine,
)
from assist.domain.packet import Answerer, Failure, Provenance

VITAL = (Section.WANTS, Section.IDENTITY, Section.OPEN)
"""What a summary may not lack: where no line of the model's passes, the rules' lines stand."""

RULES_LANGUAGE = "en"
_WORDS_MOST = 90
_SURE = 0.6
_ORDER = {section: position for position, section in enumerate(Section)}


@dataclass
class Merger:
    """Puts what is believed of one answer into one reading; `stamp` says who was asked, and what that used.

    `language` is the agent's. The rules write English: where a line of theirs has to stand in for a vital one, the summary's provenance
    says LANGUAGE_MISMATCH beside another language.
    """

    reading: Reading
    belief: Belief
    stamp: Provenance
    language: str = "en"
    _found: dict[str, Any] = field(default_factory=dict)
    _provenance: dict[str, Provenance] = field(default_factory=dict)

    def merged(self, reply: SummaryReply) -> Reading:
        """Return the reading with all that is believed of the reply."""
        self._field("summary", lambda dropped: self._summary(reply, dropped))
        self._note_language()
        if isinstance(reply, HandoffReply):
            self._field("intent", lambda dropped: self._intent(reply, dropped))
            self._field("escalation", lambda dropped: self._escalation(reply, dropped))
            self._field("steps_tried", lambda dropped: self._steps(reply, dropped))
            self._field("promises", lambda dropped: self._promises(reply, dropped))
            if self._case.domain.sections:
                self._field("sections", lambda dropped: self._sections(reply, dropped))
        return Reading(self._case.having(**self._found), {**self.reading.provenance, **self._provenance})

    def _note_language(self) -> None:
        """Say so where a summary of the model's holds words of the rules' in another language than the agent's."""
        made, rules, told = self._found.get("summary"), self._case.summary, self._provenance["summary"]
        if made is None or self.language.partition("-")[0] == RULES_LANGUAGE:
            return
        if made.headline == rules.headline or set(made.lines) & set(rules.lines):
            self._provenance["summary"] = told.model_copy(update={"failure": Failure.LANGUAGE_MISMATCH})

    @property
    def _case(self) -> Case:
        return self.reading.case

    def _field(self, name: str, find: Callable[[Counter[str]], object | None]) -> None:
        """Take what `find` returns, None where the rules' answer stands."""
        dropped: Counter[str] = Counter()
        found = find(dropped)
        rules = self.reading.provenance.get(name, Provenance())
        made = self.stamp.model_copy(update={"dropped": dict(dropped), "by": Answerer.RULES, "failure": rules.failure})
        if found is None:
            reason = max(dropped, key=lambda code: dropped[code]) if dropped else None
            failed = reason or (Failure.INSUFFICIENT_CONTENT if name == "summary" else None)
            made = made.model_copy(update={"failure": rules.failure or (Failure(failed) if failed else None)})
        else:
            self._found[name] = found
            made = made.model_copy(
                update={"by": Answerer.MODEL, "failure": None, "beside": _plain(getattr(self._case, name))}
            )
        self._provenance[name] = made

    def _summary(self, reply: SummaryReply, dropped: Counter[str]) -> Summary | None:
        told = [(line.section, line.text, line.turns) for line in reply.lines]
        told += [(Section.OPEN.value, point.text, point.turns) for point in reply.open_points]
        lines = [line for section, text, turns in told if (line := self.belief.line(section, text, turns, dropped))]
        if not lines:
            return None
        kept = {line.section for line in lines}
        rules = self._case.summary
        lines += [line for line in rules.lines if line.section in VITAL and line.section not in kept]
        lines = _within(sorted(dict.fromkeys(lines), key=lambda line: _ORDER[line.section]))
        headline = self.belief.statement(reply.headline.text, reply.headline.turns, dropped)
        return Summary(
            headline=headline or rules.headline, text=" ".join(line.text for line in lines), lines=tuple(lines)
        )

    def _intent(self, reply: HandoffReply, dropped: Counter[str]) -> object | None:
        mine, label = self._case.intent, reply.intent.label
        definition = self._case.domain.intent(label)
        if definition is None or label == mine.label:
            return None
        offered = {guess.label: guess.confidence for guess in mine.alternatives}
        wanted = f"The customer wants to {definition.wants or definition.name.lower()}."
        turns, verdict = self.belief.choice(wanted, reply.intent.turns)
        unsure = mine.label == "unknown" or mine.confidence < _SURE
        if not unsure or not turns or not (label in offered or verdict.supported):
            dropped[Failure.UNSUPPORTED_CLAIM] += 1
            return None
        others = tuple(guess for guess in mine.alternatives if guess.label != label)
        if mine.label != "unknown":
            others = (IntentGuess(label=mine.label, confidence=mine.confidence), *others)
        return mine.model_copy(
            update={
                "label": label,
                "name": definition.name,
                "confidence": offered.get(label, min(max(verdict.score, 0.0), 1.0)),
                "turns": turns,
                "alternatives": others,
            }
        )

    def _escalation(self, reply: HandoffReply, dropped: Counter[str]) -> object | None:
        """Take the model's reason only where the rules found none at all: theirs name the turns that made them fire."""
        mine, said = self._case.escalation, reply.escalation
        reason = next((r for r in EscalationReason if r.value == said.reason.strip().lower()), EscalationReason.NONE)
        if reason in {EscalationReason.NONE, mine.reason, *mine.secondary}:
            return None
        turns = self.belief.free_turns(said.turns)
        never = reason is EscalationReason.VERIFICATION_FAILED  # the rules alone say what became of a check
        if mine.reason is not EscalationReason.NONE or mine.triggers or never or not turns:
            dropped[Failure.UNSUPPORTED_CLAIM if turns else Failure.CITATION_FAILED] += 1
            return None
        return mine.model_copy(update={"reason": reason, "decided_by": DecidedBy.MODEL})

    def _steps(self, reply: HandoffReply, dropped: Counter[str]) -> object | None:
        mine = self._case.steps_tried
        known = {turn for step in mine for turn in step.turns}
        new = [
            step for said in reply.steps if (step := self.belief.step(said, dropped)) and not known & set(step.turns)
        ]
        return tuple(sorted((*mine, *new), key=lambda step: step.turns)) if new else None

    def _promises(self, reply: HandoffReply, dropped: Counter[str]) -> object | None:
        mine = self._case.promises
        known = {turn for promise in mine for turn in promise.turns}
        new = [p for said in reply.promises if (p := self.belief.promise(said, dropped)) and not known & set(p.turns)]
        return tuple(sorted((*mine, *new), key=lambda promise: promise.turns)) if new else None

    def _sections(self, reply: HandoffReply, dropped: Counter[str]) -> tuple[SectionAnswer, ...] | None:
        said: Mapping[str, Mapping[str, Any]] = reply.model_dump().get("sections") or {}
        answers = [
            answer
            for asked in self._case.domain.sections
            if asked.name in said and (answer := self.belief.section(asked, dropped, **said[asked.name]))
        ]
        return tuple(answers) or None


def failed(reading: Reading, failure: Failure, *, stamp: Provenance, summary_only: bool) -> Reading:
    """Return the rules' reading, with the reason why no model's answer is in it beside each field that was to have one."""
    names = ("summary",) if summary_only else ("summary", "intent", "escalation", "steps_tried", "promises")
    told = {}
    for name in names:
        rules = reading.provenance.get(name, Provenance())
        told[name] = stamp.model_copy(update={"by": Answerer.RULES, "failure": rules.failure or failure})
    return replace(reading, provenance={**reading.provenance, **told})


def _within(lines: list[SummaryLine]) -> list[SummaryLine]:
    """Return the lines without the last of those that may be lacking, as long as they are too many words."""
    kept = list(lines)
    while sum(len(line.text.split()) for line in kept) > _WORDS_MOST:
        spare = next((line for line in reversed(kept) if line.section not in VITAL), None)
        if spare is None:
            break
        kept.remove(spare)
    return kept


def _plain(value: Any) -> Any:  # noqa: ANN401 -- any field of a case
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.model_dump(mode="json")
