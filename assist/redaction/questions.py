"""What a bot asks for: "8912" alone means nothing, after "What is your PIN?" it is the PIN."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from assist.redaction.kinds import Kind
from assist.redaction.menus import without_choices


class Topic(StrEnum):
    """What can be asked for; those that name a `Kind` are personal data."""

    CARD_NUMBER = "card_number"
    CVV = "cvv"
    PIN = "pin"
    PASSWORD = "password"  # noqa: S105 -- the name of a topic, not a password
    SECURITY_ANSWER = "security_answer"
    ONE_TIME_CODE = "one_time_code"
    NATIONAL_ID = "national_id"
    EMAIL = "email"
    PHONE = "phone"
    IBAN = "iban"
    DATE_OF_BIRTH = "date_of_birth"
    ADDRESS = "address"
    NAME = "name"
    USERNAME = "username"
    ACCOUNT = "account"
    ORDER = "order"
    POSTCODE = "postcode"
    AMOUNT = "amount"
    DATE = "date"
    EXPIRY = "expiry"
    OTHER = "other"  # a name or number of something else, which takes its place in the answer

    @property
    def kind(self) -> Kind | None:
        """The kind of personal data asked for, None where the answer is an ordinary value."""
        return Kind(self.value) if self.value in set(Kind) else None


_TOPICS: dict[Topic, str] = {
    Topic.SECURITY_ANSWER: (
        r"maiden(?: name)?|security (?:question|answer)s?|(?:childhood|first) (?:pet|dog|cat)|pet(?: that)? you had|pet'?s name|"
        r"name of (?:your|the) (?:first |childhood )?(?:pet|school)|secret (?:question|answer|word)|verification questions"
    ),
    Topic.CVV: r"cvv2?|cvc2?|(?:card )?security code|(?:three|3)[- ]digit (?:code|number)|digits on the back",
    Topic.ONE_TIME_CODE: (
        r"otp|one[- ]time (?:pass)?(?:code|word|pin|password)|verification code|authentication code|2fa code|"
        r"(?:\d|six|four)[- ]digit code|code (?:that )?(?:we|i)(?:'ve| have)? (?:just )?(?:sent|texted|e-?mailed)|login code|code (?:from|on|in) your"
    ),
    Topic.PIN: r"pins?|pin (?:code|number)|pass ?code",
    Topic.PASSWORD: r"pass ?w[ao]r?d?r?ds?|passowrd|passphrase",
    Topic.NATIONAL_ID: (
        r"ssn|social(?: security)?(?: number)?|national (?:id|insurance)(?: number)?|passport(?: number)?|"
        r"driv(?:er|ing)[’']?s? licen[cs]e(?: number)?|tax id"
    ),
    Topic.EXPIRY: r"expir(?:y|ation)(?: date)?",
    Topic.CARD_NUMBER: r"(?:credit |debit |bank |visa |payment )?card (?:number|no|details|info(?:rmation)?)|number (?:on|of) (?:your|the) (?:\w+ )?card",
    Topic.IBAN: r"iban",
    Topic.ACCOUNT: r"(?:bank )?(?:account|acct|customer|member|membership|policy|claim) (?:number|no|id)|user ?id",
    Topic.ORDER: r"(?:order|booking|reservation|confirmation|tracking|ticket|flight|invoice|reference|case) (?:number|no|id|code)",
    Topic.OTHER: (
        r"(?:company|business|product|item|hotel|doctor'?s?|city|country|host'?s?|brand|model|size|venue|restaurant|merchant|bank|reason|membership|"
        r"member)(?: (?:name|number|code|id|level))?"
    ),
    Topic.EMAIL: r"e-?mail(?: address)?",
    Topic.PHONE: r"(?:tele)?phone(?: number)?|mobile(?: number)?|cell(?: number)?|contact number|number to (?:call|reach)",
    Topic.POSTCODE: r"zip(?: ?code)?|post(?:al)? ?code",
    Topic.DATE_OF_BIRTH: r"dob|date of birth|birth ?da(?:te|y)",
    Topic.USERNAME: r"user ?names?|login(?: name)?",
    Topic.ADDRESS: r"(?:shipping |delivery |home |street |mailing |billing |full |current |new )*address|where you live",
    Topic.NAME: (
        r"(?:(?:full|first|last|sur|family|your) ?)name(?:s)?|name (?:on|of) (?:the )?account|who am i (?:speaking|talking|chatting) (?:to|with)|"
        r"account holder|name,? please"
    ),
    Topic.AMOUNT: r"amount|how much",
    Topic.DATE: r"(?:what|which|travel|departure|return) dates?",
}
_TOPIC = re.compile("|".join(rf"(?P<{topic}>\b(?:{words})\b)" for topic, words in _TOPICS.items()), re.IGNORECASE)

_SENTENCE = re.compile(r"[^.?!\n]+[.?!]*")
_REQUEST = re.compile(
    r"\?|\b(?:please|provide|enter|give|tell|confirm|what(?:'s| is| was| are)|can i|could i|may i|might i|need|verify|type|send|share|"
    r"require|have your|get your|let me have|for verification|spell|repeat|state|say|supply|key in|input|take your|know|asked? for|help me with)\b",
    re.IGNORECASE,
)
_NOT_A_REQUEST = re.compile(
    r"\b(?:never|don'?t|do not|won'?t|will not|cannot|without|"
    r"(?:has|have|had|was|been|be|is|successfully) (?:now )?(?:reset|changed|updated|verified|sent)|(?:reset|change|update|recover|unlock)(?:ting|ing)? your|"
    r"thank(?:s| you) for)\b",
    re.IGNORECASE,
)
_SHORT = 7  # a fragment such as "Account number and PIN" is a request without a verb
_AGAIN = re.compile(
    r"\b(?:again|repeat|once more|didn'?t (?:catch|get|understand)|not (?:valid|correct|right|recogni[sz]ed)|incorrect|invalid|wrong|one more time|"
    r"try|match|double[- ]check|pardon|sorry)\b",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"\b(?P<word>pin(?: code| number)?|pass ?word|pass ?code|cvv|cvc|ssn|social(?: security)?(?: number)?|otp|verification code|card number)"
    r"(?:\s+(?:is|was|are|number|here|:|it'?s))*\s*[:=.…-]*\s*$",
    re.IGNORECASE,
)
_UNFINISHED_TOPICS = {
    "pin": Topic.PIN,
    "pas": Topic.PASSWORD,
    "cvv": Topic.CVV,
    "cvc": Topic.CVV,
    "ssn": Topic.NATIONAL_ID,
    "soc": Topic.NATIONAL_ID,
    "otp": Topic.ONE_TIME_CODE,
    "ver": Topic.ONE_TIME_CODE,
    "car": Topic.CARD_NUMBER,
}


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that a turn asks for, in the words it uses."""

    topic: Topic
    words: str


@lru_cache(maxsize=1_000)  # each turn is asked about once for every answer after it
def requests(text: str) -> tuple[Request, ...]:
    """Return what a bot's or agent's turn asks the customer for, in the order asked."""
    found: list[Request] = []
    for sentence in _SENTENCE.findall(without_choices(text)):
        if _NOT_A_REQUEST.search(sentence) and not sentence.rstrip().endswith("?"):
            continue
        if not _REQUEST.search(sentence) and len(sentence.split()) > _SHORT:
            continue
        for match in _TOPIC.finditer(sentence):
            request = Request(Topic(match.lastgroup or ""), match[0].lower())
            if request not in found:
                found.append(request)
    return tuple(found)


def asked(text: str) -> tuple[Topic, ...]:
    """Return the topics of what a turn asks for, each once."""
    return tuple(dict.fromkeys(request.topic for request in requests(text)))


def asks_again(text: str) -> bool:
    """Say whether a turn sends the customer back to the question before."""
    return bool(_AGAIN.search(text))


def announced(text: str) -> tuple[Topic, ...]:
    """Return the secret that a turn announces and leaves to the next one: "here is my PIN:"."""
    match = _UNFINISHED.search(text)
    return (_UNFINISHED_TOPICS[match["word"][:3].lower()],) if match else ()
