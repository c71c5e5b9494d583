"""Payment cards: numbers by issuer, length and checksum, and the code printed beside them."""

import re
from collections.abc import Iterator

from stdnum import luhn

from assist.redaction.digits import Run, runs, windows
from assist.redaction.kinds import Kind, Span

_LEAST, _MOST = 12, 19
_CERTAIN_LEAST = 13

# Issuer ranges of ISO/IEC 7812 that are in use, with the lengths their cards have.
_ISSUERS = (
    (re.compile(r"4"), {13, 16, 19}),  # Visa
    (re.compile(r"5[1-5]|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720"), {16}),  # Mastercard
    (re.compile(r"3[47]"), {15}),  # American Express
    (re.compile(r"6011|64[4-9]|65"), {16, 17, 18, 19}),  # Discover
    (re.compile(r"35(?:2[89]|[3-8])"), {16, 17, 18, 19}),  # JCB
    (re.compile(r"1800|2131"), {15}),  # JCB, older
    (re.compile(r"30[0-5]|3095|36|38|39"), {14, 15, 16, 17, 18, 19}),  # Diners Club
    (re.compile(r"62|81"), {16, 17, 18, 19}),  # UnionPay
    (re.compile(r"50|5[6-9]|6[0-9]"), {13, 15, 16, 17, 18, 19}),  # Maestro and national schemes
)

_CARD_WORD = re.compile(
    r"(?<![a-z])(?:cards?|credit|debit|visa|master ?card|amex|american express|maestro|discover|cc)(?![a-z])",
    re.IGNORECASE,
)
_OTHER_WORD = re.compile(
    r"(?<![a-z])(?:order|tracking|reference|ref|booking|reservation|confirmation|invoice|ticket|case|claim|policy|imei|serial|"
    r"account|acct|a/c|iban|phone|mobile|item|product|sku|transaction|shipment|parcel|barcode|isbn)(?![a-z])",
    re.IGNORECASE,
)
_CARD_NUMBER_AFTER = re.compile(
    r"[\s,]*(?:(?:this|that|it)\s+)?(?:is|was)\s+(?:my|the|his|her|our)\s+(?:\w+\s+){0,2}card\b", re.IGNORECASE
)
_NEAR = 45  # characters before a number in which a word may say what it is

_EXPIRY = r"(?:0?[1-9]|1[0-2])\s?[/-]\s?(?:20)?\d\d"
_CVV_AFTER_CARD = re.compile(
    rf"\s*[,;|]?\s*(?:exp\w*\.?:?\s*)?{_EXPIRY}[\s,;|/]+(?P<value>\d{{3,4}})\b(?![./-]\d)", re.IGNORECASE
)


def _issued(digits: str) -> bool:
    return any(pattern.match(digits) and len(digits) in lengths for pattern, lengths in _ISSUERS)


def _named(text: str, start: int) -> bool | None:
    """Say whether the nearest word before `start` calls it a card (True), another number (False), or nothing (None)."""
    before = text[max(0, start - _NEAR) : start]
    card = max((match.end() for match in _CARD_WORD.finditer(before)), default=-1)
    other = max((match.end() for match in _OTHER_WORD.finditer(before)), default=-1)
    if card < 0 and other < 0:
        return None
    return card > other


def _called_afterwards(text: str, run: Run) -> bool:
    """Say whether the words after a number call it a card's: "… is my old card number"."""
    return _CARD_NUMBER_AFTER.match(text, run.end) is not None


def _card(text: str, run: Run) -> Iterator[Run]:
    named = _named(text, run.start)
    if named is False and not _CARD_WORD.search(text):
        return
    parts = windows(run, least=_LEAST, most=_MOST)
    certain = [p for p in parts if len(p.digits) >= _CERTAIN_LEAST and _issued(p.digits) and luhn.is_valid(p.digits)]
    if certain and named is not False:
        yield certain[0]
    elif parts and (named or _called_afterwards(text, run) or (named is None and _CARD_WORD.search(text))):
        # Called a card, though a digit may be mistyped or misheard: as secret as a right one.
        yield parts[0]


def card_numbers(text: str) -> list[Span]:
    """Return the card numbers in a text, and the codes that follow them after an expiry date."""
    spans: list[Span] = []
    for run in runs(text):
        if len(run.digits) < _LEAST or _glued(text, run):
            continue
        for card in _card(text, run):
            spans.append(Span(type=Kind.CARD_NUMBER, start=card.start, end=card.end))
            if code := _CVV_AFTER_CARD.match(text, card.end):
                spans.append(Span(type=Kind.CVV, start=code.start("value"), end=code.end("value")))
    return spans


def _glued(text: str, run: Run) -> bool:
    """Say whether the run is part of a longer word, such as an id with letters."""
    before = text[run.start - 1] if run.start else " "
    after = text[run.end] if run.end < len(text) else " "
    return before.isalnum() or before in "_#" or after.isalnum() or after == "_"
