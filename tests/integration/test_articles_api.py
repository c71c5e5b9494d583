"""Articles over HTTP."""

from starlette.testclient import TestClient

from tests.conftest import KeyMaker

_BODY = {
    "title": "Zeppelin parking permits",
    "body": "## Who\n\nA zeppelin parks free for 3 hours on Sundays.",
    "domain": "retail",
}


def test_an_article_can_be_found_when_its_put_is_answered(client: TestClient) -> None:
    """A put article is the first hit for its own topic; deleted, it is gone."""
    made = client.put("/v1/articles/zeppelin", json=_BODY)
    assert (made.status_code, made.json()["version"], made.headers["etag"]) == (200, 1, '"1"')
    asked = {"query": "may I park my zeppelin on Sunday?", "domain": "retail"}
    found = client.post("/v1/knowledge/search", json=asked).json()
    assert found["hits"][0]["article_id"] == "zeppelin"
    assert not found["nothing_relevant"]
    assert client.delete("/v1/articles/zeppelin").status_code == 204
    after = client.post("/v1/knowledge/search", json=asked).json()
    assert "zeppelin" not in [hit["article_id"] for hit in after["hits"]]
    assert client.get("/v1/articles/zeppelin").status_code == 404


def test_a_change_makes_a_version_and_the_same_again_does_not(client: TestClient) -> None:
    """Versions count changes of content; earlier ones can be fetched."""
    client.put("/v1/articles/airship", json=_BODY)
    assert client.put("/v1/articles/airship", json=_BODY).json()["version"] == 1
    assert client.put("/v1/articles/airship", json=_BODY | {"title": "Airships"}).json()["version"] == 2
    assert client.get("/v1/articles/airship", params={"version": 1}).json()["title"] == _BODY["title"]
    client.delete("/v1/articles/airship")


def test_a_lost_update_is_refused(client: TestClient) -> None:
    """A put over a version that the caller has not read is a 412, and changes nothing."""
    client.put("/v1/articles/blimp", json=_BODY)
    client.put("/v1/articles/blimp", json=_BODY | {"title": "Blimps"})
    late = client.put("/v1/articles/blimp", json=_BODY | {"title": "Mine"}, headers={"If-Match": '"1"'})
    assert (late.status_code, late.json()["code"]) == (412, "lost_update")
    assert client.get("/v1/articles/blimp").json()["title"] == "Blimps"
    client.delete("/v1/articles/blimp")


def test_a_bot_sees_what_bots_may_see(client: TestClient, key_of: KeyMaker) -> None:
    """An article for agents is no hit for a bot's key, even where it asks as an agent."""
    client.put("/v1/articles/internal", json=_BODY | {"audience": "agent"})
    asked = {"query": "zeppelin parking permits", "domain": "retail", "audience": "agent"}
    agent = client.post("/v1/knowledge/search", json=asked).json()
    robot = client.post("/v1/knowledge/search", json=asked, headers=key_of("bot")).json()
    assert "internal" in [hit["article_id"] for hit in agent["hits"]]
    assert "internal" not in [hit["article_id"] for hit in robot["hits"]]
    client.delete("/v1/articles/internal")


def test_a_retired_article_is_not_found(client: TestClient) -> None:
    """Retiring an article takes it out of search at once."""
    client.put("/v1/articles/old", json=_BODY)
    client.put("/v1/articles/old", json=_BODY | {"status": "retired"})
    found = client.post("/v1/knowledge/search", json={"query": "zeppelin parking permits", "domain": "retail"}).json()
    assert "old" not in [hit["article_id"] for hit in found["hits"]]
    client.delete("/v1/articles/old")


def test_a_question_far_from_all_articles_finds_nothing_relevant(client: TestClient) -> None:
    """Search says so where no article answers."""
    asked = {"query": "what is the boiling point of tungsten on Venus", "domain": "retail"}
    assert client.post("/v1/knowledge/search", json=asked).json()["nothing_relevant"]


def test_a_transcript_can_be_searched_for(client: TestClient) -> None:
    """A whole conversation in place of a question finds articles of its topic."""
    turns = [{"role": "customer", "text": "I want to send back the shoes I bought, how do I return them?"}]
    found = client.post("/v1/knowledge/search", json={"transcript": {"turns": turns}, "domain": "retail"}).json()
    assert any("return" in hit["title"].lower() for hit in found["hits"])


def test_articles_are_listed_page_by_page(client: TestClient) -> None:
    """All shipped articles come by id, each once, over pages."""
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = client.get("/v1/articles", params={"limit": 30} | ({"cursor": cursor} if cursor else {})).json()
        seen += [article["article_id"] for article in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) >= 60
    assert seen == sorted(set(seen))


def test_an_unknown_domain_is_refused(client: TestClient) -> None:
    """An article for a domain that is not configured is a 422 that names the field."""
    answer = client.put("/v1/articles/x", json=_BODY | {"domain": "bakery"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "domain")
