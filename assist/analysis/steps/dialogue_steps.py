"""Steps that only the words show: refusals, offers, announced changes, promises, and what the customer tried."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from assist.analysis.case import Case
from assist.analysis.identity.questions import sentences
from assist.analysis.speech.phrases import phrase_book
from assist.analysis.steps.bot_moves import REFUSALS, TRANSFER, Move, refusal_in
from assist.analysis.steps.customer_deeds import customer_steps
from assist.analysis.steps.customer_replies import Reply, customer_after, customer_before, reading
from assist.analysis.steps.wording import sentence
from assist.analysis.tools.results import ToolResult
from assist.domain.findings import Step, StepBy, StepOutcome
from assist.domain.transcript import Role

Moves = Mapping[int, Collection[Move]]

_SAME: Final = 0.86
"""From this similarity on, a refusal is the one before it in other words."""
_UNABLE: Final = re.compile(
    r"\b(?:unable to|cannot|can ?not|can't|could ?n[o']t|not able to|do(?:es)?(?: not|n't) allow(?: me)? to)\s+(?!be\b)(?P<act>(?:[^.,;!?\n]|(?<=\d)[.,](?=\d))+)",
    re.IGNORECASE,
)
_OFFERED: Final = re.compile(
    r"\b(?:offer|give|provide|issue|credit|send)(?: you)?\s+(?P<what>(?:an?|the|up to)?\s?(?:[^.,;!?\n]|(?<=\d)[.,](?=\d))+)",
    re.IGNORECASE,
)
_PROPOSED: Final = re.compile(
    r"\b(?:would you like(?: me)? to|do you want(?: me)? to|shall i|should i|may i|if you (?:like|want|wish),? i can)\s+(?P<act>(?:[^.,;!?\n]|(?<=\d)[.,](?=\d))+)",
    re.IGNORECASE,
)
_NO_OFFER: Final = re.compile(
    r"\b(?:anything|help|assist|know|transfer|connect|agent|human|colleague|confirm|proceed|go ahead|continue|check|look|have your|ask)\b",
    re.IGNORECASE,
)
_NO_TO_IT: Final = re.compile(
    r"^\W*(?:no|nope|nah|nein|não|weder|neither|back)\b(?! (?:problem|worries))|\b(?:so no|not enough|no way|don't you dare|absolutely not)\b|,\s*no\W*$",
    re.IGNORECASE,
)
_ASKS_FOR_YES: Final = re.compile(r"\?\s*$|\b(?:please|once you|reply|type|say)\b", re.IGNORECASE)
_WILL: Final = re.compile(
    r"\b(?:will|'ll|going to|let me|would)\b(?: now| also| just| make sure to| then| immediately)*\s+(?P<act>(?:[^.,;!?\n]|(?<=\d)[.,](?=\d))+)",
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
_POINTS_BACK: Final = re.compile(
    r"\w+(?: \w+)? (?:it|that|this|them|those)(?: (?:for you|here|myself|outright|now|today))?\W*$|(?:change|waive|make|handle|offer|refund)\W*$",
    re.IGNORECASE,
)
"""Acts that only point at what was asked: "do that", "change it"."""
_SAYS_ONLY_NO: Final = re.compile(
    r"\b(?:it|that|this)\W*(?:here|myself|for you)?\W*$|^(?:no|that|this|it)\W*(?:isn't|is not|'s not)\b", re.IGNORECASE
)
_SURE_OF_WISH: Final = 0.5
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
        *customer_steps(case),
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
                Step(
                    action=_refused(case, case.turns[index].text),
                    by=StepBy.BOT,
                    outcome=StepOutcome.BLOCKED,
                    turns=turns,
                )
            )
        last = index if not disputed else -1
    return steps


def _said_again(case: Case, first: int, second: int) -> bool:
    return float(case.vectors[first] @ case.vectors[second]) >= _SAME


def _refused(case: Case, text: str) -> str:
    """The refusal in few words: what the bot declines to do, or the rule as it states it."""
    refusing = refusal_in(text) or text
    acts = [
        found["act"] for part in sentences(text) if (found := _UNABLE.search(part)) and not _VAGUE.match(found["act"])
    ]
    named = next((act for act in acts if not _POINTS_BACK.match(act)), "")
    if named:
        return sentence(f"declined to {_told(named)}", limit=_LONG)
    clause = next((part for part in _TURNS.split(refusing) if _NO.search(part)), refusing)
    rule = _LEAD.sub("", clause)
    if (acts or _SAYS_ONLY_NO.search(rule)) and (wish := _wish(case)):
        return sentence(f"declined to {wish}", limit=_LONG)
    return sentence(f"declined to {_told(acts[0])}" if acts else f"refused: {rule}", limit=_LONG)


def _wish(case: Case) -> str:
    """What the customer wants, in the domain's words, where that is sure."""
    if case.intent.confidence < _SURE_OF_WISH:
        return ""
    return next((intent.wants for intent in case.domain.intents if intent.label == case.intent.label), "")


def _told(act: str) -> str:
    return re.sub(r"\byour\b", "their", act, flags=re.IGNORECASE)


def _offers(case: Case, moves: Moves) -> list[Step]:
    steps: list[Step] = []
    for index, found in moves.items():
        answer = customer_after(case, index)
        declined = answer is not None and _turned_down(case.turns[answer].text)
        asked = "" if set(found) & TRANSFER else _proposal(case.turns[index].text)
        if Move.OFFERS_REMEDY not in found and not (asked and declined):
            continue
        if not declined and _carried_out(case, moves, index):
            continue
        outcome = StepOutcome.FAILED if declined else StepOutcome.PENDING
        turns = (index,) if answer is None else (index, answer)
        action = (
            _offered(case.turns[index].text)
            if Move.OFFERS_REMEDY in found
            else sentence(f"offered to {asked}", limit=_LONG)
        )
        same = next((i for i, step in enumerate(steps) if step.action == action), None)
        if same is None:
            steps.append(Step(action=action, by=StepBy.BOT, outcome=outcome, turns=turns))
        else:
            steps[same] = steps[same].model_copy(update={"turns": (*steps[same].turns, *turns), "outcome": outcome})
    return steps


def _turned_down(text: str) -> bool:
    return reading(text) is Reply.DECLINES or bool(_NO_TO_IT.search(text))


def _proposal(text: str) -> str:
    """What a bot asks whether to do, "" where it asks for something else: help, a person, a yes to what was ordered."""
    found = (_PROPOSED.search(part) for part in sentences(text))
    return next((told["act"] for told in found if told and not _NO_OFFER.search(told["act"])), "")


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
    open_asks = (i for i, found in moves.items() if Move.ASKS_CONFIRMATION in found and Move.OFFERS_REMEDY not in found)
    asked = [i for i in open_asks if _asks_for_yes(case.turns[i].text)]
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


def _asks_for_yes(text: str) -> bool:
    sign = phrase_book("bot_signs")["asks_confirmation"]
    asking = (part for part in sentences(text) if sign.search(part) and _ASKS_FOR_YES.search(part))
    return any(not phrase_book("bot_signs")["refusal"].search(part) for part in asking)


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
