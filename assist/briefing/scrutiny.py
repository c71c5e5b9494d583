"""One statement of the model's before it may stand: what no gate lets through, then the gate."""

import re
from collections import Counter
from collections.abc import Sequence

from assist.briefing.gate import UNCITED, UNSUPPORTED, Gate, Judgement
from assist.briefing.orders import Proof, bids, runs
from assist.domain.findings import VerificationStatus
from assist.domain.packet import Failure

_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\d[\d ().-]{7,}\d")
_IDENTITY = re.compile(
    r"\b(?:verified|authenticated|validated|(?:identity|account|customer)\W+(?:\w+\W+){0,3}(?:confirmed|proven|proved)|"
    r"(?:confirmed|proved|proven|passed)\W+(?:\w+\W+){0,3}(?:identity|identification|verification|security check))\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|never|un|no|nothing|isn't|wasn't|hasn't|couldn't|failed|fails|could not|cannot|yet to|pending|unable)\b"
    r"|\bunverified\b|n't\b",
    re.IGNORECASE,
)


class Scrutiny:
    """Judges statements on one case and counts, by reason, those that it does not let pass."""

    def __init__(self, proof: Proof, gate: Gate, *, instructions: str) -> None:
        self._proof = proof
        self._gate = gate
        self._instructions = runs(instructions)

    @property
    def is_tampered(self) -> bool:
        """Whether somebody in the conversation gives a model orders."""
        return self._proof.is_tampered

    def turns(self, cited: Sequence[int]) -> tuple[int, ...]:
        """Return those of the cited turns that exist and say something, in order, each once."""
        known = self._proof.case.turns
        return tuple(sorted({turn for turn in cited if 0 <= turn < len(known) and known[turn].text.strip()}))

    def passes(self, text: str, turns: Sequence[int], dropped: Counter[str]) -> bool:
        """Return whether the statement may stand; where not, its reason is counted."""
        judgement = self.judge(text, turns)
        if not judgement.supported:
            dropped[judgement.reason or Failure.UNSUPPORTED_CLAIM] += 1
        return judgement.supported

    def judge(self, text: str, turns: Sequence[int]) -> Judgement:
        """Return whether these turns prove the text, and it gives no orders, no link, no foreign address, nothing of the prompt."""
        turns = self.turns(turns)
        if not text.strip() or bids(text) or _LINK.search(text) or self._is_leak(text, turns):
            return UNSUPPORTED
        if not turns:
            return UNCITED
        cited = " ".join(self._proof.case.turns[turn].text for turn in turns)
        if any(found.rstrip(".,)") not in cited for found in _CONTACT.findall(text)):
            return UNSUPPORTED
        if self._claims_identity(text):
            return UNSUPPORTED
        return self._gate.judge(self._proof.case, text, turns)

    def _is_leak(self, text: str, turns: Sequence[int]) -> bool:
        said = " ".join(self._proof.case.turns[turn].text for turn in turns)
        return bool(runs(text) & self._instructions - runs(said))

    def _claims_identity(self, text: str) -> bool:
        """Return whether the text says that identity is proved, and the back end did not."""
        if self._proof.case.verification.status is VerificationStatus.VERIFIED:
            return False
        return any(
            _IDENTITY.search(part) and not _DENIED.search(part) for part in re.split(r"[.;]|, (?:and|but) ", text)
        )
