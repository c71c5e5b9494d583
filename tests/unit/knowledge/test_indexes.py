"""Changing the embedding model without a gap."""

from datetime import date

import pytest

from knowledge.articles import Article
from knowledge.indexes import Indexes
from knowledge.library import Library
from knowledge.loaders.files import FileLoader
from knowledge.ports import Embedder, collection_names
from knowledge.search import HybridSearch
from tests.fakes.article_store import MemoryArticleStore
from tests.fakes.embedder import CountingEmbedder
from tests.fakes.vector_store import FailingVectorStore
from tests.unit.knowledge.test_library import Noon

TODAY = date(2026, 11, 20)


class House:
    """Stores in memory that outlive a change of model; the models differ in dimension, so that mixing them is an error."""

    def __init__(self) -> None:
        self.articles = MemoryArticleStore(clock=Noon())
        self.vectors = FailingVectorStore()
        self.models = {"old": CountingEmbedder(32, name="old"), "new": CountingEmbedder(48, name="new")}

    def opened(self, model: str) -> tuple[Library, Indexes]:
        """Return the library as a process with this model opens it."""

        def searching(embedder: Embedder) -> HybridSearch:
            return HybridSearch(self.vectors, embedder)

        indexes = Indexes(self.vectors, self.models[model], earlier=lambda name: self.models[name], searching=searching)
        return Library(self.articles, self.articles, indexes, indexes, loader=FileLoader()), indexes

    def has(self, model: str) -> bool:
        """Say whether there are vectors of this model."""
        return bool(collection_names(self.vectors.collections(), "acme", model))


async def found(library: Library, text: str) -> list[str]:
    """Return the ids of the hits."""
    result = await library.search("acme", None, text=text, today=TODAY)
    return [hit.article_id for hit in result.hits]


def an_article(article_id: str, body: str) -> Article:
    """Return a short article."""
    return Article(article_id=article_id, title=article_id, body=body)


@pytest.fixture
async def house() -> House:
    """Return a house with two articles of the old model."""
    made = House()
    library, _ = made.opened("old")
    await library.put("acme", an_article("refunds", "Money comes back."))
    await library.put("acme", an_article("parcels", "A parcel is traced."))
    return made


async def test_the_earlier_index_answers_until_the_new_one_is_complete(house: House) -> None:
    """Then the new one does, by its own model, and nothing is left of the earlier one."""
    library, indexes = house.opened("new")
    assert await library.outdated() == ["acme"]
    assert await found(library, "money back") == ["refunds", "parcels"]
    assert house.models["new"].calls == []
    report = await library.renew("acme")
    assert report is not None
    assert report.added == ("parcels", "refunds")
    assert not indexes.is_outdated("acme")
    assert (house.has("old"), house.has("new")) == (False, True)
    calls = len(house.models["old"].calls)
    assert await found(library, "money back") == ["refunds", "parcels"]
    assert len(house.models["old"].calls) == calls
    assert await library.renew("acme") is None


async def test_both_indexes_follow_changes_while_the_new_one_is_built(house: House) -> None:
    """What is put or deleted in between is found, or not, before the switch and after it."""
    library, _ = house.opened("new")
    await library.put("acme", an_article("fees", "A fee is due."))
    await library.delete("acme", "parcels")
    assert await found(library, "fee due") == ["fees", "refunds"]
    await library.renew("acme")
    assert await found(library, "fee due") == ["fees", "refunds"]
    assert (await library.align("acme", mend=False)).unchanged == ("fees", "refunds")


async def test_a_build_that_breaks_off_goes_on_later(house: House) -> None:
    """The earlier index answers all the while."""
    library, indexes = house.opened("new")
    house.vectors.fails_from = house.vectors.writes + 1
    with pytest.raises(Exception, match="disk is full"):
        await library.renew("acme")
    house.vectors.fails_from = 1_000_000
    assert indexes.is_outdated("acme")
    assert await found(library, "money back") == ["refunds", "parcels"]
    again, _ = house.opened("new")
    assert await again.renew("acme") is not None
    assert await found(again, "money back") == ["refunds", "parcels"]


async def test_a_new_tenant_begins_with_the_wanted_model(house: House) -> None:
    """There is nothing earlier for it."""
    library, indexes = house.opened("new")
    await library.put("fresh", an_article("refunds", "Money comes back."))
    assert not indexes.is_outdated("fresh")
    assert await library.outdated() == ["acme"]


async def test_a_vector_of_another_model_is_not_used(house: House) -> None:
    """A caller that embedded with the new model is answered by the old one, which embeds the text itself."""
    _, indexes = house.opened("new")
    vector = house.models["new"].embed(["money back"])[0]
    result = indexes.search("acme", None, text="money back", today=TODAY, vector=vector)
    assert result.hits[0].article_id == "refunds"
