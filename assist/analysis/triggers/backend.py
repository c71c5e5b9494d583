"""Conditions on what the bot could not or may not do: checks, calls, rules, abilities, knowledge."""

import re
from typing import Final

from assist.analysis.speech.phrases import phrase_book
from assist.analysis.steps.bot_moves import Move
from assist.analysis.steps.customer_replies import customer_before
from assist.analysis.tools.results import ResultKind, ToolResult
from assist.analysis.triggers.obstacles import Obstacle
from assist.analysis.triggers.reading import NOTHING, Reading, times
from assist.analysis.triggers.scene import Scene
from assist.domain.business import EscalationRule
from assist.domain.findings import AttemptOutcome, VerificationStatus

_DOWN: Final = re.compile(
    r"\b(?:service|system|server|host|upstream|gateway|back ?end|timed? ?out|50[0234])\b", re.IGNORECASE
)
"""A message that speaks of the machinery, though it uses the words for a thing that is not to be had."""

_PERMITS: Final = frozenset(
    {"allowed", "permitted", "eligible", "refundable", "changeable", "returnable", "cancellable"}
)
_RULED: Final = re.compile(
    r"\b(?:polic(?:y|ies)|limit|not eligible|ineligible|not (?:allowed|permitted|refundable)|approval|"
    r"(?:outside|past) (?:of )?(?:the )?\w* ?(?:window|period)|(?:window|period) (?:closed|expired|over))\b",
    re.IGNORECASE,
)


def verification_failed(scene: Scene, _: EscalationRule) -> Reading:
    """How many checks failed, and how many details were asked for in vain, where the customer is not verified in the end.

    What the bot says of a check counts as well as what a call brought.
    """
    found = scene.case.verification
    told = scene.facing(Obstacle.IDENTITY)
    if found.status is VerificationStatus.VERIFIED or (found.status is not VerificationStatus.FAILED and not told):
        return NOTHING
    failed = [attempt for attempt in found.attempts if attempt.outcome is AttemptOutcome.FAILED]
    in_vain = [e for e in scene.identity.exchanges if e.credentials & e.withheld]
    turns = {turn for attempt in failed for turn in attempt.turns} | {turn for e in in_vain for turn in e.turns}
    turns |= {*told}
    level = max(len(failed) + len(in_vain), len(told), 1)
    return Reading(float(level), tuple(sorted(turns or found.turns)), "The customer could not be verified.")


def tool_failed(scene: Scene, _: EscalationRule) -> Reading:
    """How many calls broke and did not work when tried again; where that ends in a hand-over, each counts double."""
    mended = {r.name: r.turn for r in scene.results if r.kind is ResultKind.OK}
    good = max((r.turn for r in scene.results if r.turn in scene.acted), default=-1)
    broken = [r for r in scene.results if _broke(r) and r.turn > mended.get(r.name, good if r.name is None else -1)]
    told = [i for i in scene.facing(Obstacle.SYSTEM) if scene.not_lifted(i) and not scene.over]
    if not broken and not told:
        return NOTHING
    name = next((r.name for r in broken if r.name), None)
    what = f"The call {name!r}" if name else "A call to the back end"
    count = max(len(broken), len(told))
    level = count * (1 + bool(scene.handed_over))
    turns = tuple(r.turn for r in broken) or tuple(told)
    detail = f"{what} failed {times(len(broken))}." if broken else "The bot says that its system fails."
    return Reading(float(level), turns, detail)


def _ruled_out(result: ToolResult) -> bool:
    """Whether the back end says that a rule is against it."""
    data = result.data if isinstance(result.data, dict) else {}
    denied = any(value is False for key, value in data.items() if str(key).lower() in _PERMITS)
    said = result.failed and _RULED.search(result.message) is not None
    return denied or (said and not _DOWN.search(result.message))


def _broke(result: ToolResult) -> bool:
    down = result.kind is ResultKind.NOTHING and _DOWN.search(result.message)
    return result.kind is ResultKind.ERROR or bool(down)


def nothing_found(scene: Scene, _: EscalationRule) -> Reading:
    """Whether the bot did not know, or no article fits; an empty search answers too, as long as nothing was found since.

    Not to know and to leave it at that, or to pass the customer on for it, counts double.
    """
    lost = {*scene.with_move(Move.DOES_NOT_KNOW), *scene.facing(Obstacle.KNOWLEDGE)}
    empty = {r.turn for r in scene.results if r.kind is ResultKind.NOTHING and "search" in r.words}
    turns = [i for i in sorted(lost | empty) if scene.still_open(i)]
    if not turns or scene.over:
        return NOTHING
    left_at_that = bool(scene.handed_over) or turns[-1] == max(scene.moves, default=-1)
    level = len(turns) * (1 + left_at_that)
    return Reading(float(level), tuple(turns), "The bot found nothing on what the customer asked.")


def policy_refusal(scene: Scene, rule: EscalationRule) -> Reading:
    """How often a rule forbade what the customer wants, as far as that is still open; asking for an exception counts."""
    refused = _open_turns(scene, Move.REFUSES_BY_POLICY, rule.words)
    ruled = [] if scene.over else [r.turn for r in scene.results if _ruled_out(r) and scene.not_lifted(r.turn)]
    if ruled and not refused:
        return Reading(float(len(ruled)), tuple(ruled), "The back end refused because a rule forbids it.")
    if refused:
        turns = sorted({t for i in refused for t in (customer_before(scene.case, i), i) if t is not None})
        return Reading(
            float(len(refused)), tuple(turns), f"The bot refused {times(len(refused))} because a rule forbids it."
        )
    exception = phrase_book("customer_signs")["exception"]
    wished = [i for i in scene.customer_turns if exception.search(scene.case.turns[i].text) and scene.still_open(i)]
    if wished:
        return Reading(float(len(wished)), tuple(wished), "The customer asks for an exception to a rule.")
    return NOTHING


def out_of_scope(scene: Scene, rule: EscalationRule) -> Reading:
    """How often the bot had no ability for what the customer wants, or could not settle whether its record is right."""
    unable = _open_turns(scene, Move.CANNOT_DO, rule.words)
    disputed = [i for i in scene.with_move(Move.DISPUTES_RECORD) if scene.still_open(i) and scene.results]
    turns = sorted({*unable, *disputed})
    if not turns:
        return NOTHING
    why = (
        "The bot has no ability for what the customer wants."
        if unable
        else "The customer says that the record is wrong."
    )
    return Reading(float(len(turns)), tuple(turns), why)


def bot_handoff(scene: Scene, rule: EscalationRule) -> Reading:
    """Whether the bot passed the customer to a human, or offered to as its last word."""
    if scene.handed_over:
        return Reading(1.0, tuple(scene.handed_over), "The bot passes the customer to a human.")
    offers = _open_turns(scene, Move.OFFERS_TRANSFER, ()) + _open_turns(scene, Move.TRANSFERS, rule.words)
    last = max(scene.moves, default=-1)
    if last not in offers:
        return NOTHING
    return Reading(1.0, (last,), "The bot offers to pass the customer to a human.")


_NAMES: Final = {Move.REFUSES_BY_POLICY: Obstacle.RULE, Move.CANNOT_DO: Obstacle.REMIT}


def _open_turns(scene: Scene, move: Move, words: tuple[str, ...]) -> list[int]:
    """The bot's turns that make the move, by the readers of turns or by the rule's own words, and are still open."""
    other = {Move.REFUSES_BY_POLICY, Move.CANNOT_DO} - {move}
    found = set(scene.with_move(move))
    for index in scene.moves:
        named = scene.obstacles.get(index, frozenset())
        if move in _NAMES and (_NAMES[move] in named):
            found.add(index)
            continue
        folded = scene.case.turns[index].text.lower()
        # The reader's choice between a rule and an ability stands above the words.
        if not scene.moves[index] & other and any(word.lower() in folded for word in words):
            found.add(index)
    still = scene.not_lifted if move in _NAMES else scene.still_open
    return [] if scene.over else [index for index in sorted(found) if still(index)]
