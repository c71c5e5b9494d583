"""Conversations in other languages: not taken apart, but quoted, the customer's words first and then the bot's."""

import re
from collections.abc import Iterator

from assist.analysis.speech.sentences import sentences
from assist.analysis.summary.scene import Scene, Statement, cited
from assist.domain.findings import Section
from assist.domain.transcript import Role

_WORDS = 22
_MOST_BY_CUSTOMER, _MOST_BY_BOT = 3, 2
_LEAST = 4
_VALUE = re.compile(r"\d[\w.,/-]*|(?<=[^\W\d_] )[A-Z][\w-]{2,}")
_MARKS = re.compile(r"[\[“”\"„]")


def in_other_words(scene: Scene, language: str) -> Iterator[Statement]:
    """Yield what the customer wrote and what the bot answered last, quoted: sentences with much matter."""
    headline = f"{scene.who} writes in {language}."
    said = _best(scene, Role.CUSTOMER, _MOST_BY_CUSTOMER)
    for position, (turn, quotation) in enumerate(said):
        lead = f"{scene.who} writes in {language}: " if not position else "They also write: "
        turns = cited(scene.name.turns[:1] if scene.name and not position else (), (turn,))
        yield Statement(Section.WANTS, f"{lead}“{quotation}”", turns, 10 - 0.8 * position, headline)
    if not said:
        yield Statement(Section.WANTS, headline, (scene.first_customer_turn,), 10, headline)
    for turn, quotation in _best(scene, Role.BOT, _MOST_BY_BOT):
        late = turn / max(1, len(scene.case.turns))
        yield Statement(Section.TRIED, f"The bot wrote: “{quotation}”", (turn,), 6.0 + late)


def _best(scene: Scene, role: Role, most: int) -> list[tuple[int, str]]:
    """Return the sentences that hold most, in the order they were said; the customer's first turn counts more, the bot's last ones."""
    found: list[tuple[float, int, str]] = []
    count = max(1, len(scene.case.turns))
    for index, turn in scene.case.transcript.of(role):
        for said in sentences(index, turn.text):
            words = said.text.split()
            if len(words) < _LEAST or _MARKS.search(said.text) or (role is Role.BOT and said.is_question):
                continue
            first = role is Role.CUSTOMER and index == scene.first_customer_turn
            worth = (
                0.5 * min(len(_VALUE.findall(said.text)), 3)
                + 0.08 * min(len(words), 16)
                + 0.6 * first
                + 0.8 * (index / count) * (role is Role.BOT)
            )
            shown = " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")
            found.append((worth, index, shown))
    best = sorted(found, key=lambda entry: -entry[0])[:most]
    return [(turn, shown) for _, turn, shown in sorted(best, key=lambda entry: entry[1])]
