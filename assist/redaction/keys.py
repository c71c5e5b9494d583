"""Secrets in structured data: what a key calls its value, in JSON, in keyword form and in query strings."""

import re
from collections.abc import Iterator

from assist.redaction.kinds import Kind, Span
from assist.redaction.structure import key_words

_SECRET_WORDS = {
    "pin": Kind.PIN,
    "passcode": Kind.PIN,
    "pincode": Kind.PIN,
    "password": Kind.PASSWORD,
    "passwd": Kind.PASSWORD,
    "pwd": Kind.PASSWORD,
    "passphrase": Kind.PASSWORD,
    "secret": Kind.PASSWORD,
    "token": Kind.PASSWORD,
    "apikey": Kind.PASSWORD,
    "authorization": Kind.PASSWORD,
    "credential": Kind.PASSWORD,
    "credentials": Kind.PASSWORD,
    "cvv": Kind.CVV,
    "cvc": Kind.CVV,
    "csc": Kind.CVV,
    "cvn": Kind.CVV,
    "ssn": Kind.NATIONAL_ID,
    "nino": Kind.NATIONAL_ID,
    "passport": Kind.NATIONAL_ID,
    "aadhaar": Kind.NATIONAL_ID,
    "otp": Kind.ONE_TIME_CODE,
    "pan": Kind.CARD_NUMBER,
}
_SECRET_PHRASES = {
    ("card", "number"): Kind.CARD_NUMBER,
    ("card", "no"): Kind.CARD_NUMBER,
    ("card", "num"): Kind.CARD_NUMBER,
    ("cc", "number"): Kind.CARD_NUMBER,
    ("security", "code"): Kind.CVV,
    ("pin", "code"): Kind.PIN,
    ("pin", "number"): Kind.PIN,
    ("cvv", "code"): Kind.CVV,
    ("api", "key"): Kind.PASSWORD,
    ("access", "key"): Kind.PASSWORD,
    ("private", "key"): Kind.PASSWORD,
    ("security", "answer"): Kind.SECURITY_ANSWER,
    ("secret", "answer"): Kind.SECURITY_ANSWER,
    ("maiden", "name"): Kind.SECURITY_ANSWER,
    ("social", "security"): Kind.NATIONAL_ID,
    ("security", "number"): Kind.NATIONAL_ID,
    ("national", "id"): Kind.NATIONAL_ID,
    ("passport", "number"): Kind.NATIONAL_ID,
    ("tax", "id"): Kind.NATIONAL_ID,
    ("license", "number"): Kind.NATIONAL_ID,
    ("licence", "number"): Kind.NATIONAL_ID,
    ("ssn", "last"): Kind.NATIONAL_ID,
    ("verification", "code"): Kind.ONE_TIME_CODE,
    ("auth", "code"): Kind.ONE_TIME_CODE,
    ("authentication", "code"): Kind.ONE_TIME_CODE,
    ("time", "code"): Kind.ONE_TIME_CODE,
    ("time", "password"): Kind.ONE_TIME_CODE,
    ("otp", "code"): Kind.ONE_TIME_CODE,
}
_TRAILING = frozenset(("value", "input", "text", "entered", "provided", "given", "four", "digits", "raw"))
# Says how a check went or that a value is absent, not the value itself.
_STATES = re.compile(
    r"bearer|basic|true|false|yes|no|ok|null|none|nil|valid|invalid|correct|incorrect|match|matched|mismatch|verified|"
    r"unverified|failed|passed|set|unset|reset|changed|sent|expired|missing|required|optional|unknown|empty|"
    r"blank|locked|active|wrong|pending|confirmed|accepted|rejected|undefined|success|error",
    re.IGNORECASE,
)
_MASKED = re.compile(r"^\[[A-Z_]+_\d+\]$|^[*•xX.\s-]*[*•xX]{2,}[*•xX.\s-]*\d{0,4}$")
_CARD_LEAST = 8  # fewer digits under "card number" are the last four, which are printed on receipts

_PAIR = re.compile(
    r"(?P<quote>\\*[\"'`]?)(?P<key>[A-Za-z][A-Za-z0-9_.\- ]{0,40}?)(?P=quote)\s*(?:[:=]|=>)\s*"
    r"(?:(?P<open>(?:\\*[\"'`])+)(?P<quoted>.*?)(?=\\*[\"'`])|(?P<bare>[^\s\"'`,;&}\]\)]+))"
)


def kind_of(key: str) -> Kind | None:
    """Return what secret a key such as `cardNumber`, `user_pin` or `SecurityAnswer1` holds; None where none."""
    words = [word for word in key_words(key) if not word.isdigit()]
    while words and words[-1] in _TRAILING:
        words.pop()
    if not words:
        return None
    if len(words) > 1 and words[-2:] != ["gift", "card"] and (kind := _SECRET_PHRASES.get((words[-2], words[-1]))):
        return kind
    return _SECRET_WORDS.get(words[-1])


def is_secret(kind: Kind, value: str) -> bool:
    """Say whether a value under such a key is the secret itself, and not a state, a mask or the last four digits."""
    bare = value.strip().strip("\\\"'`").strip()
    if not bare or _STATES.fullmatch(bare) or _MASKED.match(bare):
        return False
    if kind is Kind.CARD_NUMBER:
        return sum(c.isdigit() for c in bare) >= _CARD_LEAST
    if kind in {Kind.PIN, Kind.CVV}:
        return any(c.isdigit() for c in bare)
    return True


def pairs(text: str) -> Iterator[Span]:
    """Yield the secret values of key-value pairs that stand in a text, whatever notation it uses."""
    for match in _PAIR.finditer(text):
        kind = kind_of(match["key"])
        group = "quoted" if match["quoted"] is not None else "bare"
        if kind is None or not is_secret(kind, match[group]):
            continue
        value = match[group]
        lead = len(value) - len(value.lstrip())
        start = match.start(group) + lead
        yield Span(type=kind, start=start, end=start + len(value.strip()))
