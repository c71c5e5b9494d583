"""A collection as it stands at one revision: its passages, their words, and who may see them when."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from knowledge.articles import Audience
from knowledge.keywords import KeywordIndex
from knowledge.ports import Metadata, Passage

_TITLE_TIMES = 3
"""How often a title counts among the words of each of its passages: chosen by ablation of 1, 3 and 5."""

_ALWAYS = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Readers:
    """Who asks: passages that are not for them, or not valid on that day, do not exist for them.

    `language` keeps to articles in it, in a corpus that has any.
    """

    today: date
    audience: Audience
    language: str | None = None


class Corpus:
    """The passages of one collection, by id, ready to be searched by words; it does not change once built."""

    def __init__(
        self, name: str, revision: str, passages: Sequence[Passage], *, words: KeywordIndex | None = None
    ) -> None:
        self.name = name
        self.revision = revision
        self.passages = tuple(passages)
        self.places: Mapping[str, int] = {passage.passage_id: at for at, passage in enumerate(self.passages)}
        self.words = words or KeywordIndex(_words(passage) for passage in self.passages)
        self._articles: dict[str, list[int]] = {}
        for at, passage in enumerate(self.passages):
            self._articles.setdefault(str(passage.metadata["article_id"]), []).append(at)
        about = [passage.metadata for passage in self.passages]
        self._from = np.array([str(each["valid_from"]) for each in about], dtype="U10")
        self._until = np.array([str(each["valid_until"]) or _ALWAYS for each in about], dtype="U10")
        self._audience = np.array([str(each["audience"]) for each in about], dtype="U5")
        self._language = np.array([primary(str(each["language"])) for each in about], dtype="U8")

    def revised(self, revision: str, changed: Collection[str], found: Iterable[Passage]) -> "Corpus":
        """Return the corpus after these ids changed: what was found of them is taken up, and the rest of them is gone.

        Only the words of what was found are read.
        """
        kept = [passage for passage in self.passages if passage.passage_id not in changed]
        fresh = {passage.passage_id: passage for passage in found}
        passages = sorted([*kept, *fresh.values()], key=lambda passage: passage.passage_id)
        places = [-1 if each.passage_id in fresh else self.places[each.passage_id] for each in passages]
        new = (_words(each) for each in passages if each.passage_id in fresh)
        return Corpus(self.name, revision, passages, words=self.words.revised(places, new))

    def of(self, article_ids: Iterable[str]) -> list[int]:
        """Return the places of all passages of these articles."""
        return [place for article_id in article_ids for place in self._articles.get(article_id, ())]

    def speaks(self, language: str) -> bool:
        """Is any passage in this language?"""
        return bool(np.any(self._language == primary(language)))

    def open_to(self, readers: Readers) -> NDArray[np.bool_]:
        """Return for each passage whether these readers may see it."""
        day = readers.today.isoformat()
        kept = (self._from <= day) & (self._until >= day)
        if readers.audience is not Audience.BOTH:
            kept &= (self._audience == readers.audience.value) | (self._audience == Audience.BOTH.value)
        if readers.language is not None:
            kept &= self._language == primary(readers.language)
        return np.asarray(kept, dtype=np.bool_)


def primary(language: str) -> str:
    """Return the language of a BCP-47 tag without its region: `en` of `en-GB`."""
    return language.partition("-")[0].casefold()[:8]


def _words(passage: Passage) -> str:
    about: Metadata = passage.metadata
    return "\n".join([*[str(about["title"])] * _TITLE_TIMES, str(about["heading"]), passage.text])
