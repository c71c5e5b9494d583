"""What the customer asks for, why, and what they hold against an answer, clause by clause, in their own words."""

import re
from collections.abc import Iterator

from assist.analysis.case import Case
from assist.analysis.speech.clauses import Clause, Said
from assist.analysis.speech.refusals import is_account, is_refusal
from assist.analysis.speech.sentences import Sentence, sentences
from assist.analysis.speech.wishes import wish_in
from assist.domain.transcript import Role

_HUMAN = re.compile(
    r"\b(?:human|(?<!secret )(?<!travel )(?<!insurance )(?<!estate )agent|supervisor|manager|representative|real person|someone else|somebody else|operator|"
    r"someone (?:who|with|that|more)|(?:speak|talk|connect(?:ed)?|transfer(?:red)?)\b[^.?!]{0,25}\b(?:to|with)\b[^.?!]{0,12}\b(?:someone|somebody|person|one))\b|"
    r"\bescalate\b|\b(?:send|put|pass|hand) me (?:over |through |on |straight )?to\b|^\W*transfer me\b",
    re.IGNORECASE,
)
_SOFT = r"(?:please |just |also |really |kindly |possibly |maybe |at least |either )*"
_QUESTION = re.compile(
    r"^(?:and |but |so )?(?P<question>(?:what|which|when|where|why|how|who|whether|do|does|is|are|did|has|have|was|were|am|will|would|can|could|should)\b.*)",
    re.IGNORECASE,
)
_WH = re.compile(r"^(?:and |but |so |then )?(?:what|which|when|where|why|how|who)\b", re.IGNORECASE)
_REASON = re.compile(
    r"(?:\b(?:because|cause|cuz|since(?= (?:i|i'm|my|we|it|they|you|there|he|she|the \w+ (?:is|was|has|had))\b)|due to|on account of|as(?= (?:i|my|we|it|they|the|he|she)\b)|the reason(?: (?:for|i|why) [^.]{2,45}?)? (?:is|was)(?: that| because)?)|(?<=[, ])so that)\s+(?:of )?"
    r"(?P<reason>(?!soon|well|far|long|much|many|possible|a gold|a silver|a member)\w.{4,})",
    re.IGNORECASE,
)
_TROUBLE = re.compile(
    r"\b(?:lost|stolen|stole|broken|broke|wrong|missing|never|twice|charged|damaged|defective|not working|doesn'?t work|won'?t|can'?t|cannot|could ?n[o']t|"
    r"did ?n[o']t|have ?n[o']t|has ?n[o']t|have not|has not|not (?:received|able)|failed|error|late|delayed|cancel(?:l?ed)|cancell?ation|suspicious|fraud|weird|unauthori[sz]ed|authorize|"
    r"withdrew|withdrawn|mistake|sick|ill|dizzy|too (?:much|many|late|low|high)|passed away|died|emergency|forgot(?:ten)?|out of stock|dissatisfied|unhappy|hack(?:ed)?|scam|hurt|"
    r"pain|cough|sore|mix-?up|refused|declined|changed my mind|ugly|lighter|darker|smaller|bigger|doesn'?t like|don'?t want|disappointed|unacceptable|ridiculous|"
    r"slow|down|overcharged|duplicate|locked|blocked|expired|leaking|noise|crash(?:ed|es)?|freez\w+|disconnect\w*|no (?:signal|internet|service))\b",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"^(?:i|i'm|i've|i'd|my|we|it|it's|they|they're|there|there's|someone|somebody|the|some|a|an|that|these|those|he|she|he's|she's|one|no|several|on|for|somebody's|someone's)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:i|i'm|me|my|we|our)\b", re.IGNORECASE)
_INSIST = re.compile(
    r"\b(?:i(?:'m| am) (?:sure|certain|positive)|i (?:did|definitely|already|actually|know|booked|bought|purchased|paid|ordered|was told)|there must|should (?:be|still)|"
    r"must be|i've (?:already |actually )?(?:purchased|paid|booked|bought)|there was an?)\b",
    re.IGNORECASE,
)
_CONTRADICTS = re.compile(
    r"\b(?:should (?:be|have|go)|supposed to|not through|instead of|(?:it|that|they|there) (?:is|are|was|were) not|isn'?t|aren'?t|wasn'?t|weren'?t)\b",
    re.IGNORECASE,
)
_EMPTY_CLAIM = re.compile(
    r"\b(?:must|should) be (?:something|some way|someone|a way(?! to))|something (?:you|that) can", re.IGNORECASE
)
_TO_BOT = re.compile(r"^you\b", re.IGNORECASE)
# "I won't pay for that" holds against an answer; it is no trouble of their own.
_REFUSES = re.compile(
    r"^(?:no,? )?(?:i|we)(?:['’]m| am)? (?:will not|won['’]?t|would ?n['’]?t|refuse to|not going to|do(?:n['’]?t| not) accept|can['’]?t accept|cannot accept)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"^(?:i|we) (?:forgot|cannot|can'?t|don'?t|do not)(?: really)? (?:it|those|that|them|remember|know|recall|think)\b",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"^(?:(?:it|this|that|them|those|me|us|you|so|more|again|further|anything|something|anyone|sure|there|here|do|check|see|help|proceed|go ahead|get|have|check on|look|look into|"
    r"this resolved|look at|double-?check|find out|know|tell|be|do now|continue|confirm|do that|a look|assistance|some help|help me|talk|with|for|into|out|on|please|too|now|then|"
    r"the time stamp|something that can be done|else|this issue|this problem|this request|the details|be checked|find it|in my case|another way)(?: |$))+$",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s*(?:,\s*(?:can|could|would|will) (?:you|i|we)\b.*|,? but (?:i|it|they)\b.*|,?\s+if (?:that|it|you|possible)\b.*|,\s*(?:please|thanks).*|\s+and (?:can|could|would) (?:you|i)\b.*|"
    r",? and i'?m (?:hoping|wondering)\b.*|,? (?:so|and) i (?:just |really |still )?(?:need|want|would like|require) (?:some |further |more |your )?(?:help|assistance|support)\b.*|\s+(?:for me|with you guys|please)\b)\s*$",
    re.IGNORECASE,
)
_CAN_YOU = re.compile(rf"^(?:can|could|would|will) (?:you|we|i|this|that|it) {_SOFT}(?P<act>.+)$", re.IGNORECASE)
_LEAST = 4


def said(case: Case) -> list[Said]:
    """Return the clauses of all customer turns that say something about the case, in order."""
    found: list[Said] = []
    refused = told = why_asked = False
    for index, turn in enumerate(case.turns):
        if turn.role in {Role.BOT, Role.AGENT}:
            refused = refused or is_refusal(turn.text)
            told = told or is_account(turn.text)
            why_asked = any(
                _ASKS_WHY.search(s.text) and (s.is_question or _BIDS.search(s.text))
                for s in sentences(index, turn.text)
            )
        elif turn.role is Role.CUSTOMER:
            clauses = [
                clause for s in sentences(index, turn.text) for clause in _clauses(s, refused=refused, told=told)
            ]
            found += _as_reasons(clauses, index, turn.text) if why_asked else clauses
            why_asked = why_asked and not any(clause.kind is Clause.REASON for clause in found)
    return found


_BIDS = re.compile(r"\b(?:please|provide|tell me|let me know|need|share|give)\b", re.IGNORECASE)
_ASKS_WHY = re.compile(r"\b(?:reason|why|purpose|what happened)\b", re.IGNORECASE)
_NO_REASON = re.compile(
    r"\b(?:user|reservation|order|account|booking|my|email|name) (?:id|number|is)\b|\bi(?:'m| am) [A-Z]\w+ [A-Z]|\d{4}|@|\bdon'?t have\b|\?",
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(r"^i(?:['’]m| am) [A-Z]\w+(?: [A-Z]\w+)? and (?=i\b)", re.IGNORECASE)
_REASON_LONGEST = 14


def _as_reasons(clauses: list[Said], index: int, text: str) -> list[Said]:
    """Return an answer to "why?": what it tells of trouble, or its first plain statement, is the reason."""
    if any(clause.kind is Clause.REASON for clause in clauses):
        return clauses
    told = [Said(Clause.REASON, c.text, c.turn) if c.kind is Clause.PROBLEM else c for c in clauses]
    if any(clause.kind is Clause.REASON for clause in told):
        return told
    for sentence in sentences(index, text):
        core = _NAME_FIRST.sub("", sentence.core)
        if (
            _STATES.match(core)
            and not _NO_REASON.search(core)
            and _LEAST <= len(core.split()) <= _REASON_LONGEST
            and not wish_in(core)
        ):
            return [*told, Said(Clause.REASON, core, index)]
    return told


def _clauses(sentence: Sentence, *, refused: bool, told: bool) -> Iterator[Said]:
    core = sentence.core
    if _HUMAN.search(core):
        yield Said(Clause.HUMAN, core, sentence.turn)
        yield from _reason(core, sentence.turn)
        return
    wish = wish_in(core)
    if wish is not None:
        kind, text = wish
        main, reason = _split_reason(text, sentence.turn)
        main = _trimmed(main)
        if main and not _SMALL.match(main):
            yield Said(kind, main, sentence.turn)
            yield from _trouble_before(core, main, sentence.turn)
        if reason is not None:
            yield reason
        if main and not _SMALL.match(main):
            return
    if _WH.match(core) or (sentence.is_question and _QUESTION.match(core)):
        asked = _CAN_YOU.match(core)
        if len(core.split()) >= _LEAST and not (asked and _SMALL.match(asked["act"])):
            yield Said(Clause.QUESTION, _trimmed(core), sentence.turn)
        return
    if sentence.is_question:
        return
    yield from _statement(core, sentence.turn, refused=refused, told=told)


def _statement(core: str, turn: int, *, refused: bool, told: bool) -> Iterator[Said]:
    reason = _REASON.search(core)
    if reason and (reason.start() < _LEAST or not _STATES.match(core)):
        yield _because(_trimmed(reason["reason"]), turn, is_noun=_is_noun(reason))
    elif _REFUSES.match(core):
        yield from _reason(core, turn)
    elif _is_claim(core, refused=refused, told=told):
        yield Said(Clause.CLAIM, _trimmed(core), turn)
    elif (
        _TROUBLE.search(core)
        and (_STATES.match(core) or _FIRST_PERSON.search(core))
        and len(core.split()) >= _LEAST - 1
        and not _VAGUE.match(core)
        and not _TO_BOT.match(core)
    ):
        yield Said(Clause.PROBLEM, core, turn)
        yield from _reason(core, turn)


def _is_claim(core: str, *, refused: bool, told: bool) -> bool:
    """Say whether a statement is held against a refusal, or against what the records are said to hold."""
    if _EMPTY_CLAIM.search(core) or _VAGUE.search(core):
        return False
    contradicts = (refused or told) and _CONTRADICTS.search(core) and _STATES.match(core)
    return bool((refused and _INSIST.search(core)) or contradicts or (told and _SURE.search(core)))


_SURE = re.compile(
    r"\b(?:i(?:'m| am) (?:sure|certain|positive)|i (?:did|definitely|actually)|i've (?:already |actually )?(?:purchased|paid|booked|bought))\b",
    re.IGNORECASE,
)


def _reason(core: str, turn: int) -> Iterator[Said]:
    if (reason := _REASON.search(core)) and not _HUMAN.search(reason["reason"]):
        yield _because(_trimmed(reason["reason"]), turn, is_noun=_is_noun(reason))


def _because(reason: str, turn: int, *, is_noun: bool = False) -> Said:
    """Return a reason; one that only insists is a claim: "as I'm sure I paid"."""
    return Said(Clause.CLAIM if _INSIST.search(reason) else Clause.REASON, reason, turn, is_noun)


def _is_noun(match: re.Match[str]) -> bool:
    """Say whether a reason is a thing and no sentence: it came after "due to" or "because of"."""
    return bool(re.match(r"(?:due to|on account of|\w+ of\b)", match[0], re.IGNORECASE))


def _trouble_before(core: str, wish: str, turn: int) -> Iterator[Said]:
    """Yield a problem that stands in the same sentence before the wish: "I lost my card and want a new one"."""
    before = core[: core.find(wish)] if wish in core else ""
    head = re.split(r"\s*(?:,| and| so| but)\s+(?:i|we|can|could|would|please)\b", before, maxsplit=1)[0]
    if head != before and _TROUBLE.search(head) and _STATES.match(head) and len(head.split()) >= _LEAST:
        yield Said(Clause.PROBLEM, head, turn)


def _split_reason(text: str, turn: int) -> tuple[str, Said | None]:
    match = _REASON.search(text)
    if match is None or match.start() < _LEAST:
        return text, None
    reason = _because(_trimmed(match["reason"]), turn, is_noun=_is_noun(match))
    return text[: match.start()].rstrip(" ,"), reason


def _trimmed(text: str) -> str:
    before = None
    while before != text:
        before = text
        text = _CUT.sub("", text).strip(" .,!?;:-…\"'")
    return text
