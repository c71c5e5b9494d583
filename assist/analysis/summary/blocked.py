"""What blocks, and what the customer holds against it."""

import re
from collections.abc import Iterator

from assist.analysis.speech.clauses import Clause
from assist.analysis.speech.refusals import is_refusal
from assist.analysis.speech.sentences import Sentence, sentences
from assist.analysis.speech.values import plain
from assist.analysis.speech.wording import opened, sentence, shortened, third_person
from assist.analysis.summary.records import failures
from assist.analysis.summary.scene import Scene, Statement, cited
from assist.domain.findings import Section, StepOutcome
from assist.domain.transcript import Role

_WHY = re.compile(
    r"\b(?:because|since|as|due to|policy|non-?refundable|only|according to|which is|must)\b", re.IGNORECASE
)
_REFUSES = re.compile(
    r"\b(?:unable|cannot|can'?t|not (?:able|allowed|permitted|possible|eligible)|non-?refundable|only)\b", re.IGNORECASE
)
_OFFER = re.compile(
    r"\b(?:transfer you|human agent|let me know|feel free|would you like|recommend|if you)\b", re.IGNORECASE
)
_SENTENCE = 4  # words; fewer are a fragment
_COUNTS = {1: "", 2: " twice"}


def blocked(scene: Scene) -> Iterator[Statement]:
    """Yield why the bot did not do it, then what the customer holds against that."""
    refusals = _refusals(scene)
    best = max(refusals, key=lambda s: _weight(scene, s), default=None)
    if best is not None:
        times = len({s.turn for s in refusals if _REFUSES.search(s.core)})
        verb = (
            f"refused{_COUNTS.get(times, ' several times')}, saying that"
            if _REFUSES.search(best.core) and times
            else "said that"
        )
        turns = {s.turn for s in refusals if _REFUSES.search(s.core)} | {best.turn}
        text = f"The bot {verb} {_by_bot(best, words=28)}"
        yield Statement(Section.BLOCKED, sentence(text), tuple(sorted(turns)), 8.5)
        yield from _grounds(scene, best)
        refusals = [s for s in refusals if not _PUZZLED.search(s.core)]
        told = [best]
        for other in sorted(refusals, key=lambda s: -_weight(scene, s)):
            if len(told) < _MOST and all(_adds(other, one) for one in told):
                text = sentence(f"{_ALSO}{_by_bot(other, words=24)}")
                yield Statement(Section.BLOCKED, text, (other.turn,), 6.6 - 0.4 * len(told), lead=_ALSO)
                told.append(other)
    yield from _stuck(scene)
    yield from _errors(scene)
    yield from _claims(scene)


def _grounds(scene: Scene, best: Sentence) -> Iterator[Statement]:
    """Yield the sentence before a refusal where it states what the refusal rests on: "It is a basic fare. I can't refund it."."""
    before: Sentence | None = None
    for said in sentences(best.turn, scene.case.turns[best.turn].text):
        if said.core == best.core:
            break
        before = said
    if before is not None and _states(before) and not is_refusal(before.text):
        text = sentence(f"{_ALSO}{_by_bot(before, words=24)}")
        yield Statement(Section.BLOCKED, text, (before.turn,), 7.3, lead=_ALSO)


def _states(said: Sentence) -> bool:
    words = said.core.split()
    return (
        len(words) > _SENTENCE
        and not said.is_question
        and bool(_FACT.search(said.core))
        and not _COMFORTS.search(said.text)
        and not _OFFER.search(said.core)
    )


_FACT = re.compile(
    r"\b(?:is|are|was|were|has|have|had|costs?|ended|closed|expired|needs?|requires?|applies|covers?|allows?|shows?|says|starts?|ends?)\b",
    re.IGNORECASE,
)
_COMFORTS = re.compile(
    r"\b(?:sorry|understand|apologi[sz]e|thank(?:s| you)|appreciate|grateful|hope|hard time|frustrat\w+|inconvenience|let me|i (?:will|can|could|would|know)|please|welcome|you(?:['’]re| are) right)\b",
    re.IGNORECASE,
)
_MOST = 3
_ALSO = "It also said that "
_PUZZLED = re.compile(r"\bunderstand what\b", re.IGNORECASE)


def _by_bot(said: Sentence, *, words: int) -> str:
    return shortened(third_person(opened(said.core), by_customer=False), words=words)


def _refusals(scene: Scene) -> list[Sentence]:
    found: list[Sentence] = []
    for index, turn in scene.case.transcript.of(Role.BOT, Role.AGENT):
        if is_refusal(turn.text):
            found += [
                s
                for s in sentences(index, turn.text)
                if not s.is_question
                and len(s.core.split()) >= _SENTENCE
                and (is_refusal(s.text) or _WHY.search(s.core))
                and not _OFFER.search(s.core)
            ]
    return [s for s in found if is_refusal(s.text)] or found


def _weight(scene: Scene, said: Sentence) -> float:
    words = set(re.findall(r"[a-z]{4,}", said.core.lower()))
    values = len(re.findall(r"\d[\d.,:-]*|\b[A-Z]\w*\d\w*", said.core))
    late = said.turn / max(1, len(scene.case.turns))
    blocked_turns = {t for step in scene.case.steps_tried if step.outcome is StepOutcome.BLOCKED for t in step.turns}
    return (
        0.12 * min(len(words), 16)
        + 1.2 * bool(_WHY.search(said.core))
        + 0.4 * min(values, 2)
        + 0.8 * (said.turn in blocked_turns)
        + 0.6 * late
    )


def _adds(said: Sentence, best: Sentence) -> bool:
    new = set(re.findall(r"[a-z0-9-]{4,}", said.core.lower())) - set(re.findall(r"[a-z0-9-]{4,}", best.core.lower()))
    return said is not best and len(new) >= 4  # noqa: PLR2004 -- fewer are another wording


_STUCK = re.compile(
    r"^The bot (?:did not understand the customer|asked the same question|said the same)\b.*\b(?:twice|\d+ times)"
)


def _stuck(scene: Scene) -> Iterator[Statement]:
    """Yield how often the bot did not understand, or said and asked the same."""
    for trigger in scene.case.escalation.triggers:
        if _STUCK.match(trigger.detail):
            text = trigger.detail.replace("said the same", "gave the same answer").replace("the customer", "them")
            yield Statement(Section.BLOCKED, sentence(text), trigger.turns, 7.0)
            return


def _errors(scene: Scene) -> Iterator[Statement]:
    """Yield the message of a back-end call that failed, where no step and no word of the bot tells it."""
    stepped = {t for step in scene.case.steps_tried if step.outcome is StepOutcome.FAILED for t in step.turns}
    for index, why in failures(scene):
        after = " ".join(t.text for t in scene.case.turns[index : index + 3] if t.role is not Role.TOOL)
        if index not in stepped and not is_refusal(after):
            yield Statement(Section.BLOCKED, sentence(f"The system answered: {why}"), (index,), 6.0)


def _claims(scene: Scene) -> Iterator[Statement]:
    claims = scene.of(Clause.CLAIM)
    if not claims:
        return
    best = max(claims, key=lambda c: (len(re.findall(r"\d", c.text)) > 0, min(len(c.text.split()), 12), c.turn))
    same = [c.turn for c in claims if len(set(plain(c.text).split()) & set(plain(best.text).split())) >= 3]  # noqa: PLR2004 -- the same matter
    text = re.sub(r"^i(?:'m| am) (?:sure|certain|positive)(?: that)?\s+", "", best.text, flags=re.IGNORECASE)
    told = shortened(third_person(opened(text), by_customer=True), words=20)
    yield Statement(Section.BLOCKED, sentence(f"They insist that {told}"), cited((best.turn,), tuple(same)), 8.0)
