"""What values look like in speech: amounts, dates, times, codes, places; each with its fact name and weight."""

import re

AMOUNT = re.compile(
    r"(?<![\w.])[-+]?[$€£¥₹]\s?\d[\d,]*(?:\.\d+)?(?![\w-]|\.\d)|\b\d[\d.,]*\s?(?:dollars?|bucks|euros?|pounds?|credits|cents|soles|pesos|usd|eur|gbp|chf|zł|kr)\b|(?<![\w.,])\d[\d.,]*\s?[€£$]",
    re.IGNORECASE,
)
_FOREIGN_MONTH = (
    r"(?:januar|jänner|februar|märz|mai|juni|juli|oktober|dezember|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|gennaio|febbraio|aprile|"
    r"maggio|giugno|luglio|settembre|ottobre|novembre|dicembre|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|décembre|janeiro|fevereiro|março|maio|junho|julho|"
    r"setembro|outubro|novembro|dezembro|januari|februari|maart|mei|augustus)"
)
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
DATE = re.compile(
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b|\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:(?: to | ?- ?|–)(?:{_MONTH} )?\d{{1,2}}(?:st|nd|rd|th)?)?(?:,? \d{{4}})?\b"
    rf"|\b(?:the )?\d{{1,2}}(?:st|nd|rd|th)(?: to (?:the )?\d{{1,2}}(?:st|nd|rd|th))? (?:of )?{_MONTH}(?:,? \d{{4}})?\b|\b{_MONTH} \d{{4}}\b|\b\d{{1,2}} {_MONTH}(?: \d{{4}})?\b|\b\d{{1,2}}\.? (?:de |di )?{_FOREIGN_MONTH}(?: (?:de )?\d{{4}})?\b|(?<![\d/.-])\d{{1,2}}/\d{{1,2}}(?![\d/-])"
    rf"|(?<![\d.])\d{{1,2}}\.\d{{1,2}}\.(?:\d{{2,4}})?(?![\d.])|(?:\bthe )\d{{1,2}}(?:st|nd|rd|th)(?: of (?:the|each|every) month)?\b|\b\d{{1,2}}(?:st|nd|rd|th) (?:of (?:the|each|every) month|day)\b",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    r"\b(?:on )?(?P<day>(?:next |this |last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: or (?:mon|tues|wednes|thurs|fri|satur|sun)day)?(?: (?:at|around) \d{1,2}(?::\d\d)? ?(?:[ap]\.?m\.?)?)?)\b",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b\.?|\b\d{1,2}:\d\d\b|\b\d{1,2} to \d{1,2}\b(?! (?:days|weeks|business|working))",
    re.IGNORECASE,
)
PERIOD = re.compile(
    r"\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|few)(?: more)? (?:minutes?|hours?|days?|weeks?|months?|years?)(?: and \d+ minutes?)?(?: (?:ago|old|late|early|left|remaining))?\b|\blast (?:night|week|month|year)\b|\byesterday\b|"
    r"\bover the last \w+\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![\w@.#/-])#?(?=[A-Z0-9_-]*\d)(?=[A-Z0-9_-]*[A-Z])[A-Z0-9]{2}[A-Z0-9_-]{3,18}(?![\w@-])")
_LOGIN = re.compile(r"(?<![\w@.])[a-z]+(?:[_.][a-z]+)*_?\d{1,6}(?![\w@-])|(?<![\w@.])[a-z]+(?:_[a-z]+)+_\d+(?![\w@-])")
_FLIGHT = re.compile(
    r"\b(?:flight(?: number| no\.?)?:?\s+)(?P<value>[A-Z]{2,3} ?\d{2,4})\b|\b(?P<code>(?:HAT|[A-Z][A-Z0-9])\d{3,4})\b"
)
_ENDING = re.compile(
    r"\b(?:(?P<brand>visa|mastercard|amex|american express|discover|debit|credit|card)(?: (?:credit|debit))?(?: card)? )ending (?:in|with) \d{4}\b",
    re.IGNORECASE,
)
_PAYMENT = re.compile(
    r"\b(?:gift card|credit card|debit card|paypal|mastercard|visa|bank transfer|apple pay|google pay)\b", re.IGNORECASE
)
_ROUTE = re.compile(
    r"\b(?:[Ff]rom )(?P<origin>[A-Z]{3}|[A-Z][a-z]+(?: [A-Z][a-z]+)?(?: \([A-Z]{3}\))?) to (?P<destination>[A-Z]{3}|[A-Z][a-z]+(?: [A-Z][a-z]+)?(?: \([A-Z]{3}\))?)\b"
)
_ADDRESS = re.compile(
    r"\b\d{1,6} (?:(?:\d{1,2}(?:st|nd|rd|th)|[A-Za-z]+\.?) ){1,4}?(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|place|pl|way|terrace|circle|square|highway|hwy|parkway)\b\.?"
    r"(?:,? +(?:apt|suite|unit|ste|floor|#)\.? ?\w+)?(?:,? +[A-Za-z]+(?: [A-Za-z]+)?,? +[A-Z]{2}\.?,? +\d{5}|, +[A-Z][a-z]+)?",
    re.IGNORECASE,
)
_SUITE = re.compile(r"\b(?:suite|apt|apartment|unit|room) #?\d{1,5}[a-z]?\b", re.IGNORECASE)
_DOCTOR = re.compile(r"\bDr\.? [A-Z][a-z]+(?: [A-Z][a-z]+)?")
_MEMBER = re.compile(
    r"\b(?:gold|silver|bronze|platinum|premium|regular|basic)(?: member(?:ship)?| status| subscription| customer)\b",
    re.IGNORECASE,
)
_CABIN = re.compile(r"\b(?:basic economy|premium economy|business class|first class|economy)\b", re.IGNORECASE)
_STATUS = re.compile(
    r"\b(?:order|status|it|which|says|is|still|currently|been)\b[^.?!\n]{0,25}?\b(?P<status>pending|processing|processed|shipped|in transit|delivered|delayed|out of stock|cancell?ed)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:the |at )?(?P<place>(?:[A-Z][a-z]+ ){0,3}(?:Inn|Hotel|Apartments?|Suites|Resort|Clinic|Hospital|Venue))\b"
)

_RATE = re.compile(
    r"[$€£]\s?\d[\d,]*(?:\.\d+)? (?:per|a|each|for each) (?:passenger|person|month|year|week|day|night|item|unit|bag|ticket)\b",
    re.IGNORECASE,
)
_BARE_AMOUNT = re.compile(
    r"\b(?:get back|refund(?:ed)?(?: of)?|withdr[ae]w|took|stole|paid|pay|charged?(?: me)?|cost(?:s)?(?: me)?|debited|amount (?:is|of|was)|owe)\s+(?:about |only |just )?"
    r"(?P<value>\d[\d,]*(?:\.\d+)?)\b(?! ?(?:days?|weeks?|months?|times?|hours?|years?|%|st|nd|rd|th|/))",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\b(?:\d{1,3}|two|three|four|five|six) (?:passengers?|people|persons|guests?|adults?|children|tickets?|nights?|bags?|rooms?|seats?|lines?|devices?)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?:i am|i'm|i’m|aged?|age is) (?P<value>\d{2,3})\b(?! ?(?:%|minutes|days|weeks|months|miles|hours|dollars|am|pm))|\b(?P<old>\d{1,3})[ -]years?[ -]old\b",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\bsize \w{1,4}\b", re.IGNORECASE)
_AIRPORT = re.compile(r"\b(?:from|to|through|via|leaving|into|out of) (?P<value>[A-Z]{3})\b")
_LEG = re.compile(r"\b[A-Z]{3} to [A-Z]{3}\b")
_BOUGHT = re.compile(
    r"\b(?:buy|bought|ordered|return(?:ing|ed)?|exchang(?:e|ing)|purchased?|want|got|replace|refund for|changing the \w+ of|item \w+ (?:\w+ ){0,4}is|received|looking (?:at|for)) "
    r"(?:some|my|the|these|this|those|an?|one of the)\s+(?P<value>(?!new\b)[a-z][a-z-]+(?: (?:of )?[a-z-]{3,}){0,2}?)"
    r"(?=\s+(?:i|we|for|from|in|on|at|that|which|because|cause|and|but|to|with|as|is|are|was|were|instead|please|back|again|yesterday|today|last|she|he|you|have)\b|[.,!?;]|\s*$)",
    re.IGNORECASE,
)
_NO_ITEM = re.compile(
    r"(?:\w+ )?(?:orders?|flights?|reservations?|bookings?|refund|help|trip|account|items?|things?|money|back|issue|problem|way|chance|look|moment|return|size|wrong|error|message|"
    r"call|email|code|link|credit|charge|fee|new|same|different|full|partial|human|agent|person|supervisor|manager|ride|room|table|appointment|quote|update|response|answer|"
    r"ticket|tickets|one|ones|other|rest|whole|lot|bit|couple|pair|few|check|transfer|hold|idea|time|day|week|wrong \w+)",
    re.IGNORECASE,
)


def items(text: str) -> list[tuple[str, float, tuple[int, int]]]:
    """Return the things that somebody buys, returns or received, in their own words."""
    return [
        ("item", 6.0, match.span("value")) for match in _BOUGHT.finditer(text) if not _NO_ITEM.fullmatch(match["value"])
    ]


SHAPES: tuple[tuple[str, re.Pattern[str], float], ...] = (
    ("rate", _RATE, 6.5),
    ("amount", AMOUNT, 7.5),
    ("amount", _BARE_AMOUNT, 7.5),
    ("date", DATE, 6.5),
    ("day", WEEKDAY, 5),
    ("time", CLOCK, 4.5),
    ("period", PERIOD, 5.5),
    ("payment_method", _ENDING, 6.0),
    ("payment_method", _PAYMENT, 4),
    ("address", _ADDRESS, 6),
    ("unit", _SUITE, 4.5),
    ("doctor", _DOCTOR, 6.5),
    ("membership", _MEMBER, 5),
    ("cabin", _CABIN, 5),
    ("status", _STATUS, 5),
    ("place", _PLACE, 6),
    ("count", _COUNT, 5),
    ("age", _AGE, 4),
    ("size", _SIZE, 5),
    ("code", _CODE, 7),
    ("username", _LOGIN, 6),
)
"""Fact name, pattern (the named group is the value, where there is one) and weight."""


def flights(text: str) -> list[tuple[str, float, tuple[int, int]]]:
    """Return flight numbers, and the ends of a route, with their weight and place."""
    found = [("flight_number", 5.0, flight.span(flight.lastgroup or "code")) for flight in _FLIGHT.finditer(text)]
    found += [("airport", 4.5, airport.span("value")) for airport in _AIRPORT.finditer(text)]
    found += [("route", 4.5, leg.span()) for leg in _LEG.finditer(text)]
    for route in _ROUTE.finditer(text):
        found += [("origin", 5.0, route.span("origin")), ("destination", 5.0, route.span("destination"))]
    return found
