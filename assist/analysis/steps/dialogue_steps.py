"""Steps that only the words show: refusals, offers, announced changes, promises, and what the customer tried."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from assist.analysis.case import Case
from assist.analysis.identity.questions import sentences
from assist.analysis.speech.phrases import phrase_book
from assist.analysis.steps.bot_moves import REFUSALS, TRANSFER, Move, refusal_in
from assist.analysis.steps.customer_replies import Reply, customer_after, customer_before, reading
from assist.analysis.steps.wording import sentence
from assist.analysis.tools.results import ToolResult
from assist.domain.findings import Step, StepBy, StepOutcome
from assist.domain.transcript import Role

Moves = Mapping[int, Collection[Move]]

_SAME: Final = 0.86
"""From this similarity on, a refusal is the one before it in other words."""
_UNABLE: Final = re.compile(
    r"\b(?:unable to|cannot|can ?not|can't|could ?n[o']t|not able to|do(?:es)?(?: not|n't) allow(?: me)? to)\s+(?!be\b)(?P<act>[^.,;!?\n]+)",
    re.IGNORECASE,
)
_OFFERED: Final = re.compile(
    r"\b(?:offer|give|provide|issue|credit|send)(?: you)?\s+(?P<what>(?:an?|the|up to)?\s?[^.,;!?\n]+)", re.IGNORECASE
)
_WILL: Final = re.compile(
    r"\b(?:will|'ll|going to|let me|would)\b(?: now| also| just| make sure to| then| immediately)*\s+(?P<act>[^.,;!?\n]+)",
    re.IGNORECASE,
)
_TRIED: Final = re.compile(
    r"\bi(?:'ve| have| had| was| already|'ve been| have been)?(?: already| been)? "
    r"(?:tried(?: to)?|(?<=was )trying to|(?<=been )trying to|attempted to)\s+(?P<act>[^.,;!?\n]+)",
    re.IGNORECASE,
)
_VAGUE: Final = re.compile(
    r"(?:assist|help|proceed|do (?:that|this|it|so)|process (?:it|this|that)|offer that)\b(?! (?:with|you) \w+ing)",
    re.IGNORECASE,
)
_TURNS: Final = re.compile(
    r",? (?:but|however|so|therefore|which means(?: that)?|because)\b,? |; |, and unfortunately,? |unfortunately,? ",
    re.IGNORECASE,
)
_NO: Final = re.compile(
    r"\bnot\b|n't\b|\bcannot\b|\bnon-|\bonly\b|\bno\b|\bstrict\b|\bunable\b|\bmust\b|\bbeyond\b", re.IGNORECASE
)
_LONG: Final = 11
_LEAD: Final = re.compile(
    r"^\W*(?:i(?:'m| am)? (?:really |so |very )?sorry,?|unfortunately,?|i understand[^,]*,|however,?|but,?|i'?m afraid,?|it seems that)\s*(?:but )?",
    re.IGNORECASE,
)


def dialogue_steps(case: Case, moves: Moves, results: Mapping[int, ToolResult]) -> list[Step]:
    """Return the steps that bot and customer turns show by themselves."""
    return [
        *_refusals(case, moves, results),
        *_offers(case, moves),
        *_announced(case, moves),
        *_by_word(case, moves, results),
        *_customer_tries(case),
    ]


def _refusals(case: Case, moves: Moves, results: Mapping[int, ToolResult]) -> list[Step]:
    steps: list[Step] = []
    last = -1
    for index, found in moves.items():
        disputed = Move.DISPUTES_RECORD in found and not REFUSALS & set(found)
        if not (REFUSALS & set(found) or disputed):
            continue
        before = results.get(index - 1)
        if before is not None and before.failed:
            continue  # the bot tells what the call said; the call's own step has it
        asked = customer_before(case, index)
        turns = (index,) if asked is None else (asked, index)
        if disputed:
            if not results or asked is None:
                continue
            steps.append(
                Step(
                    action="Disputed what the record shows", by=StepBy.CUSTOMER, outcome=StepOutcome.FAILED, turns=turns
                )
            )
        elif last >= 0 and _said_again(case, last, index) and not any(last < turn < index for turn in results):
            steps[-1] = steps[-1].model_copy(update={"turns": (*steps[-1].turns, index)})
        else:
            steps.append(
                Step(action=_refused(case.turns[index].text), by=StepBy.BOT, outcome=StepOutcome.BLOCKED, turns=turns)
            )
        last = index if not disputed else -1
    return steps


def _said_again(case: Case, first: int, second: int) -> bool:
    return float(case.vectors[first] @ case.vectors[second]) >= _SAME


def _refused(text: str) -> str:
    """The refusal in few words: what the bot declines to do, or the rule as it states it."""
    refusing = refusal_in(text) or text
    acts = [
        found["act"] for part in sentences(text) if (found := _UNABLE.search(part)) and not _VAGUE.match(found["act"])
    ]
    if acts:
        return sentence(f"declined to {acts[0]}", limit=_LONG)
    clause = next((part for part in _TURNS.split(refusing) if _NO.search(part)), refusing)
    return sentence(f"refused: {_LEAD.sub('', clause)}", limit=_LONG)


def _offers(case: Case, moves: Moves) -> list[Step]:
    steps: list[Step] = []
    for index, found in moves.items():
        if Move.OFFERS_REMEDY not in found:
            continue
        answer = customer_after(case, index)
        outcome = StepOutcome.PENDING
        if answer is not None and reading(case.turns[answer].text) is Reply.DECLINES:
            outcome = StepOutcome.FAILED
        turns = (index,) if answer is None else (index, answer)
        action = _offered(case.turns[index].text)
        same = next((i for i, step in enumerate(steps) if step.action == action), None)
        if same is None:
            steps.append(Step(action=action, by=StepBy.BOT, outcome=outcome, turns=turns))
        else:
            steps[same] = steps[same].model_copy(update={"turns": (*steps[same].turns, *turns), "outcome": outcome})
    return [step for step in steps if not _carried_out(case, moves, step.turns[0])]


def _carried_out(case: Case, moves: Moves, index: int) -> bool:
    """Whether the customer took the offer and a call followed: then the call's step tells it."""
    answer = customer_after(case, index)
    if answer is None or reading(case.turns[answer].text) is Reply.DECLINES:
        return False
    return any(turn.role is Role.TOOL for turn in case.turns[answer + 1 :]) and not REFUSALS & set(moves.get(index, ()))


def _offered(text: str) -> str:
    for part in sentences(text):
        if found := _OFFERED.search(part):
            return sentence(f"offered {found['what']}")
    return "Offered an alternative"


def _announced(case: Case, moves: Moves) -> list[Step]:
    """The last change put to the customer for a yes, where no call has followed: it is open, or was turned down."""
    asked = [i for i, found in moves.items() if Move.ASKS_CONFIRMATION in found and Move.OFFERS_REMEDY not in found]
    if not asked:
        return []
    last = asked[-1]
    answer = customer_after(case, last)
    if answer is None or any(turn.role is not Role.CUSTOMER for turn in case.turns[answer:]):
        return []
    declined = reading(case.turns[answer].text) is Reply.DECLINES
    outcome = StepOutcome.FAILED if declined else StepOutcome.PENDING
    return [
        Step(action="Asked the customer to confirm the change", by=StepBy.BOT, outcome=outcome, turns=(last, answer))
    ]


def _by_word(case: Case, moves: Moves, results: Mapping[int, ToolResult]) -> list[Step]:
    """What a bot without visible calls says it has done, or will do."""
    steps = []
    for index, found in moves.items():
        if results or set(found) & (TRANSFER | REFUSALS) or Move.NOT_UNDERSTOOD in found:
            continue
        asked = customer_before(case, index)
        turns = (index,) if asked is None else (asked, index)
        text = case.turns[index].text
        if Move.WILL_DO in found and (act := next((m["act"] for p in sentences(text) if (m := _WILL.search(p))), "")):
            steps.append(
                Step(action=sentence(f"promised to {act}"), by=StepBy.BOT, outcome=StepOutcome.PENDING, turns=(index,))
            )
        elif Move.REPORTS_SUCCESS in found:
            told = next(
                (part for part in sentences(text) if phrase_book("bot_signs")["reports_success"].search(part)), text
            )
            action = sentence(f"told the customer: {told}", limit=_LONG)
            steps.append(Step(action=action, by=StepBy.BOT, outcome=StepOutcome.SUCCEEDED, turns=turns))
    return steps


def _customer_tries(case: Case) -> list[Step]:
    return [
        Step(
            action=sentence(f"tried to {_infinitive(found['act'])}"),
            by=StepBy.CUSTOMER,
            outcome=StepOutcome.FAILED,
            turns=(index,),
        )
        for index, turn in enumerate(case.turns)
        if turn.role is Role.CUSTOMER and (found := _TRIED.search(turn.text))
    ]


def _infinitive(act: str) -> str:
    first, _, rest = act.partition(" ")
    plain = re.sub(r"(?<=[a-z]{3})ing$", "", first)
    return f"{plain} {rest}".replace(" my ", " their ")
