"""When a sentence shows that an act was done."""

import re
from typing import Final

from assist.domain.transcript import Role
from assist.grounding.claim import Claim, vague
from assist.grounding.evidence import Sentence
from assist.grounding.grammar import Clause, Status
from assist.grounding.words import concepts, shipped_lexicon

YES: Final = re.compile(
    r"\b(?:yes|yeah|yep|sure|ok(?:ay)?|fine|please do|go ahead|agree\w*|confirm\w*|sounds good|perfect|of course|correct|proceed|that works|great)\b",
    re.IGNORECASE,
)


def is_proven(verb: str, clause: Clause, claim: Claim) -> bool:
    """Say whether some cited sentence shows the act of this clause as done."""
    things = clause.concepts - {verb} - vague()
    return any(
        _by_call(verb, things, sentence, claim) if sentence.tool is not None else _by_word(verb, things, sentence)
        for sentence in claim.sentences
        if not sentence.failed
    )


def _by_call(verb: str, things: frozenset[str], call: Sentence, claim: Claim) -> bool:
    """Say whether a back-end call did it, or found a record that says so, such as {"status": "cancelled"}."""
    if call.performed:
        return verb in call.performed | call.acts(Status.DONE) or (_is_generic(verb) and bool(things & call.performed))
    if call.tool is not None and not call.tool.words and _confirmed_before(verb, call, claim):
        return True
    recorded = verb in call.concepts and call.tool is not None and verb not in call.tool.words
    return recorded or verb in call.acts(Status.DONE) or (_is_generic(verb) and bool(things & call.concepts))


def _by_word(verb: str, things: frozenset[str], sentence: Sentence) -> bool:
    """Say whether a sentence reports it as done; of what only the company can do, the customer's word is no proof."""
    if sentence.role is Role.CUSTOMER and verb in shipped_lexicon().company:
        return False
    done = sentence.acts(Status.DONE)
    if verb in done or (any(map(_is_generic, done)) and _beside(verb, sentence)):
        return True
    return _is_generic(verb) and bool(things & sentence.concepts) and any(_is_generic(v) or v in things for v in done)


def _is_generic(verb: str) -> bool:
    return verb in shipped_lexicon().generic


def _confirmed_before(verb: str, call: Sentence, claim: Claim) -> bool:
    """Say whether a call whose name is not known follows a customer's yes to this very act."""
    before = claim.evidence.cited(range(max(0, call.turn - 2), call.turn))
    said_yes = any(s.role is Role.CUSTOMER and YES.search(s.text) for s in before)
    return said_yes and any(s.role is Role.BOT and verb in s.concepts for s in before)


def _beside(verb: str, sentence: Sentence) -> bool:
    """Say whether the act stands as a noun beside the verb that carries it out: "your refund has been processed"."""
    near = concepts(sentence.text)
    return any(_is_generic(word) and verb in near[max(0, at - 2) : at + 3] for at, word in enumerate(near))
