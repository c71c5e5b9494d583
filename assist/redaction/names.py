"""Names of persons in a text: what introduces them, what they are made of, and where they come back."""

import re
from collections.abc import Iterator
from itertools import pairwise

from assist.redaction.kinds import Kind, Span
from assist.redaction.people import NameLists, is_word_first, name_lists

_PART = r"(?!I\b)[^\W\d_a-z][^\W\d_]*(?:['’-](?!s\b)[^\W\d_]+)*"
_SMALL = r"(?:de|da|do|dos|das|di|del|della|van|von|der|den|ten|ter|la|le|el|al|bin|ibn|af|av|y|e)"
_NAME = rf"(?:[^\W\d_a-z]\.|{_PART})(?:[ \t]{{1,2}}(?:[^\W\d_a-z]\.|{_PART}|{_SMALL}(?=[ \t])))*"
_CAPITALISED = re.compile(rf"(?<![\w@/.#-]){_NAME}(?![\w@]|-\d)")
_ANY_CASE = r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*"

# Whoever stands after these words is a person, in capitals or not.
_SURELY = re.compile(
    rf"(?:\bmy (?:full |first |last )?name(?: is|'s|’s|:)|\bnames?(?:'s| is|:)|\b(?:grand)?(?:mother|father) was called|"
    rf"\bname on the (?:account|card)(?: is|\?|:)?(?: user:)?|\buser:|\bunder my partner'?s name|\bfirst name:?|\blast name(?: is|\?|:)?|\bwhat'?s your (?:last |first |full )?name\?|\bname\?|"
    rf"\b(?:mr|mrs|ms|dr|prof|mister|miss|herr|frau|señor|madame)\.?(?=\s))\s*(?:dr\.?|mr\.?|mrs\.?|ms\.?)?\s*[\"“]?"
    rf"(?P<name>(?-i:(?!\[)){_ANY_CASE}(?:[ \t]{{1,2}}(?:{_ANY_CASE}|\w\.)){{0,3}})",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\b(?:and|but|or|is|was|are|i|my|the|a|an|to|in|on|at|for|from|with|flew|not|no|it|its|it's|here|please|thanks|thank|you|can|could|would|will|so|as|if|because|who|that|this|"
    r"of|have|has|had|speaking|calling|also|booking|order|ssn|number|email|account|password|phone|policy|claim|confirmation|code|id|your|what|how|"
    r"everyone|originally|there|just|sorry|need|want|like|about|do|does|did|by|be|correct|right|wrong|yes|ok|okay|sure|hi|hello|madam|sir|suite)\b.*",
    re.IGNORECASE | re.DOTALL,
)
# Whoever stands after these is a person if they have a capital or a known name.
_PERSON_BEFORE = re.compile(
    r"(?:\b(?:i'm|i’m|i am|this is|said|says|hi|hello|hey|dear|thank you,?|thanks,?|regards,?|starring|producer|player|directed by:?|remember me,|shouted at|"
    r"(?<!please )(?:calls?|called) me|"
    r"(?:add|remove|contact) (?:my \w+)?|my (?:kid|son|daughter|wife|husband|partner|friend|mother|father|boss|brother|sister|colleague)|name:|founders?:|"
    r"heard|why is|commenter|influenced by|tribute to|unlike the|than early|assistant to|leave me|between (?:him|her) and|(?:they|we|i) had \d+:|follow up with|"
    r"features|verses from|gender of|under|speak (?:to|with)|talk(?:ing)? (?:to|with)|spoke (?:to|with)|change it to|though)\s+)$",
    re.IGNORECASE,
)
_PERSON_AFTER = re.compile(
    r"^(?:\s+(?:said|says|shouted|lives|listed|had given|spent|wrote|began writing|told|asked|replied|explained|points|flew|is (?:very|from|a very)|was influenced|will be talking|"
    r"picked|speak)\b|,? can i (?:please )?speak\b|['’]s (?:daughter|son|wife|husband|kid|address|account|birthday|name)\b|: ?[\"“])",
    re.IGNORECASE,
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|from|via|visit|city of|outside|around|of|the|on|toward|towards|into|through)\s+$", re.IGNORECASE
)
_ORGANISATION = re.compile(
    r"\b(?:inc|ltd|llc|gmbh|corp(?:oration)?|company|co|group|bank|insurance|associates|technologies|solutions|partners|holdings|university|college|school|"
    r"hospital|hotel|inn|airlines?|airport|orchestra|agency|services?|systems?|labs?|media|network|foundation|institute|store|restaurant|cafe|apartments?|"
    r"street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|court|square|place|way|park|beach|hills?|springs|city|county|state|island|act|border|"
    r"card|class|economy|pay|type|number|code|id|reader|bed|chair|vegas|angeles|york|francisco|diego|antonio|tv|info|statement|republic|club|investments|resources|"
    r"incorporated|poors)\b\.?$",
    re.IGNORECASE,
)
_ORGANISATION_AFTER = re.compile(
    r"[ \t]+(?:inc|ltd|llc|gmbh|corp|group|bank|insurance|associates|orchestra|street|st|avenue|road|hotel|inn|airport|university|club)\b",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(r"\d[\w/-]*[ \t]+$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:>\n\"“]\s*)$")
_PARTS_MOST = 5
_INITIAL = 2  # initials and particles come back as other words


def names(text: str) -> list[Span]:
    """Return the names of persons; the parts of a name found once are found wherever they stand."""
    lists = name_lists()
    found = [*_introduced(text), *_capitalised(text, lists), *_lower_case(text, lists)]
    known = {part for start, end in found for part in re.findall(_PART, text[start:end]) if len(part) > _INITIAL}
    found += [
        match.span()
        for match in re.finditer(_PART, text)
        if match[0] in known and not _NUMBER_BEFORE.search(_before(text, match.start()))
    ]
    return [Span(type=Kind.NAME, start=start, end=end) for start, end in found]


_AFTERWARDS = re.compile(
    rf"(?P<name>{_ANY_CASE}(?: {_ANY_CASE}){{0,2}}) is my (?:full |first |last )?name\b", re.IGNORECASE
)


def _introduced(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span("name") for match in _AFTERWARDS.finditer(text))
    for match in _SURELY.finditer(text):
        name = _STOP.sub("", match["name"]).rstrip()
        if len(name) > 1:
            yield match.start("name"), match.start("name") + len(name)


def _capitalised(text: str, lists: NameLists) -> Iterator[tuple[int, int]]:
    for match in _CAPITALISED.finditer(text):
        start, end = _without_openers(text, *match.span())
        if start < end and _is_person(text, start, end, lists):
            yield start, end


_OPENER = re.compile(
    r"(?:hi|hello|hey|dear|thanks|thank|mr|mrs|ms|dr|prof|sir|the|a|an|and|but|if|my|is|are|can|could|would|will|please|yes|no|ok|okay|sure|i|i'm|i’m|while|since|because|as|once|name|user|address|customer|passenger|"
    r"passengers|why|what|who|when|where|how|this|that|it|it's|for|from|to|with|in|on|at|by|unlike|tell|sometimes|maybe|also|so|oh|well|producer|regards|sincerely|follow|have|they|we|you|he|she)"
    r"(?:\.|,)?[ \t]+",
    re.IGNORECASE,
)


def _without_openers(text: str, start: int, end: int) -> tuple[int, int]:
    """Take off words that have a capital only because they begin a sentence."""
    while opener := _OPENER.match(text, start, end):
        start = opener.end()
    return start, end


def _is_person(text: str, start: int, end: int, lists: NameLists) -> bool:
    name = text[start:end]
    parts = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name)
    full = [part for part in parts if len(part) > 1]
    if not full or len(parts) > _PARTS_MOST or name[0].islower() or (name.isupper() and len(parts) > 1):
        return False
    if _is_something_else(text, start, end):
        return False
    before, after = _before(text, start), text[end : end + _NEAR]
    context = bool(_PERSON_BEFORE.search(before) or _PERSON_AFTER.match(after))
    placed = bool(_PLACE_BEFORE.search(before)) and not context
    known = sum(lists.knows(part) for part in full)
    word_first = sum(is_word_first(part) for part in full)
    if len(full) == len(parts) == 1:
        if word_first or placed:
            return False
        return context or lists.is_given(name) or (known > 0 and not _SENTENCE_START.search(before))
    if placed and known < len(full):
        return len(parts) > len(full) and known > 0
    return (known > 0 and word_first < len(full)) or len(parts) > len(full) or (context and word_first == 0)


_NEAR = 60  # characters beside a word that say what it is


def _before(text: str, at: int) -> str:
    """Return what stands close before a place; where the text goes on further, the beginning is no sentence start."""
    return text[:at] if at <= _NEAR else f"…{text[at - _NEAR : at]}"


def _is_something_else(text: str, start: int, end: int) -> bool:
    """Say whether a number beside it or a word of trade in it makes it a street, a company or a product."""
    return bool(
        _ORGANISATION.search(text[start:end])
        or _ORGANISATION_AFTER.match(text[end : end + _NEAR])
        or _NUMBER_BEFORE.search(_before(text, start))
        or re.match(r"[ \t]*\d", text[end : end + _NEAR])
    )


_WORD = re.compile(r"(?<![\w@.])[^\W\d_]{3,}(?![\w@])")


def _lower_case(text: str, lists: NameLists) -> Iterator[tuple[int, int]]:
    """Yield names typed without capitals: given name and surname side by side, or one where a person must stand."""
    words = [match for match in _WORD.finditer(text) if match[0].islower()]
    for word in words:
        if lists.is_given(word[0]) and (
            _PERSON_BEFORE.search(_before(text, word.start()))
            or _PERSON_AFTER.match(text[word.end() : word.end() + _NEAR])
        ):
            yield word.span()
    yield from _listed(text, lists)
    for first, last in pairwise(words):
        if (
            text[first.end() : last.start()] == " "
            and lists.is_given(first[0])
            and last[0] in lists.family
            and not is_word_first(last[0])
        ):
            yield first.start(), last.end()


_LIST = re.compile(r"(?<![\w,] )[^\W\d_]{2,}(?:, [^\W\d_]{2,})+,? (?:and|&|or) [^\W\d_]{2,}")
_LISTED_LEAST = 2


def _listed(text: str, lists: NameLists) -> Iterator[tuple[int, int]]:
    """Yield the members of a list in which most are given names."""
    for match in _LIST.finditer(text):
        words = [word for word in re.finditer(r"[^\W\d_]{2,}", match[0]) if word[0].lower() not in {"and", "or"}]
        if sum(lists.is_given(word[0]) for word in words) > max(_LISTED_LEAST - 1, len(words) // 2):
            yield from ((match.start() + word.start(), match.start() + word.end()) for word in words)
