"""A summary composed from what the other stages found: what is wanted, by whom, what was tried, what blocks, what is open."""

import re

from assist.analysis.case import Case
from assist.analysis.speech.wording import count_words
from assist.analysis.summary.scene import Statement
from assist.analysis.summary.statements import statements
from assist.domain.findings import Section, Summary, SummaryLine

_WORDS_MOST = 90
_REPEATED = 0.34  # a sentence with fewer new words than this share says it again
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
_ORDER = {section: position for position, section in enumerate(Section)}


class SummaryStage:
    """Composes a few sentences, each with the turns that prove it."""

    name = "summary"

    def by_rules(self, case: Case) -> Summary:
        """Return at most ninety words; a conversation without content gets a summary that says so."""
        chosen = _within(statements(case))
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
        if words <= left and (len(stems - known) > _REPEATED * len(stems) or not stems):
            chosen.append(statement)
            known |= stems
            left -= words
    order = {id(s): position for position, s in enumerate(candidates)}
    return sorted(chosen, key=lambda s: (_ORDER[s.section], order[id(s)]))


def _stems(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z0-9][a-z0-9_.@-]{2,}", text.lower()) if word not in _EMPTY}


def _headline(case: Case, chosen: list[Statement]) -> str:
    for statement in chosen:
        if statement.section is Section.WANTS and statement.headline:
            return statement.headline
    if case.intent.label != "unknown":
        return f"{case.intent.name}."
    return "No request was made." if not chosen else chosen[0].text
