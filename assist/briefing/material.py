"""What a model gets to see of a case: turns as numbered lines, personal data under placeholders, nothing that could pass for a fence."""

import re
from dataclasses import dataclass

from assist.analysis.case import Case
from assist.briefing.windows import Passage, estimate, pieces
from assist.domain.business import Domain
from assist.domain.findings import VerificationStatus
from assist.domain.transcript import Turn
from assist.redaction import Vault, pseudonymise

_LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
}
_ESTABLISHED = {
    VerificationStatus.VERIFIED: "verified: a check meant to prove identity passed",
    VerificationStatus.IDENTIFIED: "identified: an account or booking was found, identity is not proved",
    VerificationStatus.FAILED: "failed: a check was tried and did not pass",
    VerificationStatus.NOT_ATTEMPTED: "not attempted: no check has run",
}


@dataclass(frozen=True, slots=True)
class Material:
    """A case made ready for a model; `vault` brings personal data back into its answers."""

    passages: tuple[Passage, ...]
    vault: Vault
    language: str
    verification: str
    intents: str
    sections: str

    @classmethod
    def of(cls, case: Case, *, language: str, longest: int) -> "Material":
        """Return what may be shown of a case; a turn of more than `longest` tokens becomes several lines of the same number."""
        hidden = pseudonymise(case.transcript)
        return cls(
            passages=tuple(
                Passage(index, line)
                for index, turn in enumerate(hidden.transcript.turns)
                for line in _lines(index, turn, longest)
            ),
            vault=hidden.vault,
            language=_LANGUAGES.get(language.partition("-")[0], language),
            verification=_ESTABLISHED[case.verification.status],
            intents=_intents(case.domain),
            sections=_sections(case.domain),
        )

    @property
    def tokens(self) -> int:
        """How many tokens the whole conversation takes."""
        return sum(passage.tokens for passage in self.passages)


def fenced(text: str) -> str:
    """Return a text on one line and without the signs that open and close fences."""
    return re.sub(r"<{3,}", "‹‹‹", re.sub(r">{3,}", "›››", " ".join(text.split())))


def _lines(index: int, turn: Turn, longest: int) -> list[str]:
    said = fenced(turn.text)
    if turn.tool is not None:
        how = {True: "succeeded", False: "failed", None: "answered"}[turn.tool.ok]
        said = f"{fenced(turn.tool.name or 'a call')}({fenced(str(turn.tool.arguments or ''))}) {how}: {said}"
    head = f"[{index}] {turn.role.value}: "
    return [head + piece for piece in pieces(said, tokens=max(longest - estimate(head), 1))]


def _intents(domain: Domain) -> str:
    told = [f"- `{i.label}`: {'. '.join(part for part in (i.name, i.description) if part)}" for i in domain.intents]
    return "\n".join([*told, "- `unknown`: none of these"])


def _sections(domain: Domain) -> str:
    told = [
        f"- `{section.name}`: {section.instruction}"
        + (f" Allowed: {', '.join(section.values)}." if section.values else "")
        for section in domain.sections
    ]
    return "\n".join(told) or "(none)"
