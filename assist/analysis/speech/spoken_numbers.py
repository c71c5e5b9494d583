"""Numbers as they are spoken: "two hundred and nineteen dollars", "the ninth of november", "l n oh oh six one eight".

Voice transcripts hold no digits. The values are found where they stand and kept to the letter; nobody turns "won" into one.
"""

import re
from collections.abc import Iterator

_ONES = r"one|two|three|four|five|six|seven|eight|nine"
_TEENS = r"ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNIT = rf"(?:(?:{_TENS})(?:[- ](?:{_ONES}))?|{_TEENS}|{_ONES})"
_NUMBER = rf"(?:(?:an?|{_UNIT}) (?:hundred|thousand)(?:,? (?:and )?{_UNIT})?(?: (?:hundred|thousand)(?:,? (?:and )?{_UNIT})?)?|{_UNIT})"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_ORDINAL = (
    r"(?:(?:twenty|thirty)[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|"
    r"seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_YEAR = rf"(?:(?:nineteen|twenty)(?: hundred)?(?: and)? (?:oh )?{_UNIT}(?: {_UNIT})?|(?:{_TENS})[- ](?:{_ONES}|too)|two thousand(?: and)?(?: {_UNIT})?)"

SPOKEN_AMOUNT = re.compile(
    rf"\b{_NUMBER} (?:dollars?|bucks|euros?|pounds?|cents?|pence|soles|pesos)\b(?:,? (?:and )?{_UNIT}(?: cents?)?(?! \w*(?:one|two|three)))?"
    rf"|\b{_NUMBER} (?=a (?:month|week|year|day)\b)(?:a \w+)",
    re.IGNORECASE,
)
SPOKEN_DATE = re.compile(
    rf"\b(?:the )?{_ORDINAL} (?:of )?{_MONTH}(?:,? {_YEAR})?\b|\b{_MONTH} (?:the )?{_ORDINAL}(?:,? {_YEAR}(?: too)?)?\b",
    re.IGNORECASE,
)
SPOKEN_COUNT = re.compile(
    rf"\b(?:{_NUMBER}|won|an?other) (?:(?:minute|hour|day|week|month|year|night|passenger|ticket|bag|person|attempt|tr(?:y|ie)|time|mile|percent|room|seat|line)s?|people)(?: late| early| ago| old| left| remaining)?\b",
    re.IGNORECASE,
)
_SIGN = rf"(?:{_ONES}|zero|oh|won|too|for|ate|nought|dash|double|hyphen|slash|bee|see|sea|dee|jay|kay|ell|em|en|pea|queue|are|tea|tee|you|vee|ex|why|zed|zee|[a-z]|\d)(?: as in(?: an?)? \w+(?: ray)?| for \w+(?=,))?"
_SPELLED = re.compile(rf"(?<![\w'’])(?:{_SIGN}(?:, | |-|\.\.\. ?)){{3,}}{_SIGN}(?![\w'’])", re.IGNORECASE)
_DIGIT = re.compile(rf"\b(?:{_ONES}|zero|oh|won|\d)\b", re.IGNORECASE)
_NEXT = re.compile(r"[ ,]+(?:i|a)$", re.IGNORECASE)
_DIGITS_LEAST = 2


def spelled(text: str) -> Iterator[str]:
    """Yield codes that are spelled sign by sign, as they stand: "w five five zero eight"."""
    for match in _SPELLED.finditer(text):
        # "… seven i think": the last letter begins the next words.
        code = match[0] if match.end() == len(text) else _NEXT.sub("", match[0])
        if len(_DIGIT.findall(code)) >= _DIGITS_LEAST:
            yield code
