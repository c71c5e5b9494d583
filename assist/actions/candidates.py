"""What could be done next: the open steps of the playbooks that may apply, and the safe steps that always do."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assist.actions.progress import evidence, matches, proves
from assist.actions.replies import ask_for_proof, ask_for_wish
from assist.actions.situation import Situation
from assist.domain.action import Citation
from assist.domain.business import Playbook, PlaybookAction, Proof
from assist.domain.findings import Step, StepOutcome, VerificationStatus
from assist.domain.transcript import Role, ToolCall

UNKNOWN = "unknown"
_RIVAL = 0.1  # of the first intent's probability: a second one below this brings no playbook
_GUESS = 0.25  # where no intent is sure enough to be named, a guess below this brings none
_FADING = 0.6  # each later step of a playbook is this much less likely to be the very next
_UNASKED = 0.2  # how likely a check is the next step that no step waits for
_SHOWN = 0.3  # of a playbook's steps must name calls, to tell from calls where the conversation stands
_BEGIN, _PACE, _LONG, _SPREAD = -0.5, 0.6, 8, 0.7


class Source(StrEnum):
    """Where a candidate comes from, the most binding first."""

    PLAYBOOK = "playbook"
    HISTORY = "history"
    CHECK = "check"
    ARTICLE = "article"
    GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible action; `weight` is how likely it is the next by its source, `order` its place among its siblings."""

    action: PlaybookAction
    source: Source
    weight: float
    order: int
    rationale: str
    cites: tuple[Citation, ...] = ()
    reply: str = ""


def cited(turns: tuple[int, ...]) -> tuple[Citation, ...]:
    """Return one citation per turn."""
    return tuple(Citation(turn=turn) for turn in turns)


def from_playbooks(situation: Situation) -> list[Candidate]:
    """Return the steps not yet done, of the playbook of the intent and of rivals; where it is unknown, of the likeliest guesses.

    A step that several playbooks share is as likely as their intents together. Its place counts from where the conversation
    stands: at the first open step where calls can show what was done, else as far on as the customer has been heard.
    """
    intent = situation.intent
    guesses = [(intent.label, intent.confidence), *((a.label, a.confidence) for a in intent.alternatives)]
    least = _GUESS if intent.label == UNKNOWN else _RIVAL * intent.confidence
    found: dict[str, Candidate] = {}
    for label, probability in guesses:
        book = situation.domain.playbook(label)
        if book is None or probability < least:
            continue
        opened = [action for action in book.actions if evidence(action, situation) is None]
        timely = _timely(book, opened, situation)
        for order, action in enumerate(opened):
            likely = probability * timely[order]
            earlier = found.get(action.id)
            if earlier is None:
                found[action.id] = _step(action, book, situation, weight=likely, order=order)
            else:
                found[action.id] = replace(earlier, weight=min(1.0, earlier.weight + likely))
    return list(found.values())


def _timely(book: Playbook, opened: Sequence[PlaybookAction], situation: Situation) -> list[float]:
    """How likely each open step is the very next, by its place alone.

    Where calls can show what was done, the first open step is next, and each later one less likely. A playbook that names no
    calls can only go by the conversation's length: measured on public dialogues, a step takes not quite two customer turns.
    """
    if sum(bool(each.done_by) for each in book.actions) >= _SHOWN * len(book.actions):
        return [_FADING**order for order in range(len(opened))]
    heard = sum(turn.role is Role.CUSTOMER for turn in situation.turns)
    return on_time([book.actions.index(each) for each in opened], heard)


def on_time(places: Sequence[int], heard: int) -> list[float]:
    """Return how near each place of a playbook is to where a conversation stands after so many turns of the customer; they sum to 1."""
    expected = _BEGIN + _PACE * min(heard, _LONG)
    near = [math.exp(-((place - expected) ** 2) / (2 * _SPREAD**2)) for place in places]
    return [value / max(sum(near), 1e-9) for value in near]


def from_precedents(situation: Situation, taken: Sequence[str], found: Sequence[Candidate]) -> list[Candidate]:
    """Return what agents did at similar points and no playbook of the intent has; nothing that is done already."""
    known = {candidate.action.id for candidate in found}
    actions = {action.id: action for book in situation.domain.playbooks for action in book.actions}
    new = [name for name in taken if name not in known]
    made = [actions.get(name) or PlaybookAction(id=name, title=name.replace("_", " ").capitalize()) for name in new]
    why = "Agents did this next in similar conversations."
    turns = cited(situation.intent.turns[-2:])
    return [
        Candidate(action, Source.HISTORY, 0.0, 0, why, turns, action.reply)
        for action in made
        if evidence(action, situation) is None
    ]


def _step(action: PlaybookAction, book: Playbook, situation: Situation, *, weight: float, order: int) -> Candidate:
    cites = (*_article(book.article, situation), *cited(situation.intent.turns[-2:]))
    named = situation.domain.intent(book.intent)
    why = action.rationale or f"It is the next open step for: {(named.name if named else book.intent).lower()}."
    tried = _tried(action, situation)
    if tried is not None:
        why = f"{why} An earlier try {_ENDED[tried.outcome]}."
        cites = (*cites, *cited(tried.turns))
    return Candidate(action, Source.PLAYBOOK, weight, order, why, cites, action.reply)


_ENDED = {StepOutcome.FAILED: "failed", StepOutcome.BLOCKED: "was stopped by a rule"}


def _tried(action: PlaybookAction, situation: Situation) -> Step | None:
    """The step in which this action was tried without success."""
    tools = {index for index, turn in enumerate(situation.transcript.turns) if _called(turn.tool, action)}
    return next(
        (step for step in situation.steps_tried if step.outcome in _ENDED and tools & set(step.turns)),
        None,
    )


def _called(tool: ToolCall | None, action: PlaybookAction) -> bool:
    return tool is not None and tool.name is not None and matches(tool.name, action.done_by)


def _article(article_id: str | None, situation: Situation) -> tuple[Citation, ...]:
    """The playbook's article, with its version where it was retrieved."""
    if article_id is None:
        return ()
    version = next((hit.version for hit in situation.knowledge if hit.article_id == article_id), None)
    return (Citation(article_id=article_id, version=version),)


def check_of_identity(situation: Situation, found: list[Candidate]) -> list[Candidate]:
    """Return a step that verifies the customer, where nothing is proven and no playbook step does it."""
    status = situation.verification.status
    if status is VerificationStatus.VERIFIED or any(
        proves(candidate.action, situation) is Proof.IDENTITY for candidate in found
    ):
        return []
    asks = _asks(situation)
    action = PlaybookAction(id="verify_customer", title="Verify the customer" + (f" by {asks}" if asks else ""))
    failed = status is VerificationStatus.FAILED
    why = "The last check did not pass." if failed else "Nothing has proved yet who the customer is."
    needed = any("verified" in candidate.action.requires for candidate in found)
    weight = _needed_weight(found) if needed else _UNASKED
    cites = cited(situation.verification.turns[-2:])
    return [Candidate(action, Source.CHECK, weight, 0, why, cites, ask_for_proof(situation.language, asks))]


def _asks(situation: Situation) -> str:
    """What the strongest check of the domain asks for, in words."""
    methods = sorted(situation.domain.verification, key=lambda method: method.proves is not Proof.IDENTITY)
    asks = methods[0].asks if methods else ()
    titles = {fact.name: _inside(fact.title) for fact in situation.domain.facts if fact.title}
    words = [titles.get(name, name.replace("_", " ")) for name in asks]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _inside(title: str) -> str:
    """A title as it stands within a sentence; "PIN" keeps its capitals."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def _needed_weight(found: list[Candidate]) -> float:
    return max((candidate.weight for candidate in found if "verified" in candidate.action.requires), default=0.3)


def generic(situation: Situation) -> list[Candidate]:
    """Return steps that are safe whatever the customer wants: ask for the wish, read the best article."""
    found: list[Candidate] = []
    if situation.intent.label == UNKNOWN:
        action = PlaybookAction(id="ask_what_is_needed", title="Ask what the customer needs")
        why = "What the customer wants is not clear from the conversation."
        reply = ask_for_wish(situation.language)
        found.append(Candidate(action, Source.GENERIC, 0.6, 0, why, cited(situation.intent.turns[-2:]), reply))
    if situation.knowledge and not situation.nothing_relevant:
        best = situation.knowledge[0]
        action = PlaybookAction(id="read_article", title=f"Read “{best.title}”")
        cites = (Citation(article_id=best.article_id, version=best.version),)
        found.append(Candidate(action, Source.GENERIC, 0.15 * best.score, 1, "It fits the conversation best.", cites))
    return found
