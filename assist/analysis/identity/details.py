"""The details that say who a customer is: how they are asked for, how they stand in tool arguments, what an answer looks like.

A `SECRET` is something only the customer should know, so that a back end that accepts it has proved identity; all the
others merely find an account. A date of birth is between the two: it proves only where it is asked for as proof.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from assist.analysis.speech.phrases import phrase_book
from assist.analysis.tools.names import name_words


class Detail(StrEnum):
    """One kind of detail; the value is how a sentence names it."""

    NAME = "name"
    USERNAME = "username"
    EMAIL = "e-mail address"
    PHONE = "phone number"
    ACCOUNT = "account number"
    ORDER = "order or booking number"
    ADDRESS = "address"
    ZIP = "zip code"
    BIRTH_DATE = "date of birth"
    PIN = "PIN"
    PASSWORD = "password"  # noqa: S105 -- the name of a detail
    CODE = "one-time code"
    SECURITY_ANSWER = "security answers"
    NATIONAL_ID = "national id"
    CARD = "card number"


SECRETS: Final = frozenset(
    {Detail.PIN, Detail.PASSWORD, Detail.CODE, Detail.SECURITY_ANSWER, Detail.NATIONAL_ID},
)
"""What only the customer should know."""

CREDENTIALS: Final = SECRETS | {Detail.BIRTH_DATE, Detail.ACCOUNT}
"""What is asked for in order to check someone, rather than to find an order."""

UNMISTAKABLE: Final = frozenset({Detail.EMAIL, Detail.BIRTH_DATE, Detail.ZIP, Detail.ADDRESS})
"""What is known by its shape wherever it stands."""

_ASKED: Final[Mapping[Detail, re.Pattern[str]]] = {
    detail: re.compile(pattern, re.IGNORECASE)
    for detail, pattern in {
        Detail.NAME: r"\b(?:(?:your|full|first|last|sur|complete)[ -]?(?:(?!maiden)\w+ )?name|name and|name on the)\b"
        r"|\bwho am i (?:speaking|talking)|(?<!maiden )\bname(?:, |\s*(?:please|\?))",
        Detail.USERNAME: r"\buser ?(?:name|id)\b|\blog[ -]?in (?:name|id)\b|\bcustomer (?:id|number)\b|\bmember(?:ship)? (?:id|number)\b",
        Detail.EMAIL: r"\be-?mail\b",
        Detail.PHONE: r"\b(?:phone|mobile|telephone|cell) ?(?:number)?\b",
        Detail.ACCOUNT: r"\baccount[ -]?(?:number|id|no)\b|\bpolicy number\b|\biban\b",
        Detail.ORDER: r"\b(?:order|reservation|booking|confirmation|ticket|reference|case|purchase)[ -]?"
        r"(?:id|number|code|no|reference)s?\b|\brecord locator\b|\bpnr\b",
        Detail.ADDRESS: r"\b(?:street |billing |home |full |mailing |current |your |postal )address\b",
        Detail.ZIP: r"\b(?:zip|postal|post) ?code\b|\bpostcode\b|\bzip\b",
        Detail.BIRTH_DATE: r"\b(?:date of birth|birth ?day|birth ?date|dob|d\.o\.b|when were you born)\b",
        Detail.PIN: r"\bpin\b(?! ?code\b)|\bpin number\b|\bpersonal identification number\b",
        Detail.PASSWORD: r"\b(?:password|pass ?(?:word|code|phrase)|secret word)\b",
        Detail.CODE: r"\b(?:verification|security|one[ -]time|access|confirmation|texted?|sms|otp|(?:\d|four|five|six|eight)[ -]digit) ?(?:code|pass ?code)\b|\botp\b"
        r"|\bcode (?:that |which )?(?:i|we)(?:'ve| have)?(?: just)? (?:sent|texted|mailed)\b|\b(?:four|five|six|eight|\d) digits\b",
        Detail.SECURITY_ANSWER: r"\bmaiden name\b|\bsecurity (?:question|answer|word)s?\b|\b(?:secret|memorable) (?:question|answer|word|place)\b"
        r"|\b(?:childhood|first)(?: pet| school| car)|\bpet\b[^.?]{0,20}\bchild\w*|\bname of (?:the|your) (?:\w+ )?pet\b",
        Detail.NATIONAL_ID: r"\b(?:social security|ssn|social insurance|national (?:id|insurance)|passport number|tax id)\b",
        Detail.CARD: r"\b(?:last (?:four|4)(?: digits)?|card (?:number|ending)|(?:debit|credit) card number)\b",
    }.items()
}

_ARGUMENTS: Final[Mapping[Detail, tuple[frozenset[str], ...]]] = {
    Detail.PIN: (frozenset({"pin"}),),
    Detail.PASSWORD: (frozenset({"password"}), frozenset({"passcode"}), frozenset({"passphrase"})),
    Detail.CODE: (frozenset({"otp"}), frozenset({"verification", "code"}), frozenset({"security", "code"}), frozenset({"auth", "code"})),
    Detail.SECURITY_ANSWER: (
        frozenset({"security", "answer"}),
        frozenset({"secret", "answer"}),
        frozenset({"maiden"}),
        frozenset({"pet"}),
        frozenset({"memorable"}),
    ),
    Detail.NATIONAL_ID: (frozenset({"ssn"}), frozenset({"social", "security"}), frozenset({"national", "id"})),
    Detail.BIRTH_DATE: (frozenset({"dob"}), frozenset({"birth"}), frozenset({"birthday"}), frozenset({"birthdate"})),
    Detail.ACCOUNT: (frozenset({"account", "number"}), frozenset({"account", "id"}), frozenset({"iban"})),
    Detail.ZIP: (frozenset({"zip"}), frozenset({"postcode"}), frozenset({"postal"})),
    Detail.EMAIL: (frozenset({"email"}), frozenset({"mail"})),
    Detail.PHONE: (frozenset({"phone"}), frozenset({"mobile"})),
    Detail.USERNAME: (
        frozenset({"user", "id"}), frozenset({"username"}), frozenset({"customer", "id"}), frozenset({"member", "id"}),
    ),
    Detail.ORDER: tuple(
        frozenset({thing, key})
        for thing in ("order", "reservation", "booking", "confirmation", "ticket")
        for key in ("id", "number", "code", "no")
    ),
    Detail.NAME: tuple(
        frozenset({whose, "name"})
        for whose in ("full", "first", "last", "user", "customer", "patient", "client", "member", "guest", "passenger", "holder")
    ),
    Detail.CARD: (frozenset({"card", "number"}), frozenset({"last", "four"})),
}  # fmt: skip
_NEW_VALUE: Final = frozenset({"new", "updated", "changed", "confirm", "repeat"})

_IN_WORDS: Final = frozenset({Detail.NAME, Detail.SECURITY_ANSWER, Detail.PASSWORD})
_FEW_WORDS: Final = 7
_SHAPES: Final[Mapping[Detail, re.Pattern[str]]] = {
    detail: re.compile(pattern, re.IGNORECASE)
    for detail, pattern in {
        Detail.NAME: r"[^\W\d_]{2,}",
        Detail.USERNAME: r"\b(?=\w*\d)(?=\w*[a-z_])\w{4,}\b|\b\w+_\w+\b",
        Detail.EMAIL: r"[^\s@]{1,64}@[^\s@]{1,255}\.\w|\[EMAIL_\d+\]",
        Detail.PHONE: r"(?:\d[\s().-]*){7,}|\[PHONE\w*_\d+\]",
        Detail.ACCOUNT: r"\b(?=\w*\d)[\w-]{5,}\b|\[(?:ACCOUNT|IBAN|BANK|CARD|PHONE)\w*_\d+\]",
        Detail.ORDER: r"#?\b(?=[\w-]*\d)[A-Z0-9][\w-]{3,}\b|\b(?-i:[A-Z]{6})\b",
        Detail.ADDRESS: r"\b\d{1,6}\s{1,3}\w|\[ADDRESS_\d+\]",
        Detail.ZIP: r"\b\d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d\w? ?\d[A-Z]{2}\b|\b\d{4,6}\b",
        Detail.BIRTH_DATE: r"\b\d{1,4}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{1,4}\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b[^.]{0,14}\d"
        r"|\d[^.]{0,8}\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\[DATE\w*_\d+\]|^\D{0,20}\d{6,8}\D*$",
        Detail.PIN: r"\b\d{3,8}\b|\[(?:PIN|CVV|PASSWORD)\w*_\d+\]",
        Detail.PASSWORD: r"\[PASSWORD_\d+\]|\S{4,}",
        Detail.CODE: r"\b\d{3,8}\b|\[(?:PIN|CVV|CODE|OTP)\w*_\d+\]",
        Detail.SECURITY_ANSWER: r"[^\W\d_]{2,}",
        Detail.NATIONAL_ID: r"\d{3}-?\d{2}-?\d{4}|\d{4,}|\[NATIONAL_ID_\d+\]",
        Detail.CARD: r"\d{4}|\[CARD_NUMBER_\d+\]",
    }.items()
}


def asked_details(text: str) -> frozenset[Detail]:
    """Return the kinds of detail that a bot's question names."""
    return frozenset(detail for detail, pattern in _ASKED.items() if pattern.search(text))


def argument_details(arguments: Mapping[str, str]) -> frozenset[Detail]:
    """Return the kinds of detail that a tool call was given; values to be set ("new_password") do not count."""
    found = set()
    for key in arguments:
        words = frozenset(name_words(key))
        if words & _NEW_VALUE or words >= {"pin", "code"}:
            continue
        found |= {detail for detail, shapes in _ARGUMENTS.items() if any(shape <= words for shape in shapes)}
    return frozenset(found)


def declined(text: str) -> bool:
    """Whether an answer says that the detail cannot or will not be given."""
    return phrase_book("identity_signs")["withheld"].search(text)


def looks_given(detail: Detail, answer: str, *, named: bool = False) -> bool:
    """Whether an answer holds something shaped like the detail; `named` where it says itself that this is it.

    Words alone answer a question for a name or a memory only where they are few, and do not ask back.
    """
    if detail in _IN_WORDS and not named and ("?" in answer or len(answer.split()) > _FEW_WORDS):
        return False
    return bool(_SHAPES[detail].search(answer))
