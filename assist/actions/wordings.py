"""The words of playbooks as vectors: what a step says to the customer, and how it is done."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assist.domain.business import Domain, PlaybookAction
from knowledge import Embedder, Vectors

_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n")
_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 6


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step's words: `said` has a unit row for each reply, `told` one for each sentence of its guidance."""

    said: Vectors
    told: Vectors
    stems: frozenset[str]


class Wordings:
    """The steps of each domain's playbooks in vectors, made on first use and anew where a playbook has changed."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, tuple[Domain, Mapping[str, tuple[StepWords, ...]]]] = {}

    def of(self, domain: Domain) -> Mapping[str, tuple[StepWords, ...]]:
        """Return the words of each step, by the intent of its playbook; all in one embedding call. Blocking."""
        known = self._known.get(domain.name)
        if known is None or known[0] is not domain:
            known = self._known[domain.name] = (domain, self._made(domain))
        return known[1]

    def _made(self, domain: Domain) -> Mapping[str, tuple[StepWords, ...]]:
        actions = [action for book in domain.playbooks for action in book.actions]
        texts = list(dict.fromkeys(text for each in actions for text in (*_said(each), *_told(each))))
        rows = dict(zip(texts, self._embedder.embed(texts), strict=True)) if texts else {}
        nothing = np.zeros((0, self._embedder.dimension), dtype=np.float32)

        def vectors(of: Sequence[str]) -> Vectors:
            return np.stack([rows[text] for text in of]) if of else nothing

        return {
            book.intent: tuple(
                StepWords(vectors(_said(each)), vectors(_told(each)), _all_stems(each)) for each in book.actions
            )
            for book in domain.playbooks
        }


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of the words in it, in lower case: enough to see that two texts speak of one thing."""
    return frozenset(word[:_STEM] for word in _WORD.findall(text.lower()))


def _said(action: PlaybookAction) -> tuple[str, ...]:
    return tuple(text for text in (action.reply, *action.replies.values()) if text.strip())


def _told(action: PlaybookAction) -> tuple[str, ...]:
    sentences = (part.strip() for part in _SENTENCE.split(action.guidance))
    found = tuple(part for part in sentences if " " in part)
    return (action.title, *found) if found else ()


def _all_stems(action: PlaybookAction) -> frozenset[str]:
    return stems(" ".join((action.id.replace("_", " "), action.reply, action.guidance)))
