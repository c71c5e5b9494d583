"""The kinds of mistakes that cost most, each with an example and what would mend it."""

from dataclasses import dataclass
from typing import Final

from evals.log import CaseEntry, ErrorKind

WORST: Final = 10

_REMEDIES: Final = (
    # the beginning of a kind -> what to change; the first that fits counts
    ("verification: FALSE VERIFIED", "Stop the release. Look which check was taken for proof, and narrow `proves` or `passed_phrases` of that method."),
    ("verification", "Name the check's tool and what passes or fails it under `verification` of the domain."),
    ("DANGER: a secret", "Teach the redaction the form in which the secret was written."),
    ("DANGER: an invented", "Look which stage or prompt wrote it; the grounding gate should have refused it."),
    ("DANGER: a citation", "A stage cites turns that are not there: a fault in the code that made the statement."),
    ("DANGER: a missed escalation", "Add an escalation rule to the domain, or example words to the one that should have fired."),
    ("DANGER: no summary", "A stage broke, or the model's answer was refused whole: see `provenance` of the packet."),
    ("intent: a known wish called unknown", "Add the customer's words as an utterance of the intent, or run `assist train`."),
    ("intent: an unknown wish", "Add the words to an intent of their own, or to a neighbouring domain."),
    ("intent", "Give both intents utterances that tell them apart."),
    ("steps: missed", "Add the tool under `steps` of the domain; of steps without a tool, teach the bot's wording."),
    ("steps: outcome", "Teach the signs of success and failure in that tool's results."),
    ("steps: not a labelled step", "Either the label lacks it, or a question was taken for a step: read the example."),
    ("facts: missed", "Add the value under `facts` of the domain, by pattern or by key."),
    ("facts", "A value is worded differently from its turn: copy it as it stands."),
    ("escalation", "Check the order of reasons in the domain's rules: the root cause comes first."),
    ("asks for a human", "Add the customer's wording to the examples of asking for a human."),
    ("sentiment", "Add the wording to the examples of that mood."),
    ("frustrated", "Add the wording to the examples of frustration."),
    ("trend", "Look at the moods by turn: one turn in the middle is read wrongly."),
    ("summary: a vital fact", "Find the fact in the transcript: where no stage finds it, the summary cannot state it."),
    ("summary: unsupported", "The statement's turns do not hold its values: cite the turn that does, or leave it out."),
    ("summary: an invented", "The value stands nowhere: look which stage wrote it."),
    ("summary: too long", "Lower what the section may hold, or merge steps of one kind."),
    ("knowledge", "Give the article the customers' words in its title or first section, or name it in the playbook."),
    ("actions", "Add the step to the intent's playbook, in the words an agent would use."),
    ("sections", "Say in the section's instruction what may be answered, or list `values`."),
    ("judge", "Read the judge's reason beside the transcript; then the stage that wrote the statement."),
)  # fmt: skip


@dataclass(slots=True)
class _Kind:
    count: int
    weight: float
    case_id: str
    example: str
    heaviest: float


class Mistakes:
    """Takes cases one by one and keeps of each kind of mistake its number and one example."""

    def __init__(self) -> None:
        self._kinds: dict[str, _Kind] = {}

    def add(self, entry: CaseEntry) -> None:
        """Take the mistakes of a case."""
        for mistake in (mistake for score in entry.scores for mistake in score.mistakes):
            known = self._kinds.get(mistake.kind)
            if known is None:
                self._kinds[mistake.kind] = _Kind(1, mistake.weight, entry.case_id, mistake.detail, mistake.weight)
                continue
            known.count += 1
            known.weight += mistake.weight
            if mistake.weight > known.heaviest:
                known.case_id, known.example, known.heaviest = entry.case_id, mistake.detail, mistake.weight

    def worst(self, *, most: int = WORST) -> tuple[ErrorKind, ...]:
        """Return the kinds that cost most: their number times how bad one is."""
        found = sorted(self._kinds.items(), key=lambda each: (-each[1].weight, each[0]))[:most]
        return tuple(
            ErrorKind(
                kind=kind,
                count=seen.count,
                weight=seen.weight,
                case_id=seen.case_id,
                example=seen.example,
                remedy=remedy(kind),
            )
            for kind, seen in found
        )


def remedy(kind: str) -> str:
    """Return what would mend mistakes of this kind; empty where nobody knows better than the example."""
    return next((what for beginning, what in _REMEDIES if kind.startswith(beginning)), "")
