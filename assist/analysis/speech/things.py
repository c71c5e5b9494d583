"""What a conversation calls by name: places, firms, people, quoted words, measures, numbers and references without a fixed shape.

These weigh less than values with a shape of their own, since a capital or a number alone says little of what it is for.
"""

import re

from assist.analysis.speech.spoken_numbers import SPOKEN_AMOUNT, SPOKEN_COUNT, SPOKEN_DATE, spelled

_WORD = r"[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ][\w'’-]*"
_NAMED = re.compile(
    rf"(?<=[a-z,;] )(?!I['’])(?P<value>{_WORD}(?: (?:(?:of|de|da|du|la|and|&) )?{_WORD}){{1,3}}|{_WORD} (?:pass|plan|fare|airport|hotel|station|street|account|card|club|bundle|pack|desk|blanket|lamp|tent))\b"
)
_PLACE = re.compile(
    rf"\b(?:in|at|to|from|near|via|for) (?P<value>(?!I\b|I['’]|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|St\b|January|February|March|April|May|June|July|August|September|October|November|December){_WORD}(?:, (?!and\b){_WORD})?)(?![\w@])"
)
_AIRPORT = re.compile(rf"(?P<value>\b{_WORD} to {_WORD})\b")
_FROM_TO = re.compile(
    r"\bfrom (?P<value>(?!the\b|my\b|a\b|\d|one\b|here\b|there\b|it\b|this\b|that\b|what\b)[a-z]{4,}(?: [a-z]{3,})? to (?:uh |um |er )?(?!the\b|my\b|a\b|be\b|get\b|you\b|me\b|do\b)[a-z]{4,})\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"](?P<value>[^”\"\n]{3,50})[”\"]")
_MEASURE = re.compile(
    r"\b\d[\d.,]* ?(?:%|percent|miles?|km|kilometers?|kilometres?|kg|kilos?|pounds|lbs?|gb|mb|mbps|inch(?:es)?|cm|feet|ft|stops?|steps?|pieces?|units?|boxes|copies|times?|tries|attempts?|"
    r"chairs?|tables?|lamps?|shirts?|pairs?|sets?|cards?|payments?|transactions?|players?|travell?ers?|kids?|employees|accounts?|orders?|invoices?)(?!\w)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"\b(?:my|our|his|her|their) (?:late |elderly |little |older |younger )?(?:grand)?(?:mother|father|son|daughter|wife|husband|partner|aunt|uncle|niece|nephew|sister|brother|mom|mum|dad|parents|"
    rf"kids?|child|children|cousin|friend|boss|assistant|landlord|neighbou?r|fianc[ée]e?|mother-in-law|father-in-law)(?: in {_WORD}| {_WORD})?\b"
)
_ERROR = re.compile(
    r"(?<![\w@])[A-Z]-\d{3,6}(?![\w-])|(?<![\w@])(?=[A-Z0-9_-]*[A-Z]{2})(?:[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+|[A-Z]{2,}(?:-[A-Z0-9]+)*-\d{1,6})(?![\w@])"
)
_SPOKEN_ERROR = re.compile(r"\b(?:error|code|failure) (?:code )?(?P<value>[A-Z]{0,4}-?\d{2,5})\b")
_REFERENCE = re.compile(
    r"(?<![\w@.,/+$€£-])(?:[A-Z]{1,4}-)?\d{2,4}-\d{4,8}(?![\w-])|(?<![\w@])[a-z]+(?:_[a-z]+)+_\d+(?![\w@])|(?<![\w@.,/$-])\d{7,12}(?![\w-])"
)
_DECIMAL = re.compile(r"(?<![\w$€£.,:/-])\d{1,3}(?:,?\d{3})*\.\d\d(?![\w.:/-])(?: (?=[A-Z]{3}\b)[A-Z]{3})?")
_BARE = re.compile(
    r"(?<![\w$€£.,:/#-])(?:about )?\d{1,3}(?:,\d{3})+(?![\w:/-]|\.\d)|(?<![\w$€£.,:/#-])\d{2,4}(?=[.,;!?]? |[.,;!?]?$)(?! ?(?:am|pm|%|st|nd|rd|th)\b)",
    re.MULTILINE,
)
_FRACTION = re.compile(r"\b\d{1,3} and (?:a half|a quarter)\b", re.IGNORECASE)
_WHEN = re.compile(
    r"\b(?P<value>midnight|noon|tonight|today|tomorrow(?: (?:morning|afternoon|evening|at \w+))?|this (?:morning|afternoon|evening|weekend)|(?:half|quarter|twenty|ten|five) (?:past|to) (?:one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|\d{1,2})(?: (?:this|in the) (?:morning|afternoon|evening))?|weekdays(?: \d{1,2} to \d{1,2})?|gestern(?: abend)?|heute|morgen|ayer|hoy|ieri|oggi|hier soir|demain|ontem|hoje)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:at|by|until|before|from|opens? at) (?P<value>(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})(?: o['’]?clock)?)(?=[.,;!?]| and\b|$)",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(
    r"\b(?:in|since|from|until|till|by|of|last|next) (?P<value>(?:january|february|march|april|may|june|july|august|september|october|november|december))\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?:is|she['’]?s|he['’]?s|aged|turns?|age) (?P<value>\d{1,3})(?=[.,;!?]| and\b|$)|\baged (?P<words>[a-z]+)\b",
    re.IGNORECASE,
)
_COLOUR = re.compile(
    r"\b(?:(?:light|dark|navy|sky|sage|pale|bright|off)[- ]?)?(?:red|blue|green|yellow|orange|amber|black|white|grey|gray|brown|pink|purple|plum|ivory|sage|navy|beige|teal|silver|gold)\b(?! (?:member|status|customer))",
    re.IGNORECASE,
)

THINGS: tuple[tuple[str, re.Pattern[str], float], ...] = (
    ("named", _NAMED, 4.5),
    ("place", _PLACE, 4.0),
    ("route", _AIRPORT, 4.8),
    ("route", _FROM_TO, 4.8),
    ("quoted", _QUOTED, 4.0),
    ("quantity", _MEASURE, 3.5),
    ("related_person", _RELATIVE, 3.2),
    ("error_code", _ERROR, 6.0),
    ("error_code", _SPOKEN_ERROR, 5.0),
    ("reference", _REFERENCE, 6.0),
    ("amount", _DECIMAL, 5.5),
    ("number", _BARE, 2.2),
    ("size", _FRACTION, 4.0),
    ("when", _WHEN, 2.5),
    ("time", _BY, 2.5),
    ("month", _MONTH_ALONE, 3.5),
    ("age", _AGE, 3.0),
    ("colour", _COLOUR, 3.0),
    ("amount", SPOKEN_AMOUNT, 6.5),
    ("date", SPOKEN_DATE, 6.0),
    ("quantity", SPOKEN_COUNT, 4.0),
)
"""Fact name, pattern (the named group is the value, where there is one) and weight."""


def things(text: str) -> list[tuple[str, float, tuple[int, int]]]:
    """Return what a text calls by name or by number, with weight and place; places may overlap with other values."""
    found: list[tuple[str, float, tuple[int, int]]] = []
    for name, pattern, weight in THINGS:
        found += [(name, weight, match.span(match.lastgroup or 0)) for match in pattern.finditer(text)]
    at = 0
    for code in spelled(text):
        start = text.find(code, at)
        found.append(("spelled_code", 6.0, (start, start + len(code))))
        at = start + len(code)
    return found
