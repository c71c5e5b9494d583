"""Against a statement: words that the turns do not say, or whose opposite they say."""

import re
from typing import Final

from assist.grounding.claim import Claim, is_absence, is_known, own_words
from assist.grounding.words import concept, concepts, holds, shipped_lexicon, stemmed, words

_SAME_TIME: Final = {"day": "24 hour", "week": "7 day", "hour": "60 minute", "year": "12 month", "month": "4 week"}


def uncovered(claim: Claim) -> float:
    """The share of content words that stand in no cited turn."""
    known = {word for sentence in (*claim.sentences, *claim.context) for word in sentence.concepts}
    asked = {
        word
        for clause in claim.clauses
        if not is_absence(clause)
        for word in clause.concepts
        if not word.isdigit() and word not in own_words()
    }
    if not asked and claim.concepts:
        return 0.0
    return len({word for word in asked if not is_known(word, known)}) / (len(asked) + 1) if asked else 0.5


def last_word_uncovered(claim: Claim) -> float:
    """Ends in a word that stands in no cited turn: there stands what is said of the subject."""
    known = {word for sentence in (*claim.sentences, *claim.context) for word in sentence.concepts}
    told = [word for word in concepts(claim.text) if word not in own_words()]
    ends = [word for word in told if not any(sign.isdigit() for sign in word)][-1:]
    return 0.0 if not ends or is_known(ends[0], known) or all(is_absence(clause) for clause in claim.clauses) else 1.0


def sweeping(claim: Claim) -> float:
    """Says all, only or never where no cited turn does."""
    listed = shipped_lexicon().sweeping
    mine = {word for word in words(re.sub(r"\b(?:in|at) all\b", " ", claim.text.casefold())) if word in listed}
    return (
        1.0 if mine and not claim.negated and not {word for word in words(claim.source.text) if word in listed} else 0.0
    )


def other_of_its_kind(claim: Claim) -> float:
    """Names a colour, weekday, method of payment … where the turns name another one of the kind."""
    if claim.negated:
        return 0.0
    line = stemmed(claim.text)
    clash = 0.0
    for listed in shipped_lexicon().kinds.values():
        mine = [word for word in listed if holds(word, line)]
        absent = [word for word in mine if not holds(word, claim.stems) and not _synonym_there(word, claim)]
        if absent and any(holds(word, claim.stems) and word not in mine for word in listed):
            clash += 1.0
    return min(2.0, clash)


def opposite(claim: Claim) -> float:
    """Says a word where the turns say its opposite."""
    line = stemmed(claim.text)
    for first, second in shipped_lexicon().opposites:
        for mine, theirs in ((first, second), (second, first)):
            if (
                holds(mine, line)
                and not holds(theirs, line)
                and holds(theirs, claim.stems)
                and not holds(mine, claim.stems)
            ):
                return 0.0 if claim.negated else 1.0
    return 0.0


def _synonym_there(word: str, claim: Claim) -> bool:
    if word in _SAME_TIME and f" {stemmed(_SAME_TIME[word]).strip()} " in claim.stems:
        return True
    common = concept(word) if " " not in word else ""
    return bool(common) and common != word and any(common in sentence.concepts for sentence in claim.sentences)
