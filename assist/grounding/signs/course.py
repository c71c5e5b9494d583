"""Against a statement: what it tells as a fact was only asked, planned, denied or taken back where the turns speak of it."""

import re
from typing import Final

from assist.domain.transcript import Role
from assist.grounding.claim import Claim, is_absence, vague
from assist.grounding.evidence import Sentence
from assist.grounding.grammar import Act, Clause, Status
from assist.grounding.proof import YES
from assist.grounding.signs.identity import claims_proof
from assist.grounding.words import concept, shipped_lexicon, words

_OPEN: Final = frozenset([Status.NOT_DONE, Status.COULD_NOT, Status.TO_DO, Status.WISHED])
_TOLD: Final = frozenset(
    concept(word)
    for word in (
        "say",
        "ask",
        "tell",
        "want",
        "give",
        "name",
        "offer",
        "explain",
        "promise",
        "insist",
        "refuse",
        "complain",
    )
)
_REPORTED: Final = re.compile(
    r"\b(?:asks?|asked|wants?|wanted|wishes|would like|whether|if|offered|may|might|could|can|should|will|to be|says?|said|claims?)\b",
    re.IGNORECASE,
)
_TAKEN_BACK: Final = re.compile(
    r"\b(?:no,? (?:sorry|wait|not)|sorry\b|i mean|i meant|wait\b|correction|scratch that|make that|hang on|my mistake|typo)",
    re.IGNORECASE,
)
_SUPPOSED: Final = re.compile(r"\b(?:if|whether|unless|in case|once|as soon as|perhaps|maybe)\b", re.IGNORECASE)
_ALL: Final = re.compile(r"\b(?:both|all|every|each|everything|entire|whole)\b", re.IGNORECASE)
_ENOUGH: Final = 2  # content words in common, so that two clauses speak of the same
_NEAR: Final = 60  # characters around a correction


def status_differs(claim: Claim) -> float:
    """Tells as done what the cited turns only ask for, plan, wish, deny or could not do."""
    if claims_proof(claim.text):
        return 0.0  # the checks tell this better than any sentence
    agreed = claim.of_customer and any(YES.search(s.text) for s in claim.said_by(Role.CUSTOMER))
    told = [(clause, act) for clause, act in _done(claim) if act.by_us or not agreed]
    return max((_differs(act, clause, claim) for clause, act in told), default=0.0)


def not_all_done(claim: Claim) -> float:
    """Tells as done with both or all what the cited turns could not or did not do with one of them."""
    for clause, act in _done(claim):
        if _ALL.search(clause.text):
            refused = {Status.NOT_DONE, Status.COULD_NOT}
            if any(act.verb in sentence.acts(*refused) for sentence in claim.sentences) or any(
                s.failed for s in claim.sentences
            ):
                return 1.0
    return 0.0


def act_unmentioned(claim: Claim) -> float:
    """Tells as done what no cited turn has a word for."""
    lexicon = shipped_lexicon()
    known = {word for sentence in (*claim.sentences, *claim.context) for word in sentence.concepts}
    known |= {word for sentence in claim.sentences for word in sentence.performed}
    acts = [act.verb for _, act in _done(claim) if act.verb not in lexicon.generic]
    return float(any(verb not in known for verb in acts))


def only_asked(claim: Claim) -> float:
    """States what the nearest words of the turns only ask or suppose, and nobody affirms."""
    if _REPORTED.search(claim.text) or claim.negated:
        return 0.0
    near = _nearest(claim)
    if not near or any(not (clause.asked or _SUPPOSED.search(clause.text)) for _, clause in near):
        return 0.0
    later = [s for s in claim.sentences if s.turn > min(sentence.turn for sentence, _ in near)]
    return 0.0 if any(YES.search(s.text) for s in later if s.role is Role.CUSTOMER) else 1.0


def polarity_differs(claim: Claim) -> float:
    """Affirms what the nearest words of the turns deny, or denies what they affirm."""
    near = [clause for sentence, clause in _nearest(claim) if sentence.tool is None and not clause.asked]
    if not near or any(is_absence(clause) for clause in claim.clauses):
        return 0.0
    return float(all(clause.negated != claim.negated for clause in near))


def taken_back(claim: Claim) -> float:
    """Names a value or a name that its speaker takes back in the same breath."""
    mine = {word for word in words(claim.text) if any(sign.isdigit() for sign in word)} | _names(claim.text)
    for sentence in _turns(claim):
        for match in _TAKEN_BACK.finditer(sentence):
            before = set(words(sentence[max(0, match.start() - _NEAR) : match.start()])) & mine
            after = set(words(sentence[match.end() : match.end() + _NEAR]))
            if any(_alike(old, new) for old in before - after for new in after - before):
                return 1.0
        said = sentence.casefold()
        denied = {
            word
            for word in mine
            if re.search(rf"\b(?:not|isn'?t|wasn'?t|aren'?t)\s+(?:[a-z]+\s+)?{re.escape(word)}\b", said)
        }
        if denied and not any(len(re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", said)) > 1 for word in denied):
            return 1.0
    return 0.0


def scattered(claim: Claim) -> float:
    """Its words stand in the cited turns, but no sentence has them together: the share that the best one lacks."""
    known = {word for sentence in claim.sentences for word in sentence.concepts}
    wanted = claim.concepts & known
    if len(wanted) <= _ENOUGH:
        return 0.0
    best = max((len(wanted & sentence.concepts) for sentence in claim.sentences if sentence.tool is None), default=0)
    with_tools = max((len(wanted & sentence.concepts) for sentence in claim.sentences), default=0)
    return 1.0 - max(best, with_tools) / len(wanted)


def _done(claim: Claim) -> list[tuple[Clause, Act]]:
    return [
        (clause, act)
        for clause in claim.clauses
        for act in clause.acts
        if act.status is Status.DONE
        and not clause.conditional
        and act.verb not in _TOLD | vague() | shipped_lexicon().narrator
    ]


def _differs(act: Act, clause: Clause, claim: Claim) -> float:
    statuses: set[Status] = set()
    for sentence in claim.sentences:
        if act.verb in sentence.performed or (
            sentence.tool is not None and act.verb in sentence.concepts and not sentence.failed
        ):
            return 0.0
        for said in sentence.clauses:
            about = clause.concepts & said.concepts - {act.verb}
            for other in said.acts:
                if other.verb == act.verb:
                    open_ = said.asked or said.conditional
                    statuses.add(Status.TO_DO if open_ and other.status is Status.DONE else other.status)
            if act.verb in said.concepts and not any(other.verb == act.verb for other in said.acts) and about:
                statuses.add(Status.NOT_DONE if said.negated else Status.DONE)
    return 1.0 if statuses and statuses <= _OPEN else 0.0


def _nearest(claim: Claim) -> list[tuple[Sentence, Clause]]:
    """Return the clauses of the turns that share most content words with the statement; none where these are too few."""
    wanted = claim.concepts
    ranked = [
        (len(wanted & clause.concepts), sentence, clause) for sentence in claim.sentences for clause in sentence.clauses
    ]
    most = max((share for share, _, _ in ranked), default=0)
    if most < min(_ENOUGH, len(wanted)) or most * 2 < len(wanted):
        return []
    return [(sentence, clause) for share, sentence, clause in ranked if share == most]


def _turns(claim: Claim) -> list[str]:
    """Return what the customer says in each cited turn."""
    texts: dict[int, list[str]] = {}
    for sentence in claim.said_by(Role.CUSTOMER):
        texts.setdefault(sentence.turn, []).append(sentence.text)
    return [" ".join(parts) for parts in texts.values()]


def _names(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"(?<!^)\b[A-Z][a-z]{2,}\b", text)}


def _alike(old: str, new: str) -> bool:
    """Say whether two words are of one sort: both with digits, or both names by their length."""
    digits = [any(sign.isdigit() for sign in word) for word in (old, new)]
    return old != new and digits[0] == digits[1] and (digits[0] or old[:1] == new[:1])
