"""What says whether a statement of the model's is proved by the turns that it cites."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from assist.analysis.case import Case
from assist.domain.packet import Failure
from assist.domain.transcript import Role


class Judgement(Protocol):
    """Whether a statement may stand; `reason` says why not, `score` from 0 to 1 how well it is proved."""

    @property
    def supported(self) -> bool:
        """Whether the statement may stand in the packet."""
        ...

    @property
    def reason(self) -> Failure | None:
        """Why it may not, None where it may."""
        ...

    @property
    def score(self) -> float:
        """How well it is proved."""
        ...


class Gate(Protocol):
    """Judges statements; blocking, and quick."""

    def judge(self, case: Case, text: str, turns: Sequence[int]) -> Judgement:
        """Return whether these turns of the case prove the text."""
        ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement, written down."""

    supported: bool
    reason: Failure | None
    score: float


PROVED: Final = Verdict(supported=True, reason=None, score=1.0)
UNCITED: Final = Verdict(supported=False, reason=Failure.CITATION_FAILED, score=0.0)
UNSUPPORTED: Final = Verdict(supported=False, reason=Failure.UNSUPPORTED_CLAIM, score=0.0)

_EXACT = re.compile(r"\[[A-Z_]+_\d+\]|https?://\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|#?\w*\d[\w,.:/-]*")
_WORD = re.compile(r"[^\W\d_]{4,}")
_TOLD = frozenset((
    "about", "account", "again", "agent", "asked", "asking", "asks", "back", "been", "being", "between", "could",
    "customer", "customers", "done", "find", "found", "from", "gave", "give", "given", "have", "human", "into",
    "keeps", "look", "looked", "made", "more", "needed", "said", "says", "system", "tell", "that", "their", "them",
    "then", "there", "they", "this", "told", "tried", "tries", "unable", "wanted", "wants", "were", "what", "when",
    "which", "while", "will", "with", "without", "would", "wrote",
))  # fmt: skip
_DONE = re.compile(
    r"\b(?:was|were|been|is|are|got|bot|agent|system|back end)\s+(?:\w+ly\s+)?(?:not\s+)?(?:refunded|cancell?ed|approved|credited|"
    r"issued|paid|promised|granted|waived|processed|upgraded|booked|offered|completed|confirmed)\b",
    re.IGNORECASE,
)
_ENOUGH: Final = 0.4


class ExactGate:
    """Believes a statement whose ids, numbers, addresses and placeholders all stand in the turns cited.

    Nearly half of its other words have to stand there too, and what is told as done has to be told by more than the
    customer. It knows no paraphrase and no negation: it is what there is where no better gate is at hand.
    """

    def judge(self, case: Case, text: str, turns: Sequence[int]) -> Verdict:
        """Return whether these turns of the case hold what the text says."""
        cited = [case.turns[turn] for turn in turns if 0 <= turn < len(case.turns)]
        if not cited:
            return UNCITED
        proof = " ".join(
            turn.text + (f" {turn.tool.name} {turn.tool.arguments}" if turn.tool else "") for turn in cited
        )
        if _values(text) - _values(proof):
            return UNSUPPORTED
        if _DONE.search(text) and all(turn.role is Role.CUSTOMER for turn in cited):
            return UNSUPPORTED
        words, known = _stems(_EXACT.sub(" ", text)), _stems(proof)
        covered = len(words & known) / len(words) if words else 1.0
        return PROVED if covered >= 1 else Verdict(
            supported=covered >= _ENOUGH,
            reason=None if covered >= _ENOUGH else Failure.UNSUPPORTED_CLAIM,
            score=round(covered, 3),
        )  # fmt: skip


def _values(text: str) -> set[str]:
    found = set()
    for value in _EXACT.findall(text):
        plain = value.lower().rstrip(".,:/-").lstrip("#").replace(",", "")
        found.add(re.sub(r"^(\d+)\.0+$", r"\1", plain))
    return found


def _stems(text: str) -> set[str]:
    return {word[:5] for word in _WORD.findall(text.lower()) if word not in _TOLD}
