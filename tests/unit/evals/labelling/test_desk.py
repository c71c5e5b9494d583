"""The labelling page's server: what it gives, what it keeps, and whom it refuses."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assist.domain.business import Domain
from evals.labelling import Book, Entry, create_desk, prefilled
from tests.unit.evals.labelling.rows import FULL, talk
from tests.unit.evals.stub_production import StubProduction

ORIGIN = {"Origin": "http://127.0.0.1"}


@pytest.fixture(name="book")
def _book(tmp_path: Path) -> Book:
    """Return a book whose file of conversations holds labels of somebody else."""
    return Book([Entry(talk("c1")), Entry(talk("c2"))], tmp_path / "anna.jsonl", labeller="anna")


@pytest.fixture(name="desk")
def _desk(book: Book) -> TestClient:
    """Return a client of the page's server."""
    return TestClient(create_desk(book, {"retail": Domain(name="retail", title="Shop")}), base_url="http://127.0.0.1")


def sent(labels: Any, state: str = "begun") -> dict[str, Any]:  # noqa: ANN401 -- any labels
    """Return what the page sends."""
    return {"labels": labels, "domain": "retail", "state": state}


def test_the_page_gets_words_domains_and_progress(desk: TestClient) -> None:
    """Closed lists come from the code, so that the page cannot know others."""
    found = desk.get("/desk").json()
    assert found["words"]["status"] == ["verified", "identified", "failed", "not_attempted"]
    assert found["domains"]["retail"]["title"] == "Shop"
    assert found["progress"] == {"done": 0, "skipped": 0, "whole": 2}
    assert "Labelling" in desk.get("/").text
    assert desk.get("/shared/elements.js").status_code == 200


def test_a_change_is_kept_at_once(desk: TestClient, book: Book) -> None:
    """What was answered with 200 stands in the file."""
    assert desk.put("/cases/0", json=sent({"intent": "x"}), headers=ORIGIN).json()["state"] == "begun"
    assert book.labels("c1")["labels"] == {"intent": "x"}
    assert desk.get("/cases/0").json()["labels"] == {"intent": "x"}


def test_done_answers_with_progress_or_with_faults(desk: TestClient) -> None:
    """What cannot be right is named and the conversation stays begun."""
    bad = desk.put("/cases/0", json=sent({"verification": {"status": "no"}}, "done"), headers=ORIGIN).json()
    assert (bad["state"], bad["faults"][0]["place"]) == ("begun", "verification.status")
    good = desk.put("/cases/0", json=sent(FULL, "done"), headers=ORIGIN).json()
    assert (good["state"], good["progress"]["done"]) == ("done", 1)


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}], ids=["none", "another site"])
def test_another_site_may_not_save(desk: TestClient, book: Book, headers: dict[str, str]) -> None:
    """A page open in the same browser cannot write labels."""
    assert desk.put("/cases/0", json=sent({"intent": "x"}), headers=headers).status_code == 403
    assert book.state("c1") == "new"


def test_another_name_for_this_machine_is_refused(book: Book) -> None:
    """A name that was pointed at 127.0.0.1 gets nothing."""
    client = TestClient(create_desk(book, {}), base_url="http://rebound.example")
    assert client.get("/cases/0").status_code == 400


@pytest.mark.parametrize(("path", "status"), [("/cases/7", 404), ("/cases/x", 422)])
def test_a_conversation_that_is_not_there_is_said(desk: TestClient, path: str, status: int) -> None:
    """No page of an exception."""
    assert desk.get(path).status_code == status


def test_nothing_is_filled_in_unless_asked(desk: TestClient) -> None:
    """The service's own answer would bias."""
    found = desk.get("/cases/0").json()
    assert (found["labels"], found["prefilled"]) == ({}, False)


def test_labels_filled_in_by_the_service_say_so(tmp_path: Path) -> None:
    """Where it was asked for, the row says so; what judges the summary is left to the person."""
    book = Book([Entry(talk("c1"))], tmp_path / "a.jsonl", labeller="anna", begin=prefilled(StubProduction()))
    found = book.labels("c1")
    assert found["prefilled"] is True
    assert found["labels"]["intent"] == "please."
    assert not {"nuggets", "traps", "reference_summary", "next_actions"} & found["labels"].keys()
