"""What the bot asked for to tell who the customer is, and which of it they gave."""

import re
from dataclasses import dataclass, field

from assist.analysis.case import Case
from assist.analysis.speech.values import merged
from assist.domain.transcript import Role
from assist.redaction import Kind
from assist.redaction.answers import answers
from assist.redaction.asking import Asking
from assist.redaction.placeholders import PLACEHOLDER
from assist.redaction.questions import Request, Topic, requests
from assist.redaction.texts import find_in_masked

_IDENTITY = frozenset(
    (
        Topic.NAME, Topic.EMAIL, Topic.PHONE, Topic.POSTCODE, Topic.DATE_OF_BIRTH, Topic.ACCOUNT, Topic.PIN, Topic.SECURITY_ANSWER, Topic.PASSWORD,
        Topic.USERNAME, Topic.ORDER, Topic.NATIONAL_ID, Topic.CARD_NUMBER, Topic.ONE_TIME_CODE, Topic.ADDRESS,
    )
)  # fmt: skip
_WORDS = {
    Topic.NAME: "name",
    Topic.EMAIL: "e-mail address",
    Topic.PHONE: "phone number",
    Topic.POSTCODE: "zip code",
    Topic.DATE_OF_BIRTH: "date of birth",
    Topic.PIN: "PIN",
    Topic.PASSWORD: "password",
    Topic.USERNAME: "username",
    Topic.NATIONAL_ID: "social security number",
    Topic.CARD_NUMBER: "card number",
    Topic.ONE_TIME_CODE: "one-time code",
    Topic.ADDRESS: "address",
}
_DATE = re.compile(
    r"\b\d{1,4}[-./]\d{1,2}[-./]\d{2,4}\b|\bborn\b[^.]{0,20}\b(?:19|20)\d\d\b|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class AskedDetails:
    """What was asked for to tell who the customer is: what they gave and what they did not, by its word, with the turns."""

    given: dict[str, tuple[int, ...]] = field(default_factory=dict)
    lacking: dict[str, tuple[int, ...]] = field(default_factory=dict)


def asked_details(case: Case) -> AskedDetails:
    """Return what was given and what was not, over the whole conversation."""
    found = AskedDetails()
    asking = Asking()
    open_requests: tuple[Request, ...] = ()
    for index, turn in enumerate(case.turns):
        if turn.role in {Role.BOT, Role.AGENT}:
            wanted = tuple(request for request in requests(turn.text) if request.topic in _IDENTITY)
            open_requests = wanted or open_requests
        elif turn.role is Role.CUSTOMER:
            kinds = {span.type for span in (*find_in_masked(turn.text), *answers(turn.text, asking.asked))}
            kinds |= {Kind(match["kind"].lower()) for match in PLACEHOLDER.finditer(turn.text)}
            _note(found, open_requests, kinds, index, turn.text)
        asking.hear(turn.role, turn.text)
    return found


_VOLUNTEERED = {
    Kind.NAME: Topic.NAME,
    Kind.EMAIL: Topic.EMAIL,
    Kind.PIN: Topic.PIN,
    Kind.DATE_OF_BIRTH: Topic.DATE_OF_BIRTH,
}


def _note(found: AskedDetails, wanted: tuple[Request, ...], kinds: set[Kind], index: int, text: str) -> None:
    for kind, topic in _VOLUNTEERED.items():
        if kind in kinds:
            _give(found, _WORDS[topic], index)
    for request in wanted:
        word = _word(request)
        if _is_given(request, wanted, kinds, text):
            _give(found, word, index)
        elif word not in found.given:
            found.lacking[word] = merged((*found.lacking.get(word, ()), index))


def _is_given(request: Request, wanted: tuple[Request, ...], kinds: set[Kind], text: str) -> bool:
    """Say whether an answer holds what was asked for."""
    if request.topic is Topic.DATE_OF_BIRTH:
        return Kind.DATE_OF_BIRTH in kinds or bool(_DATE.search(text))
    if request.topic is Topic.SECURITY_ANSWER:
        return Kind.SECURITY_ANSWER in kinds and _is_this_answer(request, wanted, text)
    if request.topic.kind is not None:
        return request.topic.kind in kinds
    codes = [code for code in _CODES.findall(PLACEHOLDER.sub("", text)) if "@" not in code]
    return any(_fits(request.topic, code) for code in codes)


def _is_this_answer(request: Request, wanted: tuple[Request, ...], text: str) -> bool:
    """Say which of several security answers was given: by its word, else by there being as many as were asked for."""
    open_ones = [other for other in wanted if other.topic is Topic.SECURITY_ANSWER]
    answers_given = len(set(PLACEHOLDER.findall(text)))
    if len(open_ones) <= max(1, answers_given):
        return True
    cue = (
        "maiden|mother"
        if "maiden" in request.words
        else "pet|dog|cat|animal|fish"
        if "pet" in request.words
        else "answer"
    )
    return bool(re.search(rf"\b(?:{cue})", text, re.IGNORECASE))


def _fits(topic: Topic, code: str) -> bool:
    """Say whether a code can be what was asked for: five digits are a zip code and no user ID."""
    if topic is Topic.POSTCODE:
        return bool(_POSTCODE.fullmatch(code))
    return not _POSTCODE.fullmatch(code) and len(code) > 2  # noqa: PLR2004 -- "18"


_CODES = re.compile(r"[\w@#.-]*\d[\w@#-]*")
_POSTCODE = re.compile(r"\d{5}(?:-\d{4})?|[A-Za-z]{1,2}\d[A-Za-z\d]?")


def _give(found: AskedDetails, word: str, index: int) -> None:
    found.given[word] = merged((*found.given.get(word, ()), index))
    found.lacking.pop(word, None)


def _word(request: Request) -> str:
    if request.topic is Topic.SECURITY_ANSWER:
        return (
            "mother's maiden name"
            if "maiden" in request.words
            else "childhood pet's name"
            if "pet" in request.words
            else "security answers"
        )
    if request.topic in _WORDS:
        return _WORDS[request.topic]
    return request.words.replace(" id", " ID").replace(" no", " number")
