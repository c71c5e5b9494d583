"""What the customer did themselves: on the bot's advice, or before they wrote."""

import re
from collections.abc import Iterator
from typing import Final

from assist.analysis.case import Case
from assist.analysis.identity.questions import sentences
from assist.analysis.steps.wording import sentence
from assist.analysis.tools.verbs import past
from assist.domain.findings import Step, StepBy, StepOutcome
from assist.domain.transcript import Role

_TRIED: Final = re.compile(
    r"\bi(?:'ve| have| had| was| already|'ve been| have been)?(?: already| been)? "
    r"(?:tried(?: to)?|(?<=was )trying to|(?<=been )trying to|attempted to)\s+(?P<act>[^.,;!?\n]+)",
    re.IGNORECASE,
)
_ADVICE: Final = re.compile(
    r"(?:^|\b(?:please|kindly|first|then|and|to|could you|can you|try to|you can|you could|bitte|por favor|per favore)\s+)"
    r"(?P<verb>restart|reboot|reset|unplug|plug|switch|turn|choose|select|update|reinstall|uninstall|remove|insert|press|disconnect|reconnect|"
    r"connect|clear|delete|try|toggle|power|log|sign|refresh|close|open|charge|clean|tighten|push|pull)\b(?P<act>[^.,;:!?\n]*)",
    re.IGNORECASE,
)
_DID_IT: Final = re.compile(
    r"^\W*(?:(?:yes|yep|yeah|ok|okay|no|i|i've|ive|have|just|already|also)\W+){0,4}(?:did|done|tried|restarted|rebooted|reset|unplugged|switched|turned|"
    r"it is on|its on|it's on|is on|updated|reinstalled|cleared|checked|trying|hab ich|habe ich|schon gemacht|ya lo|già fatto|déjà fait|já fiz)\b",
    re.IGNORECASE,
)
_OWN: Final = re.compile(
    r"(?<!what )\b(?:i(?:'ve|’ve| have)?|ive|we(?:'ve| have)?)\s+(?:already |just |also |even |now )*"
    r"(?P<act>(?P<verb>restarted|rebooted|reset|unplugged|plugged|pushed|pulled|switched|turned(?= (?:\w+ ){0,3}(?:off|on)\b)|reinstalled|cleared|bought|filed|reported|"
    r"wrote|written|called|phoned|rang|e-?mailed|contacted|blocked|replaced|swapped|measured) [^.,;!?\n]+)",
    re.IGNORECASE,
)
_IN_VAIN: Final = re.compile(
    r"\b(?:nothing|still|same|no|not|nope|nein|nada|niente|rien|doesn't|didn't|isn't|won't|again|twice|times)\b|n't\b",
    re.IGNORECASE,
)
_WENT_TO_US: Final = frozenset({"wrote", "written", "called", "phoned", "rang", "emailed", "e-mailed", "contacted"})
_LONG: Final = 10


def customer_steps(case: Case) -> list[Step]:
    """Return one step for each thing that the customer says they did or tried."""
    steps: list[Step] = []
    done: set[int] = set()
    for index, turn in enumerate(case.turns):
        if turn.role is not Role.CUSTOMER or index in done:
            continue
        found = next(_deeds(case, index), None)
        if found is not None:
            steps.append(found)
            done.update(found.turns)
    return steps


def _deeds(case: Case, index: int) -> Iterator[Step]:
    text = case.turns[index].text
    if tried := _TRIED.search(text):
        yield _step(f"tried to {_infinitive(tried['act'])}", StepOutcome.FAILED, (index,))
    advice = _advice(case, index - 1)
    if advice and _DID_IT.search(text):
        answers = _spoken_on(case, index)
        outcome = (
            StepOutcome.FAILED
            if _IN_VAIN.search(" ".join(case.turns[i].text for i in answers))
            else StepOutcome.UNKNOWN
        )
        yield _step(advice, outcome, (index - 1, *answers))
    if own := _OWN.search(text):
        vain = own["verb"].lower() in _WENT_TO_US or (
            _IN_VAIN.search(text) and own["verb"].lower() not in {"bought", "filed"}
        )
        yield _step(own["act"], StepOutcome.FAILED if vain else StepOutcome.SUCCEEDED, (index,))


def _advice(case: Case, index: int) -> str:
    """What the bot told the customer to do, as a deed: "Please restart your phone" becomes "restarted their phone"."""
    if index < 0 or case.turns[index].role not in {Role.BOT, Role.AGENT}:
        return ""
    found = (_ADVICE.search(part) for part in sentences(case.turns[index].text) if "?" not in part)
    return next((f"{past(told['verb'].lower())}{told['act'].split(' and ')[0]}" for told in found if told), "")


def _spoken_on(case: Case, index: int) -> tuple[int, ...]:
    """The customer's turns from this one on, until somebody else speaks."""
    last = index
    while last + 1 < len(case.turns) and case.turns[last + 1].role is Role.CUSTOMER:
        last += 1
    return tuple(range(index, last + 1))


def _step(action: str, outcome: StepOutcome, turns: tuple[int, ...]) -> Step:
    told = re.sub(r"\b(?:your|my)\b", "their", action, flags=re.IGNORECASE)
    told = re.sub(r"\b(?:you|u)\b", "the company", told, flags=re.IGNORECASE)
    return Step(action=sentence(told, limit=_LONG), by=StepBy.CUSTOMER, outcome=outcome, turns=turns)


def _infinitive(act: str) -> str:
    first, _, rest = act.partition(" ")
    plain = re.sub(r"(?<=[a-z]{3})ing$", "", first)
    return f"{plain} {rest}"
