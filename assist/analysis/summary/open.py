"""What is left open: promises, questions without an answer, what was not done, and whom the customer asked for."""

import re
from collections.abc import Iterator

from assist.analysis.facts.unknowns import unknowns
from assist.analysis.speech.clauses import Clause
from assist.analysis.speech.questions import indirect
from assist.analysis.speech.wording import opened, sentence, shortened, third_person
from assist.analysis.summary.scene import Scene, Statement, cited
from assist.analysis.summary.undone import not_done
from assist.domain.findings import EscalationReason, Section
from assist.domain.transcript import Role


def still_open(scene: Scene) -> Iterator[Statement]:
    """Yield what was not done, what was promised, and whom the customer asked for."""
    yield from _promised(scene)
    yield from _question(scene)
    yield from _not_known(scene)
    yield from not_done(scene)
    yield from _person(scene)


def _promised(scene: Scene) -> Iterator[Statement]:
    for promise in scene.case.promises[-2:]:
        told = shortened(third_person(opened(promise.text), by_customer=False), words=24)
        late = promise.turns[-1] / max(1, len(scene.case.turns) - 1)
        yield Statement(Section.OPEN, sentence(f"The bot said that {told}"), promise.turns, 5.4 + 2.4 * late)


def _not_known(scene: Scene) -> Iterator[Statement]:
    for unknown in unknowns(scene.case):
        yield Statement(Section.OPEN, sentence(f"They could not say {unknown.text}"), unknown.turns, 7.4)


def _person(scene: Scene) -> Iterator[Statement]:
    humans = scene.of(Clause.HUMAN)
    case = scene.case
    accepted = _accepted(scene)
    if not humans and not accepted:
        if case.sentiment.frustrated:
            turns = case.sentiment.turns or (scene.last_customer_turn,)
            yield Statement(Section.OPEN, "They are frustrated.", turns, 4.0)
        return
    turn = humans[-1].turn if humans else accepted[0]
    mood = "are frustrated and " if case.sentiment.frustrated else ""
    wanted = next(
        (word for word in ("supervisor", "manager") if any(word in c.text.lower() for c in humans)), "human agent"
    )
    if accepted and case.escalation.reason is not EscalationReason.CUSTOMER_REQUEST:
        text = f"They {mood}accepted a transfer to a {wanted}"
    else:
        act = next((act for c in humans if (act := _asked_for(c.text))), f"speak to a {wanted}")
        text = f"They {mood}asked to {act}"
    yield Statement(Section.OPEN, sentence(text), cited((turn,), tuple(c.turn for c in humans[-2:-1])), 7.2)


def _accepted(scene: Scene) -> tuple[int, ...]:
    """Return the last turn in which the customer said yes to an offered transfer."""
    for index, turn in reversed(scene.case.transcript.of(Role.CUSTOMER)):
        before = next((t for t in reversed(scene.case.turns[:index]) if t.role in {Role.BOT, Role.AGENT}), None)
        if before is not None and _TRANSFER.search(before.text) and _SAYS_YES.match(turn.text):
            return (index,)
    return ()


_SAYS_YES = re.compile(r"^\W*(?:yes|yeah|yep|sure|ok(?:ay)?|please|that would|i would appreciate)\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:speak(?:ing)?|talk(?:ing)?|escalate|be (?:transferred|connected))\b.*", re.IGNORECASE)
_PLACED_LAST = re.compile(r"\b(?:speak|talk) (?:to|with)(?: about this)?$", re.IGNORECASE)
_ASKED_LONGEST = 14


def _asked_for(text: str) -> str | None:
    """Return whom they want to speak to, in their words, where these stand by themselves."""
    match = _ASKED.search(text)
    if match is None or len(match[0].split()) > _ASKED_LONGEST or _PLACED_LAST.search(match[0]):
        return None
    act = re.sub(r"^(speak|talk)ing\b", r"\1", match[0], flags=re.IGNORECASE)
    return third_person(opened(act), by_customer=True) if len(act.split()) > 2 else None  # noqa: PLR2004 -- "speak to" alone


_TRANSFER = re.compile(r"\b(?:transfer|connect|human agent|supervisor)\b", re.IGNORECASE)


def _question(scene: Scene) -> Iterator[Statement]:
    """Yield the customer's last question where nobody answered it."""
    questions = [clause for clause in scene.of(Clause.QUESTION) if not _RHETORICAL.search(clause.text)]
    if not questions:
        return
    last = questions[-1]
    answered = any(turn.role in {Role.BOT, Role.AGENT} for turn in scene.case.turns[last.turn + 1 :])
    if not answered and last.turn == scene.last_customer_turn:
        text = f"They ask {indirect(last.text)}; this is still unanswered"
        yield Statement(Section.OPEN, sentence(text), (last.turn,), 8.0)


_RHETORICAL = re.compile(
    r"\b(?:kidding|joking|serious|insane|crazy|are you (?:a |an )?(?:bot|robot|human|real|machine|deaf|stupid))\b",
    re.IGNORECASE,
)
