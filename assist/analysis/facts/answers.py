"""What was asked and what was answered: "What is your membership level?" – "I'm bronze" is a membership level, bronze."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from assist.analysis.case import Case
from assist.analysis.facts.answer_shapes import shaped, shaped_within
from assist.analysis.facts.fields import Fields
from assist.analysis.speech.sentences import sentences
from assist.analysis.speech.values import Found
from assist.domain.transcript import Role
from assist.redaction.questions import Request, Topic, requests

_FACTS = {
    Topic.EMAIL: "email",
    Topic.PHONE: "phone",
    Topic.DATE_OF_BIRTH: "date_of_birth",
    Topic.ADDRESS: "address",
    Topic.NAME: "name",
    Topic.USERNAME: "username",
    Topic.POSTCODE: "postcode",
    Topic.AMOUNT: "amount",
    Topic.DATE: "date",
}
_NUMBERS = frozenset(("account", "tracking", "flight", "policy", "claim", "invoice", "case", "ticket"))
_NUMBERED = {"booking": "reservation", "confirmation": "reservation", "acct": "account", "bank account": "account"}
_THING = re.compile(
    r"\b(?:what(?:'s| is| was| are)?|which|your|(?:what(?:'s| is| was)|and|provide|give me|need|tell me) the)\s+(?:your |the |exact )?(?P<thing>(?:[a-z-]+ ){0,3}?"
    r"(?:level|status|type|number|date|time|brand|size|colou?r|model|amount|reason|city|country|hotel|room|product|item|address|name|id|code|balance|bank|"
    r"destination|origin|request|budget|doctor|symptoms?|plan|method|day|venue|host))\b(?! of\b)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^\W*(?:(?:sure(?: thing)?|ok(?:ay)?|yes|yeah|of course|certainly|oh|well|um+|hmm+|please|hi|hello)\b[\s,.!-]*)*"
    r"(?:(?:it(?:'?s| is| was)(?: purchased| bought)?(?: on| in)?|that(?:'?s| would be)|this is|i(?:'?m| am)|my [a-z ]{2,20}?(?:['’]s|is|are|:)|the [a-z ]{2,20}(?:is|are|:)|"
    r"(?:order|account|user|customer|reservation|booking) ?(?:id|number|name|no)?\s*(?:is|:)|e-?mail(?: address)?\s*(?:is|:)|username\s*(?:is|:)|zip\s*(?:code)?\s*(?:is|:)|"
    r"because|i want|i need|i would like|i'd like|for|at|on|in)\s+)?",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:don'?t|do not|can'?t|cannot|forgot(?:ten)?|no idea|not sure|lost|unable|either of those|never)\b|\?|^\W*(?:no|yes|ok(?:ay)?|sure|thanks?|thank you|hello|hi|hmm+|yeah sure|"
    r"right|correct|proceed|nothing)\W*$",
    re.IGNORECASE,
)
_TALK = re.compile(r"\b(?:i|i['’]\w+|let['’]?s|you|we|thanks|thank|wait|just)\b", re.IGNORECASE)
_LOGIN = re.compile(r"[a-z]+\d{1,4}", re.IGNORECASE)
_FREE_MOST = 5
_SAYS = re.compile(r"\b(?:is|are|was|were|makes?|recommends?|that|this|my|it|but|sense)\b", re.IGNORECASE)
_DATED = frozenset(("date", "time", "day"))
_WHEN = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tues?|wed|thu|fri|sat|sun|today|tomorrow|yesterday|tonight|morning|noon|evening|night|now|week|month)",
    re.IGNORECASE,
)
_WORDS_MOST = 9
_NAME_MOST = 4
_ANSWER_WEIGHT = 7.0


_CUE = re.compile(
    r"^(?:my |the )?(?P<cue>(?:full |first |last |user)?name|user ?name|e-?mail(?: address)?|order(?: id| number| no)?|(?:user|account|customer|reservation|booking|flight) ?(?:id|number|no)|"
    r"zip(?: code)?|post ?code|phone(?: number)?|date of birth|dob|address)\s*(?:is|:|=|-)+\s*(?P<value>.+)$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*(?:,|;|\n|\band\b|&)\s*", re.IGNORECASE)


def unanswered(case: Case) -> Iterator[tuple[str, int]]:
    """Yield what the bot asked for and has no answer to, by fact name, with the turn of the question."""
    for index, wanted, replies in _exchanges(case):
        texts = [case.turns[reply].text for reply in replies]
        if wanted and all(_REFUSED.search(text) and not re.search(r"\d{3}|@", text) for text in texts):
            for name in wanted:
                yield name, index


def answered_values(case: Case, fields: Fields) -> list[Found]:
    """Return the values of answers, named after their questions."""
    found: list[Found] = []
    for _, wanted, replies in _exchanges(case):
        answered: set[str] = set()
        for position, reply in enumerate(replies):
            text = case.turns[reply].text
            given = list(
                _values(text, [name for name in wanted if name not in answered or _CORRECTS.search(text)], wanted)
            )
            for name, value in given:
                # What has no shape of its own is an answer only right after the question.
                if (position and not _TELLS_ITSELF.search(value)) or _belongs_to_another(case, name, value):
                    continue
                answered.add(name)
                found.append(Found(name, value, reply, max(_ANSWER_WEIGHT, fields.usefulness(name)) + 1))
    return found


def _belongs_to_another(case: Case, name: str, value: str) -> bool:
    """Say whether a value has the shape of another fact and not of the one asked for: a flight's number is no reservation code."""
    patterns = {fact.name: fact.pattern for fact in case.domain.facts if fact.pattern}
    if name not in patterns:
        return False
    fitting = {
        other for other, pattern in patterns.items() if (match := re.search(pattern, value)) and match[0] == value
    }
    return bool(fitting) and name not in fitting


_TELLS_ITSELF = re.compile(r"@|(?=.*\d)(?=.*[A-Za-z]).*|\d[\d ./-]{4,}")


def _values(text: str, left: list[str], wanted: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the values of one reply by the names of what was asked for, each name once."""
    left = list(left)
    for value, cue in _given(text, left):
        name = _cued(cue, wanted) if cue else _fitting(value, left)
        exact = shaped(name, value) if name else None
        if name is not None and exact is not None:
            yield name, exact
            if name in left:
                left.remove(name)
    if "[" not in text:
        for name in left:
            if (found := shaped_within(name, text)) is not None:
                yield name, found


_CORRECTS = re.compile(r"\b(?:no|sorry|actually|wait|correct(?:ion)?|i meant?|instead|typo|wrong)\b", re.IGNORECASE)


_CUE_AFTER = re.compile(
    r"(?P<value>[\w@.#+-]{3,}) is (?:my|the) (?P<cue>zip(?: code)?|post ?code|phone(?: number)?|number|e-?mail(?: address)?|username|order (?:id|number)|account (?:id|number)|user ?id)\b",
    re.IGNORECASE,
)


def _given(text: str, wanted: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the values of an answer, each with the word that names it, if one does."""
    reversed_cues = list(_CUE_AFTER.finditer(text))
    if reversed_cues:
        yield from ((match["value"], match["cue"]) for match in reversed_cues)
        return
    parts = [part for part in _PARTS.split(text) if part.strip()]
    whole = len(wanted) <= 1 or len(parts) <= 1 or "address" in wanted[:1]
    for part in [text] if whole else parts:
        cue = _CUE.match(part.strip())
        value = _answer(cue["value"] if cue else part)
        if value is not None:
            yield value, cue["cue"] if cue else ""


def _cued(cue: str, wanted: list[str]) -> str | None:
    """Return which of the things asked for a word before an answer names."""
    words = cue.lower().replace("e-mail", "email")
    bare = words.replace(" ", "")
    exact = next((name for name in wanted if bare in {name.replace("_", ""), f"{name.replace('_', '')}address"}), None)
    near = next((name for name in wanted if name.split("_")[0] == words.split()[0]), None)
    named = requests(f"your {words}?")
    return exact or near or (_fact_name(named[0]) if named else None)


def _fact_name(request: Request) -> str | None:
    """Return what the thing asked for is called among the facts: "booking number" is `reservation_id`."""
    if request.topic in _FACTS:
        return _FACTS[request.topic]
    if request.topic not in {Topic.ORDER, Topic.ACCOUNT}:
        return None
    words = request.words.replace("userid", "user id").split()
    head, last = " ".join(words[:-1]), words[-1]
    head = _NUMBERED.get(head, head).replace(" ", "_")
    return f"{head}_{'number' if head in _NUMBERS and last != 'id' else 'id'}"


def _exchanges(case: Case) -> Iterator[tuple[int, list[str], list[int]]]:
    """Yield each question with the customer's turns that follow it before the bot asks anew."""
    question: tuple[int, list[str]] | None = None
    replies: list[int] = []
    for index, turn in enumerate(case.turns):
        if turn.role in {Role.BOT, Role.AGENT}:
            wanted = list(_wanted(turn.text))
            if wanted:
                if question is not None:
                    yield question[0], question[1], replies
                question, replies = (index, wanted), []
        elif turn.role is Role.CUSTOMER and question is not None:
            replies.append(index)
    if question is not None:
        yield question[0], question[1], replies


@lru_cache(maxsize=1024)
def _wanted(text: str) -> tuple[str, ...]:
    return tuple(_things(text))


def _things(text: str) -> Iterator[str]:
    seen: list[str] = []
    for request in requests(text):
        name = _fact_name(request)
        if name is not None and name not in seen:
            seen.append(name)
            yield name
    for sentence in sentences(0, text):
        if not (
            sentence.is_question
            or re.search(r"\b(?:please|need|provide|may i|can i|could i)\b", sentence.text, re.IGNORECASE)
        ):
            continue
        for match in _THING.finditer(sentence.text):
            name = "_".join(match["thing"].lower().split())
            if name not in seen and not any(
                part in name
                for part in (
                    *seen,
                    "pin",
                    "password",
                    "user",
                    "e-mail",
                    "email",
                    "order",
                    "account",
                    "phone",
                    "name",
                    "zip",
                )
            ):
                seen.append(name)
                yield name


def _answer(text: str) -> str | None:
    """Return the value in a short answer; None where it is no value."""
    if _REFUSED.search(text) or "[" in text:
        return None
    stripped = _LEAD.sub("", text, count=1).strip(" .!,;:\n\t")
    stripped = re.split(r"(?<=[^\W\d_]{3})[.!?](?:\s|$)", stripped)[0].strip(" .!,;:")
    if not stripped or len(stripped.split()) > _WORDS_MOST or _TALK.search(stripped):
        return None
    return stripped


def _fitting(value: str, names: list[str]) -> str | None:
    """Return which of the things asked for a value can be: an e-mail has an @, a name has no digits."""
    return next((name for name in names if _fits(value, name)), None)


def _fits(value: str, name: str) -> bool:
    if "@" in value or name == "email":
        return "@" in value and name == "email"
    has_digit = any(c.isdigit() for c in value)
    check = _CHECKS.get(name)
    if check is not None:
        return check(value, has_digit, len(value.split()))
    if name.endswith(("_id", "_number")) or "address" in name:
        return has_digit
    if name.rsplit("_", maxsplit=1)[-1] in _DATED:
        return bool(_WHEN.search(value))
    return (len(value.split()) <= _FREE_MOST or has_digit) and not _SAYS.search(value)


_CHECKS: dict[str, Callable[[str, bool, int], bool]] = {
    "name": lambda value, has_digit, words: not has_digit and "_" not in value and words <= _NAME_MOST,
    "username": lambda _, __, words: words == 1,
    "date_of_birth": lambda _, has_digit, words: has_digit and words <= _NAME_MOST,
    "order_id": lambda value, has_digit, _: has_digit and not _LOGIN.fullmatch(value),
    "postcode": lambda _, has_digit, __: has_digit,
    "phone": lambda _, has_digit, __: has_digit,
    "amount": lambda _, has_digit, __: has_digit,
}
"""By fact name: whether a value, with or without a digit and of so many words, can be it."""
