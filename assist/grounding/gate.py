"""The gate between a model's words and the packet: what the cited turns do not support does not pass.

Some signs are final whatever else is there: no turn cited, an id or amount that stands nowhere, a claim of identity that
the checks do not show, words addressed to the reader. The rest is weighed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

from assist.analysis.case import Case
from assist.domain.packet import Failure
from assist.domain.transcript import Role
from assist.grounding.claim import EXACT, Claim, absent_values
from assist.grounding.evidence import Evidence
from assist.grounding.judge import Judge
from assist.grounding.signs import NAMES, measured
from assist.grounding.values import Kind

LIMIT: Final = 0.5
"""The score below which a statement is refused; docs/grounding.md has the curve, `scripts/measure_gate.py` makes it."""

FINAL: Final = ("value_missing", "identity_refuted", "addresses_reader")
_LANGUAGE_FREE: Final = (*FINAL, "each_for_all")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of one statement: `score` is 1 where nothing speaks against it and 0 where all does.

    `reason` is None where it passes; `signs` are those that speak against it, each named after a function of
    `assist.grounding.signs`.
    """

    supported: bool
    reason: Failure | None
    score: float
    signs: Mapping[str, float] = field(default_factory=dict)


class Gate:
    """Says of statements whether the turns that they cite support them. Pure and blocking; safe to share by threads."""

    def __init__(self, judge: Judge, *, limit: float = LIMIT) -> None:
        self._judge = judge
        self._limit = limit
        self._latest: tuple[Case, Evidence] | None = None

    @classmethod
    def taught(cls) -> Self:
        """Return the gate as it was taught by labelled statements."""
        return cls(Judge.shipped())

    def judge(self, case: Case, text: str, turns: Sequence[int], *, language: str = "en") -> Verdict:
        """Return the verdict on a statement in this language about a case; identity is held against `case.verification`."""
        same = case.language.startswith("en") and language.startswith("en")
        return self.check(self._evidence(case), text, turns, same_language=same)

    def check(self, evidence: Evidence, text: str, turns: Sequence[int], *, same_language: bool = True) -> Verdict:
        """Return the verdict on one statement.

        Words are held against each other in English alone. Otherwise values, identity and citation still count, and what
        is reported as done needs a back-end call among its turns.
        """
        cited = tuple(sorted({turn for turn in turns if 0 <= turn < len(evidence.turns)}))
        claim = Claim(text, cited, evidence)
        if not claim.sentences:
            return Verdict(supported=False, reason=Failure.CITATION_FAILED, score=0.0)
        row = measured(claim)
        signs = {name: round(float(value), 3) for name, value in zip(NAMES, row, strict=True) if value > 0}
        if not any(sign.isalnum() for sign in text) or any(signs.get(name, 0.0) >= 1.0 for name in FINAL):
            return _verdict(0.0, signs, limit=self._limit)
        if not same_language:
            return _across_languages(claim, signs)
        return _verdict(1.0 - self._judge.doubt(row), signs, limit=self._limit)

    def _evidence(self, case: Case) -> Evidence:
        """Statements come in groups about one case, and reading its turns is most of the work."""
        latest = self._latest
        if latest is None or latest[0] is not case:
            customer = case.transcript.transcript.customer
            names = [customer.name] if customer is not None and customer.name else []
            read = Evidence(case.turns, verification=case.verification, steps=case.steps_tried, names=names)
            latest = self._latest = (case, read)
        return latest[1]


def _verdict(score: float, signs: Mapping[str, float], *, limit: float) -> Verdict:
    supported = score >= limit
    return Verdict(supported, None if supported else Failure.UNSUPPORTED_CLAIM, round(score, 4), signs)


def _across_languages(claim: Claim, signs: Mapping[str, float]) -> Verdict:
    kept = {name: value for name, value in signs.items() if name in _LANGUAGE_FREE}
    # A month has another name in another language, so that a date cannot be looked up.
    absent = [value for value in absent_values(claim, EXACT) if value.kind is not Kind.DATE]
    if absent:
        kept["value_elsewhere"] = float(len(absent))
    by_call = any(s.role is Role.TOOL and s.performed and not s.failed for s in claim.sentences)
    if "done_unproven" in signs and not by_call:
        kept["done_unproven"] = 1.0
    return _verdict(0.0 if any(value >= 1.0 for value in kept.values()) else 1.0, kept, limit=LIMIT)
