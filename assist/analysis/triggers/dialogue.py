"""Conditions on how the conversation goes: understood or not, moving or going round."""

import re
from typing import Final

from assist.analysis.identity.questions import sentences
from assist.analysis.speech.repeats import runs
from assist.analysis.steps.bot_moves import REFUSALS, TRANSFER, Move
from assist.analysis.steps.customer_replies import Reply, customer_before, reading
from assist.analysis.triggers.obstacles import Obstacle
from assist.analysis.triggers.reading import NOTHING, Reading, times
from assist.analysis.triggers.scene import TROUBLE, Scene
from assist.domain.business import EscalationRule
from assist.domain.transcript import Role

_ROUTINE: Final = re.compile(
    r"\banything else\b|\bgood ?bye\b|\bhow (?:can|may) i (?:help|assist)\b|\bhave a (?:great|nice|good)\b|\bthank(?:s| you)\b|\bwelcome\b",
    re.IGNORECASE,
)


def not_understood(scene: Scene, _: EscalationRule) -> Reading:
    """How often the bot did not understand, by its own word, by the platform's fallback, or since the customer corrected it."""
    turns = {*scene.with_move(Move.NOT_UNDERSTOOD), *scene.facing(Obstacle.UNDERSTANDING)}
    for index in scene.customer_turns:
        turn = scene.case.turns[index]
        fallback = turn.nlu is not None and turn.nlu.intent is not None and "fallback" in turn.nlu.intent.lower()
        if fallback or index in scene.corrected:
            turns.add(index)
    lost = [turn for turn in sorted(turns) if scene.still_open(turn)]
    if not lost:
        return NOTHING
    # A correction as the customer's last word weighs double: nobody has answered it. So does giving up on it.
    last = scene.customer_turns[-1:] == lost[-1:] or bool(scene.handed_over)
    return Reading(float(len(lost) + last), tuple(lost), f"The bot did not understand the customer {times(len(lost))}.")


def low_confidence(scene: Scene, rule: EscalationRule) -> Reading:
    """How unsure the bot's own understanding was of the last customer turns; the level is 1 minus its confidence."""
    limit = 0.4 if rule.threshold is None else rule.threshold
    heard = [
        (i, nlu.confidence)
        for i in scene.customer_turns
        if (nlu := scene.case.turns[i].nlu) and nlu.confidence is not None
    ]
    if not heard:
        return NOTHING
    recent = heard[-2:]
    mean = sum(confidence for _, confidence in recent) / len(recent)
    if len(recent) < 2 and mean >= limit / 2:  # noqa: PLR2004 -- one unsure turn is no pattern
        return NOTHING
    return Reading(
        mean, tuple(i for i, _ in recent), f"The bot was only {mean:.0%} sure of what the customer said last."
    )


def repeated_prompt(scene: Scene, _: EscalationRule) -> Reading:
    """How often the bot asked the same question."""
    asked = [i for i in _telling(scene) if "?" in scene.case.turns[i].text or Move.ASKS_INFORMATION in scene.moves[i]]
    group = _largest_group(scene, asked)
    if len(group) < 2 or scene.over:  # noqa: PLR2004 -- asked once is not repeated
        return NOTHING
    return Reading(float(len(group)), tuple(group), f"The bot asked the same question {times(len(group))}.")


def loop(scene: Scene, _: EscalationRule) -> Reading:
    """How often the bot said again what it had said."""
    group = _largest_group(scene, _telling(scene))
    if len(group) < 2 or scene.over:  # noqa: PLR2004 -- said once is no loop
        return NOTHING
    return Reading(float(len(group) - 1), tuple(group), f"The bot said the same {times(len(group))}.")


def no_progress(scene: Scene, _: EscalationRule) -> Reading:
    """How many customer turns in a row brought nothing: refused, not understood, nothing found, or asked again.

    A turn that the bot has not answered yet brought nothing so far only where the customer is angry as well; where that
    is so, or the bot gives up on it, each counts double.
    """
    good = [i for i in scene.customer_turns if not is_stuck(scene, i)]
    row = [i for i in scene.customer_turns if i > max((*good, *scene.worked), default=-1)]
    answered = [i for i in row if any(turn > i for turn in scene.moves)]
    if not answered or scene.over:
        return NOTHING
    counted = row if scene.case.sentiment.frustrated else answered
    given_up = scene.case.sentiment.frustrated or bool(scene.handed_over)
    return Reading(
        float(len(counted) * (1 + given_up)),
        tuple(counted),
        f"Nothing was achieved in the customer's last {len(counted)} turns.",
    )


def long_interaction(scene: Scene, _: EscalationRule) -> Reading:
    """How many turns the customer has taken."""
    count = len(scene.customer_turns)
    return Reading(float(count), tuple(scene.customer_turns[-1:]), f"The customer has written {count} times.")


def is_stuck(scene: Scene, index: int) -> bool:
    """Whether the bot's answer to a customer turn brought nothing; an unanswered one is judged by what came before it."""
    answers = []
    for later in range(index + 1, len(scene.case.turns)):
        if scene.case.turns[later].role is Role.CUSTOMER:
            break
        answers.append(later)
    bots = [i for i in answers if i in scene.moves and not _ROUTINE.search(scene.case.turns[i].text)]
    if not bots:
        before = customer_before(scene.case, index)
        return before is not None and is_stuck(scene, before)
    found = scene.moves[bots[-1]]
    bad = REFUSALS | TRANSFER | {Move.NOT_UNDERSTOOD, Move.REPORTS_FAILURE, Move.DISPUTES_RECORD, Move.DOES_NOT_KNOW}
    return bool(found & bad) or _said_before(scene, bots[-1])


def _telling(scene: Scene) -> list[int]:
    """The bot's turns that are not mere form and tell nothing new."""
    return [
        i
        for i in scene.moves
        if not _ROUTINE.search(scene.case.turns[i].text) and not (scene.told_before[i] and _brings_news(scene, i))
    ]


def _brings_news(scene: Scene, index: int) -> bool:
    """Whether a turn that ends with an old question says something new first, and no trouble: each leg of a route, say."""
    if scene.moves[index] & TROUBLE or scene.obstacles.get(index):
        return False
    text = scene.case.turns[index].text
    told = [part for part in sentences(text) if not part.rstrip().endswith("?")]
    old = {run for earlier in scene.told_before[index] for run in runs(scene.case.turns[earlier].text)}
    return text.rstrip().endswith("?") and any((new := runs(part)) and not new & old for part in told)


def _said_before(scene: Scene, index: int) -> bool:
    return any(not _got_on(scene, earlier, index) for earlier in scene.told_before[index])


def _largest_group(scene: Scene, turns: list[int]) -> list[int]:
    """The turns that say the same as the last of them, where nothing has worked in between; the largest such group."""
    groups: list[list[int]] = []
    belongs: dict[int, list[int]] = {}
    for index in turns:
        same = (belongs[earlier] for earlier in reversed(scene.told_before[index]) if earlier in belongs)
        group = next((group for group in same if not _got_on(scene, group[-1], index)), None)
        if group is None:
            groups.append(group := [])
        group.append(index)
        belongs[index] = group
    return max(groups, key=len, default=[])


def _got_on(scene: Scene, start: int, end: int) -> bool:
    """Whether a call worked between two turns of the bot, or the customer agreed to the first."""
    if any(start < good < end for good in scene.worked):
        return True
    answer = next((i for i in scene.customer_turns if start < i < end), None)
    return answer is not None and reading(scene.case.turns[answer].text) is Reply.ACCEPTS
