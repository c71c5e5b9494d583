"""Against a statement: it says of the customer's identity what the checks do not show."""

import re
from typing import Final

from assist.domain.findings import AttemptOutcome, VerificationStatus
from assist.grounding.claim import Claim
from assist.grounding.words import holds, shipped_lexicon, stemmed

_PROOF: Final = r"(?:verif\w+|authenticat\w+|validat\w+)"
_PASSED: Final = re.compile(
    rf"\b(?:was|is|were|are|been|be|being|got|gets|now|successfully|fully|already|has|have)(?: \w+)? (?:verified|authenticated|validated)\b"
    r"|\b(?:verified|authenticated)\s+(?:by|with|using|as|through|via|customer|user|caller|member|account holder)\b"
    r"|^\W*(?:verified|authenticated)\b|\bidentity\b[^.;,]{0,25}\b(?:confirmed|proven|verified|checked|established|known|certain|valid)\b"
    r"|\b(?:confirmed|proved|proven|established|verified|authenticated)\s+(?:the|her|his|their)?\s*(?:\w+'s\s+)?(?:identity|customer|user|caller)\b"
    rf"|\bpassed\b[^.;]*\b(?:check|{_PROOF}|question\w*|date of birth|pin|with|id|identity|test)\b"
    rf"|\b(?:check|{_PROOF}|identity check|security questions?)\b[^.;,]{{0,20}}\b(?:passed|succeeded|successful|complete[d]?|confirmed)\b"
    r"|\bproved? (?:who|that) (?:he|she|they)\b",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    r"\b(?:not|no|nobody|none|never|nothing|without|neither|nor|cannot|unable|\w+n't|fail\w*|asked|wants?|needs?|must|to be|before|once|if|until|whether|should|said|says|claims?|insists?)\b",
    re.IGNORECASE,
)
_FAILED: Final = re.compile(
    rf"\b(?:could not|couldn't|cannot|not able to|unable to|failed to)(?: be)? (?:\w+ )?(?:{_PROOF}|confirm\w+)"
    rf"|\bfailed (?:the|her|his|their)?\s*(?:\w+ )?(?:identity|verification|security|authentication|check)\b"
    rf"|\b(?:{_PROOF}|identity check|check) (?:has )?failed\b",
    re.IGNORECASE,
)
_EARLIER: Final = re.compile(r"\b(?:first|before|then|later|second)\b", re.IGNORECASE)
_ALIASES: Final = {
    "date of birth": ("dob", "birth", "dateofbirth"),
    "zip": ("postal", "postcode"),
    "postcode": ("zip", "postal"),
    "phone": ("telephone", "mobile"),
    "code": ("otp", "pin", "zip", "postcode", "one time"),
    "account number": ("account",),
    "pet": ("pet", "pets"),
    "order id": ("order",),
}


def claims_proof(text: str) -> bool:
    """Say whether a statement says, in whatever words, that the customer has proved who they are."""
    found = _PASSED.search(text)
    if found is None:
        return False
    start = max(text.rfind(mark, 0, found.start()) for mark in ";,.:")
    return not _OPEN.search(text[start + 1 : found.end()])


def identity_refuted(claim: Claim) -> float:
    """Says of the customer's identity what the checks do not show."""
    verified = claim.evidence.verification.status is VerificationStatus.VERIFIED
    if claims_proof(claim.text):
        return 0.0 if verified else 1.0
    if verified and _FAILED.search(claim.text) and not _EARLIER.search(claim.text):
        attempts = claim.evidence.verification.attempts
        return 0.3 if any(attempt.outcome is AttemptOutcome.FAILED for attempt in attempts) else 1.0
    return 0.0


def method_unproven(claim: Claim) -> float:
    """Says that identity was proven by something which the cited turns do not give."""
    means = _MEANS.search(claim.text) if claims_proof(claim.text) else None
    if means is None:
        return 0.0
    line = stemmed(_CHANNEL.sub("", means["what"]))
    calls = [s for s in claim.sentences if s.tool is not None and s.tool.arguments and not s.failed]
    given = " ".join([stemmed(s.text) for s in calls] or [claim.stems])
    address = any("@" in s.text for s in (calls or claim.sentences))
    named = [word for word in shipped_lexicon().proof if holds(word, line)]
    return float(any(not (holds(w, given) or (address and "mail" in w) or _by_alias(w, given)) for w in named))


_CHANNEL: Final = re.compile(r"\b(?:phone|telephone|e-?mail|mobile)\s+(?=(?:pin|code|pass\w*)\b)", re.IGNORECASE)
_MEANS: Final = re.compile(
    r"\b(?:by|with|using|through|via|after giving)\b(?P<what>.*?)(?:\b(?:sent|that|which|from)\b|$)", re.IGNORECASE
)


def _by_alias(word: str, given: str) -> bool:
    return any(holds(alias, given) for alias in _ALIASES.get(word, ()))
