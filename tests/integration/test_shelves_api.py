"""Many articles at once, and their versions, over HTTP."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from knowledge.articles import Article
from knowledge.loaders.files import FileLoader
from tests.conftest import KeyMaker
from tests.unit.knowledge.loaders.documents import a_word_document, a_zip

_BODY = {"title": "Zeppelin moorings", "body": "A zeppelin is moored for 3 hours.", "domain": "retail"}


def test_an_earlier_version_is_restored_by_one_call(client: TestClient) -> None:
    """The history names who wrote each version, newest first; a version that is not there is a 404."""
    client.put("/v1/articles/mooring", json=_BODY)
    client.put("/v1/articles/mooring", json=_BODY | {"body": "A zeppelin is moored for 9 hours."})
    made = client.post("/v1/articles/mooring/versions/1/restore", headers={"If-Match": '"2"'})
    assert (made.status_code, made.json()["version"], made.headers["etag"]) == (200, 3, '"3"')
    assert made.json()["body"] == _BODY["body"]
    history = client.get("/v1/articles/mooring/versions").json()
    assert [each["version"] for each in history] == [3, 2, 1]
    assert all(each["author"].startswith("key_") and each["updated_at"] for each in history)
    late = client.post("/v1/articles/mooring/versions/2/restore", headers={"If-Match": '"2"'})
    assert late.status_code == 412
    assert client.post("/v1/articles/mooring/versions/7/restore").status_code == 404
    assert client.get("/v1/articles/nothing/versions").status_code == 404
    client.delete("/v1/articles/mooring")


def test_of_many_writers_with_the_same_etag_one_wins(client: TestClient) -> None:
    """Eight at once: one 200, seven 412, and one more version."""
    client.put("/v1/articles/contested", json=_BODY)

    def write(number: int) -> int:
        body = _BODY | {"body": f"Writer {number}."}
        return client.put("/v1/articles/contested", json=body, headers={"If-Match": '"1"'}).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(write, range(8)))
    assert answers == [200] + [412] * 7
    assert client.get("/v1/articles/contested").json()["version"] == 2
    client.delete("/v1/articles/contested")


@pytest.mark.parametrize("tag", ['"0"', "2", 'W/"1"', "nonsense", ""], ids=["zero", "bare", "weak", "word", "empty"])
def test_an_etag_that_was_never_given_matches_nothing(client: TestClient, tag: str) -> None:
    """It is a 412, for a change and for a deletion; a star asks that there be an article."""
    client.put("/v1/articles/tagged", json=_BODY)
    assert client.put("/v1/articles/tagged", json=_BODY, headers={"If-Match": tag}).status_code == 412
    assert client.delete("/v1/articles/tagged", headers={"If-Match": tag}).status_code == 412
    assert client.put("/v1/articles/absent", json=_BODY, headers={"If-Match": "*"}).status_code == 412
    assert client.delete("/v1/articles/tagged", headers={"If-Match": "*"}).status_code == 204


def test_a_batch_says_what_became_of_each_article(client: TestClient) -> None:
    """One that cannot be used is reported with its reason, and the others can be found."""
    good = _BODY | {"article_id": "batch-1", "title": "Gondola waxing"}
    articles = [
        good,
        _BODY | {"article_id": "batch-2"},
        good | {"title": "twice"},
        _BODY | {"article_id": "no spaces"},
        _BODY | {"article_id": "batch-3", "domain": "bakery"},
        _BODY | {"article_id": "batch-4", "body": " "},
        _BODY | {"article_id": "batch-5", "colour": "red"},
        _BODY,
    ]
    results = client.post("/v1/articles:batch", json={"articles": articles}).json()["results"]
    outcomes = [(each["article_id"], each["outcome"]) for each in results if each["outcome"] != "failed"]
    assert outcomes == [("batch-1", "added"), ("batch-2", "added")]
    reasons = {each["article_id"]: each["reason"] for each in results if each["outcome"] == "failed"}
    assert "twice" in reasons["batch-1"]
    assert "bakery" in reasons["batch-3"]
    assert "no text" in reasons["batch-4"]
    assert "colour" in reasons["batch-5"]
    assert len(reasons) == 6
    found = client.post("/v1/knowledge/search", json={"query": "gondola waxing", "domain": "retail"}).json()
    assert found["hits"][0]["article_id"] == "batch-1"
    again = client.post("/v1/articles:batch", json={"articles": [good]}).json()["results"]
    assert again == [{"article_id": "batch-1", "version": 1, "outcome": "unchanged", "reason": None, "warnings": []}]
    for name in ("batch-1", "batch-2"):
        client.delete(f"/v1/articles/{name}")


def test_a_file_is_imported_as_the_command_line_would(client: TestClient) -> None:
    """A zip of several formats; a dry run first says what would come, and nothing does."""
    body = a_zip({"a/dock.docx": a_word_document(("Heading1", "Dock fees"), ("", "Two euro.")), "b.md": ""})
    asked = {"filename": "guide.zip", "domain": "retail", "dry_run": "true"}
    dry = client.post("/v1/articles:import", content=body, params=asked).json()
    assert (dry["added"], client.get("/v1/articles/dock").status_code) == (["dock"], 404)
    done = client.post("/v1/articles:import", content=body, params=asked | {"dry_run": "false"}).json()
    assert (done["added"], done["failed"][0]["place"]) == (["dock"], "guide.zip/b.md")
    made = client.get("/v1/articles/dock").json()
    assert (made["title"], made["domain"], made["version"]) == ("Dock fees", "retail", 1)
    client.delete("/v1/articles/dock")


@pytest.mark.parametrize(
    ("params", "status"),
    [
        pytest.param({"filename": "guide.rtf"}, 200, id="unknown format"),
        pytest.param({"filename": "../../etc/passwd.md"}, 200, id="path"),
        pytest.param({"filename": "///"}, 422, id="no name"),
        pytest.param({"filename": "a.md", "domain": "bakery"}, 422, id="domain"),
        pytest.param({}, 422, id="none"),
    ],
)
def test_a_file_that_cannot_be_imported_is_refused(client: TestClient, params: dict[str, str], status: int) -> None:
    """The name says the format and nothing else."""
    answer = client.post("/v1/articles:import", content=b"", params=params)
    assert answer.status_code == status
    if status == 200:
        assert len(answer.json()["failed"]) == 1


def test_the_export_loads_again_and_changes_nothing(client: TestClient, tmp_path: Path) -> None:
    """Every article comes as a line of JSON, with all that makes its content."""
    answer = client.get("/v1/articles/export")
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    file = tmp_path / "articles.jsonl"
    file.write_bytes(answer.content)
    stored = {row["article_id"]: Article.model_validate(row) for row in map(json.loads, answer.text.splitlines())}
    loaded = {each.article_id: each for each in FileLoader().read([file]) if isinstance(each, Article)}
    assert len(stored) > 60
    assert {name: each.content_hash for name, each in loaded.items()} == {
        name: each.content_hash for name, each in stored.items()
    }
    only = client.get("/v1/articles/export", params={"domain": "airline"}).text.splitlines()
    assert {json.loads(line)["domain"] for line in only} == {"airline"}


def test_only_knowledge_managers_write_articles(client: TestClient, key_of: KeyMaker) -> None:
    """Agents may read and export; bots may neither."""
    batch = {"articles": [_BODY | {"article_id": "x"}]}
    for role in ("agent", "bot", "qa"):
        assert client.post("/v1/articles:batch", json=batch, headers=key_of(role)).status_code == 403
        assert client.post("/v1/articles/x/versions/1/restore", headers=key_of(role)).status_code == 403
    assert client.get("/v1/articles/export", headers=key_of("agent")).status_code == 200
    assert client.get("/v1/articles/export", headers=key_of("bot")).status_code == 403
