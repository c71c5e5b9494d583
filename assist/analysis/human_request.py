"""Whether a customer asks for a human, in any wording.

Two readers again: sentences built as such a request (someone speaks to, is put through to, wants a person), in the
languages we know, and a classifier on the turn's embedding taught by our own examples for all the other ways to say it.
"""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from assist.analysis.case import Case, Vectors
from assist.analysis.identity.questions import sentences
from assist.analysis.learning.exemplars import LinearModel, shipped_examples, trained
from assist.analysis.speech.phrases import phrase_book
from assist.domain.transcript import Role
from knowledge import Embedder

_BOOK: Final = "human_signs"
_SURE: Final = 0.85
_SURE_AFTER_OFFER: Final = 0.94
_SURE_AFTER_TROUBLE: Final = 0.72
"""Who has been refused or misunderstood asks in fewer words, and more often."""
_TOLD: Final = 0.95
"""How sure a sentence makes that is built as such a request."""
_UNSURE: Final = 0.5
_CHOICE: Final = re.compile(r"^\W*(\d{1,2})\W*$")
_OPTION: Final = r"(?<![\d.,]){number}(?![\d.,]*\d)\s*[.):=-]?\s*(?P<words>[^\d\W][^,;.\n\[\]]{{2,60}})"


@dataclass(frozen=True, slots=True)
class HumanRequest:
    """A customer turn that asks for a human; `prompted` where it only takes up the bot's offer to pass them on."""

    turn: int
    certainty: float
    prompted: bool = False


class HumanRequests:
    """Finds requests for a human; built once from the shipped examples and an embedding model."""

    def __init__(self, model: LinearModel) -> None:
        self._model = model
        self._asks = model.labels.index("asks")

    @classmethod
    def taught(cls, embedder: Embedder) -> "HumanRequests":
        """Return a reader taught by the shipped examples."""
        return cls(trained(shipped_examples("human_request"), embedder))

    def of(
        self, case: Case, offered: frozenset[int] = frozenset(), *, troubled_from: int | None = None
    ) -> list[HumanRequest]:
        """Return the requests in a case.

        `offered` are the bot turns that offer or announce a human, `troubled_from` is the first where it got no further.
        """
        said = [i for i, turn in enumerate(case.turns) if turn.role is Role.CUSTOMER and turn.text.strip()]
        if not said:
            return []
        texts = [_meant(case, i) for i in said]
        certainties = self.certainties(texts, case.vectors[said])
        if not case.language.startswith("en"):
            # The packaged model reads English; of other languages only the sentences that we know are believed.
            known = np.array([_asks_in_so_many_words(text) for text in texts])
            certainties = np.where(known, certainties, np.minimum(certainties, _UNSURE))
        found = (
            HumanRequest(turn, float(certainty), prompted=_speaker_before(case, turn) in offered)
            for turn, certainty in zip(said, certainties, strict=True)
        )
        return [request for request in found if request.certainty >= _needed(request, troubled_from)]

    def certainties(self, texts: list[str], vectors: Vectors) -> Vectors:
        """Return for each text, from 0 to 1, how surely it asks for a human."""
        heard = self._model.probabilities(vectors)[:, self._asks]
        return np.array([_joined(text, float(p)) for text, p in zip(texts, heard, strict=True)], dtype=np.float32)


def _needed(request: HumanRequest, troubled_from: int | None) -> float:
    if request.prompted:
        return _SURE_AFTER_OFFER  # a mere "yes, please" takes up an offer, and asks for nothing
    return _SURE if troubled_from is None or request.turn < troubled_from else _SURE_AFTER_TROUBLE


def _meant(case: Case, index: int) -> str:
    """What a turn says; a bare number says what the menu just shown has under it."""
    text = case.turns[index].text
    chosen = _CHOICE.match(text)
    before = _speaker_before(case, index) if chosen else None
    if chosen is None or before is None:
        return text
    option = re.search(_OPTION.format(number=chosen[1]), case.turns[before].text)
    return option["words"].strip() if option else text


def _joined(text: str, heard: float) -> float:
    if _asks_in_so_many_words(text):
        return max(heard, _TOLD)
    return min(heard, _UNSURE) if any(_turned_down(part) for part in sentences(text)) else heard


def _asks_in_so_many_words(text: str) -> bool:
    return any(_built_as_request(part) and not _turned_down(part) for part in sentences(text))


def _built_as_request(sentence: str) -> bool:
    book = phrase_book(_BOOK)
    return any(book[label].search(sentence) for label in ("asks", "asks_abroad"))


def _turned_down(sentence: str) -> bool:
    book = phrase_book(_BOOK)
    return book["not_wanted"].search(sentence) and not book["machine"].search(sentence)


def _speaker_before(case: Case, turn: int) -> int | None:
    return next((i for i in range(turn - 1, -1, -1) if case.turns[i].role in {Role.BOT, Role.AGENT}), None)
