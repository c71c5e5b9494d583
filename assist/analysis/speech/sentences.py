"""Turns cut into sentences, with the small talk around them taken off."""

import re
from dataclasses import dataclass
from functools import lru_cache

_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=\S)|\n+|(?<=[a-z0-9])\.{2,}\s*")
_ABBREVIATION = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|Inc|Ltd|Apt|vs|e\.g|i\.e|approx|a\.m|p\.m|U\.S)\.$", re.IGNORECASE
)
# "am 3. Mai": the full stop of an ordinal ends nothing.
_DAY, _MONTH = (
    re.compile(r"\b\d{1,2}\.$"),
    re.compile(r"(?:jan|jän|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)", re.IGNORECASE),
)
_GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|hallo|good (?:morning|afternoon|evening|day)|greetings|dear (?:sir|madam|team))(?: there| again| everyone)?|"
    r"sure(?: thing)?|certainly|of course|yes|yeah|yep|ok(?:ay)?|alright|well|oh(?: no| dear| boy)?|hmm+|uh+|um+|so|and|actually|absolutely|great|excellent|wonderful|fantastic|awesome|nice|good news|right|perfect|firstly|"
    r"thanks?(?: you)?(?: (?:so|very) much)?|please|i understand(?: (?:your|the|that)\s?(?:\w+\s?){0,3})?|unfortunately|however|no problem|"
    r"i(?:'m| am)(?: very| so| really)? sorry(?: (?:for|to hear|about) [^,.!?]*)?|sorry|i appreciate (?:the|your) \w+|"
    r"the (?:problem|issue|thing) is(?: that)?|wait|listen|look|basically|honestly|anyway|also|then|therefore|but|no(?=,)|nope|no stress|seriously|frankly|look here|super quick|morning|evening|hiya|yo|oops|gosh|ugh?|wow|about that(?=,)|"
    r"i (?:can )?see that|it (?:seems|appears|looks like)(?: that)?|i(?:'m| am) afraid(?: that)?|i found that|i (?:appreciate|respect) [^,.!?]{3,60}(?=, but)|that being said|as (?:i|you) (?:said|mentioned)(?: earlier| before)?|as mentioned(?: earlier| before)?)"
    r"\s*(?:[,!.:;…-]+\s*|\s+(?=(?:i|my|we|can|could|please|but|and|the|there|it|no|a|unfortunately|however|someone|your|you|this|that|ok(?:ay)?|great|sure|so|well|thanks?|thank you)\b))"
    r"(?:but\s+)?(?:surely\s+)?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s,]*(?:,? ?(?:please|thanks?|thank you)(?: (?:so|very) much| in advance)?|if (?:possible|you can|you could|that(?:'s| is) (?:ok|okay|possible))|"
    r"right now|asap)[\s.!?]*$",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r",?\s*\b(?:wouldn'?t you know(?: it)?|you know|if you (?:catch my drift|know what i mean)|to be honest|lol|haha+)\b[\s,-]*",
    re.IGNORECASE,
)
_LAST = re.compile(r"\s+(?:man|dude|lol|haha+|bro|mate)$", re.IGNORECASE)
# Signs that people draw faces with stand for no word.
_FACES = re.compile(r"\s*(?:[:;=]-?[)(DPpO|/](?!\w)|<3|[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F]+)")
_MARKUP = re.compile(r"\*\*|__|^#{1,6}\s+|^\s*[-*•]\s+|^\s*\d+[.)]\s+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a turn as it stands, and its core without greetings and thanks."""

    turn: int
    text: str
    core: str

    @property
    def is_question(self) -> bool:
        """Whether it ends in a question mark."""
        return self.text.rstrip("\"'”’) ").endswith("?")


@lru_cache(maxsize=1024)
def sentences(turn: int, text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a turn; list marks and emphasis are left out."""
    pieces: list[str] = []
    for part in _END.split(_MARKUP.sub("", text)):
        piece = " ".join(part.split())
        if not piece:
            continue
        if pieces and (_ABBREVIATION.search(pieces[-1]) or (_DAY.search(pieces[-1]) and _MONTH.match(piece))):
            pieces[-1] = f"{pieces[-1]} {piece}"
        else:
            pieces.append(piece)
    return tuple(Sentence(turn, piece, core(piece)) for piece in pieces)


def core(text: str) -> str:
    """Return a sentence without greeting, thanks and end mark, with plain apostrophes."""
    text = _FACES.sub(" ", text.replace("’", "'"))
    before = None
    while before != text:
        before = text
        text = _GREETING.sub("", text, count=1).lstrip(" ,;:-")
    before = None
    while before != text:
        before = text
        text = _LAST.sub("", _TAIL.sub("", text).rstrip(" .!?,;:-…"))
    return _FILLER.sub(" ", text).strip()
