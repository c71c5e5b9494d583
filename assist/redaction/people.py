"""Names that people have, in seventy languages, less the words that are mostly something else.

The lists are those of Faker, which keeps them by country; they are read once, when the first text is searched.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_][\w'’-]+")

# Given names and surnames that in a service conversation are words, days, places or brands first.
_WORDS_FIRST = re.compile(
    r"the|my|can|will|an|day|fee|more|else|cash|made|doc|date|good|job|may|per|room|long|back|must|price|friend|too|each|doctor|way|us|add|merchant|"
    r"reason|hope|he|block|soon|cap|were|best|field|park|close|put|mile|general|link|love|car|said|line|such|list|clear|post|lot|early|she|south|"
    r"less|little|read|en|kick|kind|hand|case|valid|floor|west|weeks?|bills?|worth|small|bird|true|sunny|son|forget|low|holder|church|company|ever|"
    r"man|green|bush|banks?|cadence|north|street|real|edit|cant|asks|house|trace|payer|captain|red|loan|chance|fan|branch|front|snow|unique|odd|"
    r"fancy|boss|max|carrier|stock|guy|star|unknown|fall|pages?|lucky|smart|thai|short|marks?|fields?|carry|media|fit|sun|sky|drop|key|baby|rush|"
    r"held|cases|black|chip|water|foot|burger|stack|among|brick|joke|song|ah|chinese|major|fair|power|hyatt|hilton|law|sad|london|beer|min|pop|fresh|"
    r"doe|lawyer|glass|brain|roll|beat|summer|ou|strong|brand|owe|silver|sunshine|story|sales|lady|hell|grab|june|handy|orange|cook|minor|italian|"
    r"san|ti|stone|nail|walls|press|ford|cross|wall|yada|mad|fo|seven|china|parent|amber|gray|guard|till|brands|charity|miles|killer|peer|storm|"
    r"patience|hurt|art|wash|rock|rob|jacuzzi|cares|heck|rich|fran|peace|reader|bass|master|junk|wing|grand|metro|swift|tank|gates|eco|parts|lies|"
    r"om|ring|kidney|kitty|steer|slime|craig slist|princess|royal|flowers|sas|champ|shade|windy|western|pat|sys|blank|fox|poos|grill|dos|destiny|"
    r"judge|math|blick|bridge|justice|ball|bore|diamond|hill|dock|lyric|fed|gamble|kale|heaven|limo|bail|shine|tea|champagne|rode|hall|nyc|buck|"
    r"autumn|toy|treasure|wise|al|pastor|cali|pleasant|gross|mall|tiny|wood|wage|era|jet|fount|curry|lemon|dot|wild|sire|spring|mac|ma|male|deep|"
    r"beard|pope|walker|hardy|til|ey|sellers|loyal|op|france|comfort|ferry|solar|fleet|constant|suits|gauge|kit|pace|fares|bright|sharp|cruise|"
    r"tone|harm|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|july|august|september|october|november|december|"
    r"texas|york|houston|denver|phoenix|boston|dallas|paris|orlando|jackson ville|chelsea|georgia|virginia|carolina|florida|india|israel|jordan|"
    r"ireland|england|holland|visa|amazon|apple|delta|sky|christmas|easter|internet|card|cards|order|number|account|please|thanks|yes|no|ok|hi|hello|"
    r"hey|dear|sir|madam|miss|mister|god|lord|king|queen|prince|duke|count|earl|bishop|abbot|young|old|new|page|case|sage|joy|faith|ivy|violet|iris|"
    r"dawn|crystal palace|gift|golden|gold|bronze|premium|basic|economy|business|first|class|suite|apt|avenue|road|drive|lane|court|place|square|"
    r"de|la|le|di|da|von|van|der|den|el|du|dos|das|do|san|santa|saint|st|english|french|german|american|european|asian|african|hall|"
    r"need|have|has|do|does|did|are|is|be|been|was|when|where|which|what|who|how|why|then|than|that|this|these|those|there|here|for|from|with|"
    r"you|your|name|bot|answer|question|address|mr|mrs|ms|dr|note|subject|update|info|error|warning|message|status|result|i|we|they|it|his|her|our|their|not|now|if|or|and|but|"
    r"support|service|agent|team|bank|customer|client|user|member|manager|office|center|centre|airport|station|hotel|inn|flight|ticket",
    re.IGNORECASE,
)
_STATIC_LISTS = re.compile(r"(?:first|last|middle)_?names?|surnames?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameLists:
    """Given names and surnames in lower case."""

    given: frozenset[str]
    family: frozenset[str]

    def knows(self, word: str) -> bool:
        """Say whether a word is a name of either sort, and not mostly something else."""
        folded = word.casefold()
        return (folded in self.given or folded in self.family) and not is_word_first(word)

    def is_given(self, word: str) -> bool:
        """Say whether a word is a given name, and not mostly something else."""
        return word.casefold() in self.given and not is_word_first(word)


def is_word_first(word: str) -> bool:
    """Say whether a word is mostly something else than a name."""
    return bool(_WORDS_FIRST.fullmatch(word))


@lru_cache(maxsize=1)
def name_lists() -> NameLists:
    """Return all lists, merged."""
    given: set[str] = set()
    family: set[str] = set()
    for attribute, names in _attributes():
        target = family if re.search(r"last|sur", attribute, re.IGNORECASE) else given
        target.update(word.casefold() for name in names for word in _WORD.findall(name))
    return NameLists(frozenset(given), frozenset(family))


def _attributes() -> Iterator[tuple[str, Iterable[str]]]:
    from faker.providers import person  # noqa: PLC0415 -- thousands of names; only who redacts needs them

    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if _STATIC_LISTS.search(attribute) and isinstance(values, dict | list | tuple | set):
                yield attribute, [value for value in values if isinstance(value, str) and "{{" not in value]
