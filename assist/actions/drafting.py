"""A playbook drafted from an article: its procedural sentences in their order, each with the line it stands on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assist.actions.policies import moves_money
from assist.actions.procedures import instructions
from assist.actions.progress import slug
from assist.domain.business import Playbook, PlaybookAction

_LONGEST_ID = 48
_CHECKS = re.compile(
    r"\b(?:verify|authenticate|confirm (?:the|their|who)\b.*\b(?:identity|are)|identity check)\b", re.IGNORECASE
)


_APART = re.compile(r"\s*(?:#|\||>|[-*+]\s|\d+[.)]\s)")
"""How a line begins that belongs to none before it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A playbook to be read by a person before it is used; `lines` are the article's, from 1, one for each action."""

    playbook: Playbook
    lines: tuple[int, ...]


def drafted(*, intent: str, article_id: str, title: str, body: str) -> Draft | None:
    """Return a playbook of the article's instructions, None where it has none.

    What moves money requires a verified customer, since no right lifts that rule; everything else is left to the reader.
    """
    actions: list[PlaybookAction] = []
    lines: list[int] = []
    for number, text in _paragraphs(body):
        for sentence in instructions(text):
            action = _action(sentence, article_id=article_id, title=title, line=number)
            if all(action.id != other.id for other in actions):
                actions.append(action)
                lines.append(number)
    if not actions:
        return None
    return Draft(Playbook(intent=intent, article=article_id, actions=tuple(actions)), tuple(lines))


def _paragraphs(body: str) -> Iterator[tuple[int, str]]:
    """Each list item and paragraph with the line it begins on; wrapped lines are joined."""
    begin, parts = 1, list[str]()
    for number, line in enumerate(body.splitlines(), start=1):
        if not line.strip() or _APART.match(line):
            if parts:
                yield begin, " ".join(parts)
            begin, parts = number, [line] if line.strip() else []
        else:
            begin, parts = (begin, [*parts, line.strip()]) if parts else (number, [line])
    if parts:
        yield begin, " ".join(parts)


def _action(sentence: str, *, article_id: str, title: str, line: int) -> PlaybookAction:
    verifies = _CHECKS.search(sentence) is not None
    plain = PlaybookAction(
        id="verify_customer" if verifies else slug(sentence)[:_LONGEST_ID].strip("_"),
        title=sentence[0].upper() + sentence[1:],
        rationale=f"The article “{title}” ({article_id}), line {line}, says so.",
    )
    return plain.model_copy(update={"requires": ("verified",)}) if not verifies and moves_money(plain) else plain
