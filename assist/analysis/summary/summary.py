"""A summary composed from what the other stages found: what is wanted, by whom, what was tried, what blocks, what is open."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assist.analysis.case import Case
from assist.analysis.speech.wording import count_words
from assist.analysis.summary.scene import Statement, cited
from assist.analysis.summary.statements import statements
from assist.domain.findings import Section, Summary, SummaryLine, VerificationStatus

_WORDS_MOST = 90
_REPEATED_TOLD = 0.45  # for what somebody told besides
_REPEATED = 0.34  # a sentence with fewer new words than this share says it again
_NEEDED = 7.9  # a sentence of this weight is told though its words stand elsewhere: cancelled is not "wants to cancel"
_EMPTY = frozenset(
    (
        "the",
        "they",
        "their",
        "bot",
        "that",
        "them",
        "has",
        "have",
        "been",
        "not",
        "was",
        "and",
        "for",
        "yet",
        "said",
        "told",
        "with",
        "customer",
    )
)
# Whoever says so, "confirmed" beside a person would be read as a proof of identity.
_SAYS_PROVEN = re.compile(
    r"\b(?:is|was|has been|have been|were|are|identity) (?:\w+ly |now |already )?(?:verified|confirmed|authenticated)\b",
    re.IGNORECASE,
)
_ORDER = {section: position for position, section in enumerate(Section)}


class SummaryStage:
    """Composes a few sentences, each with the turns that prove it."""

    name = "summary"

    def by_rules(self, case: Case) -> Summary:
        """Return at most ninety words; a conversation without content gets a summary that says so."""
        proven = case.verification.status is VerificationStatus.VERIFIED
        chosen = _within([s for s in statements(case) if proven or not _SAYS_PROVEN.search(s.text)])
        lines = tuple(SummaryLine(section=s.section, text=s.text, turns=s.turns) for s in chosen)
        return Summary(headline=_headline(case, chosen), text=" ".join(line.text for line in lines), lines=lines)


def _within(candidates: list[Statement]) -> list[Statement]:
    """Return the statements that fit into the word limit, the most needed first, then in reading order."""
    left = _WORDS_MOST
    chosen: list[Statement] = []
    known: set[str] = set()
    for statement in sorted(candidates, key=lambda s: -s.weight):
        words = count_words(statement.text)
        stems = _stems(statement.text)
        repeated = _REPEATED_TOLD if statement.lead else _REPEATED
        if statement.weight >= _NEEDED:
            adds = statement.text not in {other.text for other in chosen}
        else:
            adds = len(stems - known) > repeated * len(stems) or not stems
        if words <= left and adds:
            chosen.append(statement)
            known |= stems
            left -= words
    order = {id(s): position for position, s in enumerate(candidates)}
    return list(_joined(sorted(chosen, key=lambda s: (_ORDER[s.section], order[id(s)]))))


def _joined(chosen: list[Statement]) -> Iterator[Statement]:
    """Yield the statements, two neighbours with the same lead as one: "They say that …, and that …"."""
    waiting: Statement | None = None
    for statement in chosen:
        if waiting is None:
            waiting = statement
        elif waiting.lead and waiting.lead == statement.lead and waiting.section is statement.section:
            told = statement.text.removeprefix(statement.lead)
            link = ", and that " if waiting.lead.endswith("that ") else " and "
            both = f"{waiting.text.rstrip('.')}{link}{told}"
            yield replace(waiting, text=both, turns=cited(waiting.turns, statement.turns))
            waiting = None
        else:
            yield waiting
            waiting = statement
    if waiting is not None:
        yield waiting


def _stems(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z0-9][a-z0-9_.@-]{2,}", text.lower()) if word not in _EMPTY}


def _headline(case: Case, chosen: list[Statement]) -> str:
    for statement in chosen:
        if statement.section is Section.WANTS and statement.headline:
            return statement.headline
    if case.intent.label != "unknown":
        return f"{case.intent.name}."
    return "No request was made." if not chosen else chosen[0].text
