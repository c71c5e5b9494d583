"""The vectors that ship are those of the texts that ship."""

import re
from collections.abc import Sequence

import numpy as np
import pytest

from assist.actions.wordings import Wordings
from assist.catalogue import all_lessons, read_domains, shipped_folder
from assist.wiring import SHIPPED_VECTORS
from assist.wiring.training import learn
from knowledge import Embedder, Vectors
from knowledge.embedders.cached import CachedEmbedder, key_of
from knowledge.embedders.sentence_transformer import PACKAGED, SentenceTransformerEmbedder
from knowledge.embedders.shipped import ShippedVectors


class NeverAsked:
    """An embedder under the packaged model's name that must not be needed."""

    name = PACKAGED
    dimension = 384

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Fail, and say what is missing."""
        message = f"{len(texts)} texts ship without a vector, such as {texts[0]!r}; run `make vectors`"
        raise AssertionError(message)


def test_everything_that_is_learnt_from_ships_with_its_vector() -> None:
    """A first start embeds no example and no lesson."""
    folders = read_domains(shipped_folder())
    teacher = CachedEmbedder(NeverAsked(), shipped=ShippedVectors(SHIPPED_VECTORS))
    learnt = learn({name: folder.domain for name, folder in folders.items()}, teacher, lessons=all_lessons(folders, {}))
    assert set(learnt.intents) == set(folders)


def test_the_words_of_playbooks_ship_with_their_vectors() -> None:
    """Nor does it embed a ready reply."""
    teacher = CachedEmbedder(NeverAsked(), shipped=ShippedVectors(SHIPPED_VECTORS))
    wordings = Wordings(teacher)
    for folder in read_domains(shipped_folder()).values():
        assert set(wordings.of(folder.domain)) == {book.intent for book in folder.domain.playbooks}


def test_a_shipped_vector_is_the_models() -> None:
    """Of a text that ships, both are the same but for rounding."""
    model: Embedder = SentenceTransformerEmbedder()
    utterances = [
        u for folder in read_domains(shipped_folder()).values() for i in folder.domain.intents for u in i.utterances
    ]
    sample = utterances[::40]
    keys = [key_of(PACKAGED, text) for text in sample]
    shipped = ShippedVectors(SHIPPED_VECTORS).find(keys, length=384)
    near = np.sum(model.embed(sample) * np.stack([shipped[key] for key in keys]), axis=1)
    assert near.min() > 0.999


def test_another_models_vectors_do_not_ship() -> None:
    """Under another name nothing is found, and the model itself is asked."""

    class Other(NeverAsked):
        name = "another model"

    with pytest.raises(AssertionError, match=re.escape("'Cancel my order please'")):
        CachedEmbedder(Other(), shipped=ShippedVectors(SHIPPED_VECTORS)).embed(["Cancel my order please"])
