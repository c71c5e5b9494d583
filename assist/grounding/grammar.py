"""What a sentence says of acts: done, not done, could not be done, will be done, wished for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from assist.grounding.words import concept, concepts, irregular, shipped_lexicon

_NEGATION: Final = re.compile(
    r"\b(?:not|no|never|none|nothing|without|neither|nor|nobody|cannot|unable|\w+n't|cant|dont|didnt|doesnt|isnt|wasnt|wont|havent|hasnt|couldnt)\b"
    r"|\bfail(?:s|ed|ing|ure)?\b|\brefus\w+|\bdeclin\w+|\breject\w+|\bden(?:y|ied|ies)\b|\bturned down\b|\black\w*\b|\bmissing\b|\bunavailable\b|\bunsuccessful\w*|\binstead of\b|\brather than\b|\b(?:tried|attempted) to\b",
    re.IGNORECASE,
)
_REACH: Final = re.compile(
    r"\b(?:not|no|never|none of|nothing|without|neither|nor|cannot|unable to|\w+n't|cant|dont|didnt|doesnt|isnt|wasnt|wont|havent|hasnt|couldnt|fail(?:s|ed)? to|refuse[sd]? (?:to|the|a|any)|declined (?:to|the|a)|lacks?|instead of|rather than)\s+(?P<reach>(?:[\w'-]+\s*){1,5})",
    re.IGNORECASE,
)
_REACH_ENDS: Final = re.compile(
    r"\b(?:where|when|what|which|how|who|why|that|because|but|until|unless|before|after|only|just|without)\b",
    re.IGNORECASE,
)
_UN: Final = re.compile(
    r"\b(?:un|in|im|non-?)(known|available|paid|verified|successful|able|active|valid|correct|possible|refundable|solved|answered)\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    r"[;:]\s+(?!no\b|not\b|none\b|yes\b)|,?\s+but\s+|,\s+(?:and|so|which|who|then|as|because|since|although|though)\s+|\.\s+(?=[A-Z])|,\s+(?=(?:nothing|no|the|it|he|she|they|there|please|I)\b)"
    r"|\s+because\s+"
    r"|\s+and\s+(?=(?:nothing|no|the bot|it|he|she|they|there|i|we|asked|asks|wants|refuse\w*|accept\w*|said|has|have|had|is|was|will|would|can|could|may|might|should|did|then|\w+ed)\b)",
    re.IGNORECASE,
)
_ADVERB: Final = r"(?:\s+(?:already|now|just|also|successfully|still|yet|finally|really|ever|first|again|then|since|only|all|both|both\s+been))*"
_NOT: Final = r"(?:\s+not|n't)?"
_PASSIVE: Final = re.compile(
    rf"\b(?P<aux>(?:has|have|had|having|'s|'ve)(?P<n1>{_NOT}){_ADVERB}\s+been|(?:was|were|is|are|got|gets|being|am)(?P<n2>{_NOT}))(?P<n3>\s+not)?{_ADVERB}\s+(?P<verb>[a-z-]+)\b",
    re.IGNORECASE,
)
_PERFECT: Final = re.compile(
    rf"\b(?:has|have|had|'ve|i've|we've)(?P<n1>{_NOT})(?P<n2>\s+not|\s+never)?{_ADVERB}\s+(?P<verb>[a-z-]+)\b",
    re.IGNORECASE,
)
_AHEAD: Final = re.compile(r"\b(?:will|'ll|going to|shall|can|could|would|may|might|let me)\b", re.IGNORECASE)
_AUXILIARY: Final = frozenset(["did", "had", "got", "done", "went", "came", "left"])
_WORD: Final = re.compile(r"[\w'-]+")
_MODAL: Final = re.compile(
    r"\b(?P<modal>will|'ll|would|'d|shall|going\s+to|can|could|may|might|must|should|to)(?P<n>n't|\s+not|not)?(?:\s+(?:also|now|then|only|still|gladly|never))*(?:\s+be|\s+have)?(?:\s+being|\s+been)?\s+(?P<verb>[a-z-]+)\b",
    re.IGNORECASE,
)
_HAVING_DONE: Final = re.compile(r"to(?:\s+\w+)*\s+have\b", re.IGNORECASE)
_CANNOT: Final = re.compile(
    r"\b(?:can(?:no|')t|can\s+not|cant|could\s*(?:n't|\s+not)|couldnt|(?:un|not\s+)able\s+to|fail(?:ed|s|ure)?\s+to|(?:not|no)\s+(?:possible|means|way|ability)\s+to|impossible\s+to|(?:do|does)(?:n't|\s+not)\s+have\s+the\s+ability\s+to)"
    r"(?:\s+(?:also|now|currently|even|another|send))*(?:\s+be)?\s+(?P<verb>[a-z-]+)",
    re.IGNORECASE,
)
_DID_NOT: Final = re.compile(r"\b(?:did|does|do)(?:n't|\s+not)\s+(?:\w+ly\s+)?(?P<verb>[a-z-]+)\b", re.IGNORECASE)
_WISH: Final = re.compile(
    r"\b(?:want(?:s|ed)?|wish(?:es|ed)?|would\s+like|'d\s+like|ask(?:s|ed)?|request(?:s|ed)?|need(?:s|ed)?|prefer(?:s|red)?|hope(?:s|d)?|insist(?:s|ed)?|demand(?:s|ed)?|looking)\b",
    re.IGNORECASE,
)
_NO_SUBJECT: Final = re.compile(
    r"^\W*(?:no|nothing|neither|none|nobody|not)\b|\bno\s+\w+(?:\s+\w+){0,4}?\s+(?:has|have|was|were|is|are|had|took|could)\b|\bnothing\s+(?:\w+\s+)?(?:has|have|had|is|was|were|can|could|will)\b|\bnone\s+(?:of\s+\w+\s+)?(?:is|was|were|has|have|are)\b",
    re.IGNORECASE,
)
_QUESTION: Final = re.compile(
    r"\?\s*$|^\W*(?:would you like|do you want|shall i|should i|can i|could you|may i|is that|are you)\b|\bplease (?:specify|confirm|provide|choose|tell|share|let me know|enter)\b",
    re.IGNORECASE,
)
_URGES: Final = re.compile(
    r"^\W*(?:is|are|ca|could|do|does|wo|would|should|did|have|has)n'?t\s+(?:there|you|i|we|it|he|she|they|that|this|someone)\b",
    re.IGNORECASE,
)
_IF: Final = re.compile(
    r"\b(?:if|whether|once|when(?:ever)?|unless|until|in case|as soon as|to proceed|before|subject to|after you)\b",
    re.IGNORECASE,
)
_BOT_SUBJECT: Final = re.compile(
    r"^(?:bot|system|assistant|agent|it|we|i|team|company|shop|bank|airline|clinic|hotel|desk|department)$",
    re.IGNORECASE,
)
_PERSON: Final = frozenset(["he", "she", "they", "customer", "who", "i"])


class Status(StrEnum):
    """How far an act went, by what a sentence says."""

    DONE = "done"
    NOT_DONE = "not_done"
    COULD_NOT = "could_not"
    TO_DO = "to_do"  # will, can, is to be
    WISHED = "wished"


@dataclass(frozen=True, slots=True)
class Act:
    """One verb of a sentence, in its common form, with its status; `by_us` where bot or company is the doer or nobody is named."""

    verb: str
    status: Status
    by_us: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence with a verb of its own."""

    text: str
    concepts: frozenset[str]
    denied: frozenset[str]
    negated: bool
    asked: bool
    conditional: bool
    acts: tuple[Act, ...]

    def verbs(self, *status: Status) -> set[str]:
        """Return the verbs with one of these statuses."""
        return {act.verb for act in self.acts if act.status in status}


def is_past(word: str) -> bool:
    """Say whether a word has the form of a past participle."""
    word = word.lower()
    lexicon = shipped_lexicon()
    regular = len(word) > 3 and word.endswith("ed") and word not in lexicon.not_past  # noqa: PLR2004 -- "red"
    return regular or word in irregular() or word in lexicon.past_alike


def clauses(sentence: str) -> list[Clause]:
    """Return the clauses of a sentence."""
    sentence = sentence.replace("’", "'")
    pieces = [piece for piece in _CLAUSE.split(sentence) if piece and piece.strip(" .,!")]
    none = bool(re.match(r"^\W*neither\b", sentence, re.IGNORECASE))
    asked = bool(_QUESTION.search(sentence))
    found: list[Clause] = []
    doer = ""
    for piece in pieces:
        # "Isn't there someone else?" denies nothing.
        urging = bool(_URGES.match(piece))
        # "The bot changed the address and refunded $5": the doer of the first part does the second too.
        own = re.match(
            r"\W*(?:the\s+)?(bot|system|agent|customer|it|he|she|they|we|i|company|team)\b", piece, re.IGNORECASE
        )
        spoken = f"{doer} {piece}" if own is None and doer and is_past(piece.split()[0].strip(",.")) else piece
        doer = own[1] if own else doer
        found.append(
            Clause(
                text=piece,
                concepts=frozenset(concepts(piece)),
                denied=frozenset() if urging else _denied(piece),
                negated=not urging and (none or bool(_NEGATION.search(piece) or _UN.search(piece))),
                asked=asked,
                conditional=bool(_IF.search(piece)),
                acts=tuple(_acts(spoken, none=none)),
            )
        )
    return found


def _denied(text: str) -> frozenset[str]:
    """Return the content words that stand in the reach of a negation."""
    reached = {word for match in _REACH.finditer(text) for word in concepts(_REACH_ENDS.split(match["reach"])[0])}
    return frozenset(reached | {concept(match[1]) for match in _UN.finditer(text)})


def is_negated(text: str) -> bool:
    """Say whether something is denied in a text."""
    return bool(_NEGATION.search(text))


def _acts(text: str, *, none: bool) -> Iterator[Act]:
    reader = _Reader(text, none=none)
    yield from reader.attempts()
    yield from reader.plans()
    yield from reader.compounds()
    yield from reader.simple()


class _Reader:
    """Reads the verbs of a clause, the surest forms first; each verb counts once."""

    def __init__(self, text: str, *, none: bool) -> None:
        self._text = text
        self._denied = none or bool(_NO_SUBJECT.search(text))
        self._wished = bool(_WISH.search(text))
        self._ahead = bool(_AHEAD.search(text))
        self._seen: set[int] = set()
        self._not_done = False

    def attempts(self) -> Iterator[Act]:
        """Yield what could not be done, and what was not done."""
        for pattern, status in ((_CANNOT, Status.COULD_NOT), (_DID_NOT, Status.NOT_DONE)):
            for match in self._new(pattern):
                yield self._act(match, status)

    def plans(self) -> Iterator[Act]:
        """Yield what will, can or is to be done."""
        for match in self._new(_MODAL):
            if _HAVING_DONE.match(match[0]):  # "seem to have forgotten": it is done
                self._seen.discard(match.start("verb"))
                continue
            refused = match["n"] or self._denied
            yield self._act(match, Status.COULD_NOT if refused else Status.WISHED if self._wished else Status.TO_DO)

    def compounds(self) -> Iterator[Act]:
        """Yield what was or has been done: "was changed", "has changed", "has been changed"."""
        for pattern in (_PASSIVE, _PERFECT):
            for match in self._new(pattern, past=True):
                negative = self._denied or any(match.groupdict().get(name) for name in ("n1", "n2", "n3"))
                self._not_done = self._not_done or negative
                wished = self._wished and pattern is _PERFECT
                status = Status.NOT_DONE if negative else Status.WISHED if wished else Status.DONE
                yield self._act(match, status, ours=True if pattern is _PASSIVE else None)

    def simple(self) -> Iterator[Act]:
        """Yield what stands in the past form alone: "changed"."""
        previous = ""
        for match in _WORD.finditer(self._text):
            word, before, previous = match[0].lower(), previous, match[0].lower()
            if (
                match.start() in self._seen
                or not is_past(word)
                or word in _AUXILIARY
                or before in shipped_lexicon().before_nouns
            ):
                continue
            object_denied = self._text[match.end() :].lstrip().lower().startswith("no ")  # "made no proposal"
            negative = self._denied or object_denied or (before in {"or", "nor"} and self._not_done)
            status = Status.NOT_DONE if negative else Status.TO_DO if self._ahead else Status.DONE
            yield Act(concept(word), Status.WISHED if self._wished else status, _by_us(self._text, match.start()))

    def _new(self, pattern: re.Pattern[str], *, past: bool = False) -> Iterator[re.Match[str]]:
        for match in pattern.finditer(self._text):
            if match.start("verb") not in self._seen and (not past or is_past(match["verb"])):
                self._seen.add(match.start("verb"))
                yield match

    def _act(self, match: re.Match[str], status: Status, *, ours: bool | None = None) -> Act:
        return Act(concept(match["verb"]), status, _by_us(self._text, match.start()) if ours is None else ours)


def _by_us(text: str, at: int) -> bool:
    """Say whether the doer of the verb at this place is the bot or the company, by the nearest noun before it."""
    before = re.findall(r"[\w']+", text[:at].lower())
    for word in reversed(before):
        if _BOT_SUBJECT.match(word):
            return True
        if word in _PERSON:
            return False
    return False
