"""What the customer wants and nobody did, as far as the conversation shows."""

import re
from collections.abc import Iterator

from assist.analysis.facts.fields import key_words
from assist.analysis.speech.clauses import Clause
from assist.analysis.speech.refusals import is_refusal
from assist.analysis.speech.sentences import sentences
from assist.analysis.speech.wording import opened
from assist.analysis.summary.scene import Scene, Statement, cited
from assist.domain.findings import Section, StepOutcome
from assist.domain.transcript import Role

_LOST = r"lost(?! (?:\w+ ){0,2}(?:job|work|income|patience|time|connection|signal|mother|father|husband|wife|son|daughter|parents?)\b)"
_FAMILIES: tuple[tuple[str, str, str], ...] = (
    (r"cancel\w*", r"cancel\w*", "Nothing has been cancelled yet."),
    (r"return\w*", r"return\w*", "The return has not been started yet."),
    (r"exchang\w*", r"exchang\w*", "The exchange has not been made yet."),
    (
        r"refund\w*|money back|get back|compensat\w*",
        r"refund\w*|certificate\w*|credit\w*|compensat\w*",
        "No refund has been made yet.",
    ),
    (r"reset|recover|password", r"reset|recover\w*|password", "The password has not been recovered yet."),
    (
        rf"report|fraud|stole\w*|{_LOST}|withdr\w+|suspicious|unauthori[sz]ed|authorize|weird charge",
        r"report\w*|block\w*|fraud\w*|submit\w*",
        "No report has been filed and nothing has been blocked.",
    ),
    (r"schedul\w*|appointment|viewing", r"schedul\w*|book\w*|appointment", "Nothing has been scheduled yet."),
    (r"book\w*|reserv\w*", r"book\w*|reserv\w*", "Nothing has been booked yet."),
    (r"order|buy|purchase", r"order\w*|purchas\w*|place\w*", "Nothing has been ordered yet."),
    (r"upgrad\w*", r"upgrad\w*", "The upgrade has not been made yet."),
    (r"remov\w*", r"remov\w*", "Nothing has been removed yet."),
    (
        r"chang\w*|modif\w*|updat\w*|mov\w*|switch\w*|rename|correct",
        r"chang\w*|modif\w*|updat\w*|mov\w*|upgrad\w*",
        "The change has not been made yet.",
    ),
    (r"balance", r"balance|check\w*", "The balance has not been given yet."),
)
_DONE = re.compile(
    r"\b(?:successfully|has been|have been|is (?:now )?(?:booked|confirmed|done|cancelled|canceled|complete\w*|all done)|i(?:'ve| have)|are (?:now )?booked|your (?:current )?balance is|"
    r"reservation confirmed|submitted)\b",
    re.IGNORECASE,
)


def not_done(scene: Scene) -> Iterator[Statement]:
    """Yield the one thing asked for that nobody did; where anything may mean that it was done, nothing."""
    wishes = scene.of(Clause.WISH, Clause.THING, Clause.PROBLEM, Clause.HELP)
    if not wishes:
        return
    for clause in sorted(wishes, key=lambda c: (-_about_intent(scene, c.text), -c.turn)):
        if clause.kind is Clause.PROBLEM and not _REPORTABLE.search(clause.text):
            continue
        heads = _heads(
            clause.text, whole=clause.kind in {Clause.THING, Clause.PROBLEM, Clause.HELP} or "balance" in clause.text
        )
        label = scene.case.intent.label.replace("_", " ")
        for pattern, done, text in sorted(_FAMILIES, key=lambda family: not re.search(rf"\b(?:{family[0]})\b", label)):
            if not re.search(rf"\b(?:{pattern})\b", heads, re.IGNORECASE):
                continue
            if not _was_done(scene, done, after=clause.turn):
                agreed = _agreed(scene)
                told = f"They have confirmed, but {opened(text)}" if agreed else text
                yield Statement(Section.OPEN, told, cited((clause.turn, len(scene.case.turns) - 1), agreed), 6.9)
            return


_REPORTABLE = re.compile(
    rf"\b(?:fraud\w*|stole\w*|{_LOST}|withdr\w+|suspicious|unauthori[sz]ed|authorize|weird charge)\b", re.IGNORECASE
)


def _about_intent(scene: Scene, text: str) -> int:
    definition = scene.case.domain.intent(scene.case.intent.label)
    about = f"{scene.case.intent.label.replace('_', ' ')} {definition.wants if definition else ''}".lower()
    return sum(1 for word in set(re.findall(r"[a-z]{4,}", text.lower())) if word[:5] in about)


def _heads(text: str, *, whole: bool) -> str:
    """Return the verbs of a wish: its first words, and those after "and"; of a thing wanted or a problem all words."""
    if whole:
        return text
    return " / ".join(" ".join(part.split()[:2]) for part in re.split(r"\band\b|,", text))


def _agreed(scene: Scene) -> tuple[int, ...]:
    """Return the turn in which the customer last agreed to what the bot proposed, if nothing was said after it."""
    turn = scene.last_customer_turn
    before = next(
        (scene.case.turns[i] for i in range(turn - 1, -1, -1) if scene.case.turns[i].role is not Role.TOOL), None
    )
    proposed = before is not None and before.role in {Role.BOT, Role.AGENT} and _PROPOSES.search(before.text)
    return (
        (turn,)
        if proposed and _AGREES.match(scene.case.turns[turn].text) and not _HANDOVER.search(scene.case.turns[turn].text)
        else ()
    )


_PROPOSES = re.compile(
    r"\b(?:please confirm|confirm (?:the|these|if)|would you like (?:me )?to (?:proceed|go ahead)|shall i|should i|do you want me to|is that correct)\b",
    re.IGNORECASE,
)
_AGREES = re.compile(
    r"^\W*(?:yes|yeah|yep|sure|correct|that'?s (?:right|correct|fine)|ok(?:ay)?|please (?:do|proceed|go ahead)|go ahead|confirmed)\b(?!.*\b(?:transfer|human)\b)",
    re.IGNORECASE,
)


def _was_done(scene: Scene, done: str, *, after: int) -> bool:
    """Say whether anything in the conversation may mean that it was done: then nothing is said of it."""
    pattern = re.compile(rf"\b(?:{done})\b", re.IGNORECASE)
    if any(
        step.outcome is StepOutcome.SUCCEEDED
        and pattern.search(step.action)
        and not re.match(r"(?:look|check|search|find|collect|propos|offer)", step.action, re.IGNORECASE)
        for step in scene.case.steps_tried
    ):
        return True
    for index, turn in enumerate(scene.case.turns):
        if index <= after:
            continue
        if turn.role in {Role.BOT, Role.AGENT} and any(
            _DONE.search(s.core) and pattern.search(s.core) and not is_refusal(s.core)
            for s in sentences(index, turn.text)
        ):
            return True
        if turn.role is Role.TOOL and _is_unnamed(scene, index):
            return True
        if (
            turn.role is Role.TOOL
            and turn.tool is not None
            and turn.tool.ok is not False
            and _changes(turn.tool.name or "", pattern)
        ):
            return True
    return False


_READS = re.compile(
    r"^(?:get|find|list|search|check|calculate|think|look ?up|query|fetch|retrieve|read|verify|auth\w*|transfer|show|view|track|validate|log|note)\b",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"\b(?:update|change|modify|cancel|book|return|exchange|refund|send|create|submit|file|add|remove|set|reset|place|order|make|issue|apply|upgrade|schedule|reserve|"
    r"block|activate|report|process|pay|credit)\b",
    re.IGNORECASE,
)


def _changes(name: str, done: re.Pattern[str]) -> bool:
    """Say whether a call of this name changes something: what it changed may be what was asked for."""
    words = " ".join(key_words(name).split("_"))
    return not _READS.match(words) and bool(_DOES.search(words) or done.search(words))


def _is_unnamed(scene: Scene, index: int) -> bool:
    """Say whether a call without a name followed the customer's yes: it may well have been what they agreed to."""
    turn, before = scene.case.turns[index], scene.case.turns[index - 1] if index else None
    named = turn.tool is not None and turn.tool.name
    worked = turn.tool is None or turn.tool.ok is not False
    return (
        not named
        and worked
        and before is not None
        and before.role is Role.CUSTOMER
        and bool(_AGREES.match(before.text))
    )


_HANDOVER = re.compile(r"\b(?:transfer|connect|human agent|supervisor)\b", re.IGNORECASE)
