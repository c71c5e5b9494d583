"""Conditions on what the bot could not or may not do: checks, calls, rules, abilities, knowledge."""

from assist.analysis.speech.phrases import phrase_book
from assist.analysis.steps.bot_moves import Move
from assist.analysis.steps.customer_replies import customer_before
from assist.analysis.steps.tool_steps import is_handover
from assist.analysis.tools.results import ResultKind
from assist.analysis.triggers.reading import NOTHING, Reading, times
from assist.analysis.triggers.scene import Scene
from assist.domain.business import EscalationRule
from assist.domain.findings import AttemptOutcome, VerificationStatus


def verification_failed(scene: Scene, _: EscalationRule) -> Reading:
    """How many checks failed, and how many details were asked for in vain, where the customer is not verified in the end."""
    found = scene.case.verification
    if found.status is not VerificationStatus.FAILED:
        return NOTHING
    failed = [attempt for attempt in found.attempts if attempt.outcome is AttemptOutcome.FAILED]
    in_vain = [e for e in scene.identity.exchanges if e.credentials & e.withheld]
    turns = {turn for attempt in failed for turn in attempt.turns} | {turn for e in in_vain for turn in e.turns}
    level = max(len(failed) + len(in_vain), 1)
    return Reading(float(level), tuple(sorted(turns or found.turns)), "The customer could not be verified.")


def tool_failed(scene: Scene, _: EscalationRule) -> Reading:
    """How many calls broke since the last one that worked."""
    good = max(scene.worked, default=-1)
    broken = [r for r in scene.results if r.kind is ResultKind.ERROR and r.turn > good]
    if not broken:
        return NOTHING
    name = next((r.name for r in broken if r.name), None)
    what = f"The call {name!r}" if name else "A call to the back end"
    return Reading(float(len(broken)), tuple(r.turn for r in broken), f"{what} failed {times(len(broken))}.")


def nothing_found(scene: Scene, _: EscalationRule) -> Reading:
    """Whether the bot did not know, or no article fits; an empty search answers too, as long as nothing was found since."""
    lost = [i for i in scene.with_move(Move.DOES_NOT_KNOW) if scene.still_open(i)]
    empty = [
        r.turn
        for r in scene.results
        if r.kind is ResultKind.NOTHING and scene.still_open(r.turn) and "search" in r.words
    ]
    turns = sorted({*lost, *empty})
    if not turns:
        return NOTHING
    return Reading(float(len(turns)), tuple(turns), "The bot found nothing on what the customer asked.")


def policy_refusal(scene: Scene, rule: EscalationRule) -> Reading:
    """How often a rule forbade what the customer wants, as far as that is still open; asking for an exception counts."""
    refused = _open_turns(scene, Move.REFUSES_BY_POLICY, rule.words)
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
    handed = [result.turn for result in scene.results if is_handover(result)]
    if handed:
        return Reading(1.0, tuple(handed), "The bot passed the conversation to a human.")
    offers = _open_turns(scene, Move.OFFERS_TRANSFER, ()) + _open_turns(scene, Move.TRANSFERS, rule.words)
    last = max(scene.moves, default=-1)
    if last not in offers:
        return NOTHING
    says = "passes" if last in scene.with_move(Move.TRANSFERS) else "offers to pass"
    return Reading(1.0, (last,), f"The bot {says} the customer to a human.")


def _open_turns(scene: Scene, move: Move, words: tuple[str, ...]) -> list[int]:
    """The bot's turns that make the move, by the reader of moves or by the rule's own words, and are still open."""
    found = set(scene.with_move(move))
    other = {Move.REFUSES_BY_POLICY, Move.CANNOT_DO} - {move}
    for index in scene.moves:
        folded = scene.case.turns[index].text.lower()
        # The reader's choice between a rule and an ability stands above the words.
        if not scene.moves[index] & other and any(word.lower() in folded for word in words):
            found.add(index)
    return [] if scene.over else [index for index in sorted(found) if scene.still_open(index)]
