"""Reading articles from CSV, JSON lines, JSON documents and plain text."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.articles import Article, Audience, Status, Unreadable
from knowledge.loaders.files import FileLoader


def read(path: Path, content: bytes | str, **more: str) -> list[Article | Unreadable]:
    """Return what the loader makes of a file with this content."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(FileLoader().read([path], **more))


def test_each_row_of_a_table_is_an_article(tmp_path: Path) -> None:
    """Columns are known by the names that people use; others are left out; tags stand in one cell."""
    text = 'ID,Question,Answer,Tags,Owner\nfees,What are the fees?,"Five euro.\nA month, that is.","money, fees",Ada\n'
    [made] = read(tmp_path / "faq.csv", text, domain="bank")
    assert isinstance(made, Article)
    assert (made.article_id, made.title, made.domain) == ("fees", "What are the fees?", "bank")
    assert (made.body, made.tags) == ("Five euro.\nA month, that is.", ("money", "fees"))


def test_the_title_makes_the_id_where_there_is_none(tmp_path: Path) -> None:
    """It stays the same when rows are put before it."""
    [made] = read(tmp_path / "faq.csv", "title;body\nÄnderung der Adresse;Im Konto.\n")
    assert isinstance(made, Article)
    assert made.article_id == "Anderung-der-Adresse"


def test_a_bad_row_does_not_stop_the_rest(tmp_path: Path) -> None:
    """Each is reported with its line."""
    text = "id,title,body,audience\n,,lost,\na,A,text,nobody\nb,B,text,agent,more\nc,C,,\nd,D,text,agent\n"
    *bad, good = read(tmp_path / "faq.csv", text)
    places = [each.place.rpartition(", ")[2] for each in bad if isinstance(each, Unreadable)]
    assert places == ["line 2", "line 3", "line 4", "line 5"]
    assert isinstance(good, Article)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param("", "empty", id="empty"),
        pytest.param("title,words\na,b\n", "no column `body`", id="no body"),
        pytest.param('title,body\n"a,b\n', "not CSV", id="open quote"),
        pytest.param("title,body\na,Gebühr\n".encode("cp1252"), "not UTF-8", id="encoding"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(tmp_path: Path, content: bytes | str, reason: str) -> None:
    """The reason names what is missing, with what to do."""
    [found] = read(tmp_path / "a.csv", content)
    assert isinstance(found, Unreadable)
    assert reason in found.reason
    assert found.hint


def test_an_old_encoding_is_read_where_it_is_named(tmp_path: Path) -> None:
    """It is never guessed; the message says how to name it."""
    path, content = tmp_path / "a.csv", "title;body\nGebühr;£5 und 5 €\n".encode("cp1252")
    [refused] = read(path, content)
    assert isinstance(refused, Unreadable)
    assert (refused.place, "--encoding cp1252" in refused.hint) == (f"{path}, byte 14", True)
    [made] = read(path, content, encoding="cp1252")
    assert isinstance(made, Article)
    assert made.body == "£5 und 5 €"
    [unknown] = read(path, content, encoding="cp9999")
    assert isinstance(unknown, Unreadable)
    assert "cp9999" in unknown.reason


def test_json_lines_hold_an_article_each(tmp_path: Path) -> None:
    """Blank lines are passed over; a broken line, a list and an object without text are reported by line."""
    lines = ['{"id": 7, "title": "A", "body": "text", "version": 9}', "", "{", "[]", '{"title": "B"}', '{"body": 3}']
    good, *bad = read(tmp_path / "a.jsonl", "\n".join(lines))
    assert isinstance(good, Article)
    assert (good.article_id, good.version) == ("7", 1)
    assert [each.place.rpartition(" ")[2] for each in bad if isinstance(each, Unreadable)] == ["3", "4", "5", "6"]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_as_json_lines_give_a_report_and_no_error(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    """Whatever stands in a file, the loader answers."""
    for ending in ("jsonl", "json", "csv", "txt", "html", "md", "zip", "docx", "pdf"):
        path = tmp_path_factory.getbasetemp() / f"any.{ending}"
        for found in read(path, raw):
            assert isinstance(found, Article) or found.reason


ZENDESK = {
    "count": 3,
    "articles": [
        {
            "id": 360001,
            "title": "Refund times",
            "body": "<h2>Cards</h2><p>Five days.</p><script>x()</script>",
            "html_url": "https://help.example/hc/en-us/articles/360001",
            "locale": "en-us",
            "source_locale": "en-us",
            "label_names": ["refund"],
            "draft": False,
            "user_segment_id": None,
        },
        {
            "id": 360001,
            "title": "Erstattung",
            "body": "<p>Fünf Tage.</p>",
            "locale": "de",
            "source_locale": "en-us",
            "html_url": "",
        },
        {"id": 360002, "title": "Draft", "body": "<p>Soon.</p>", "draft": True, "user_segment_id": 5, "html_url": ""},
        {"id": 360003, "title": "Empty", "body": None, "html_url": ""},
    ],
}


def test_a_zendesk_guide_export_is_read(tmp_path: Path) -> None:
    """Bodies become Markdown, drafts stay drafts, a translation has its own id, a narrowed audience is the agents'."""
    first, german, draft, empty = read(tmp_path / "guide.json", json.dumps(ZENDESK))
    assert isinstance(first, Article)
    assert (first.article_id, first.tags, first.language) == ("zendesk-360001", ("refund",), "en-us")
    assert (first.body, first.url) == ("## Cards\n\nFive days.", "https://help.example/hc/en-us/articles/360001")
    assert isinstance(german, Article)
    assert (german.article_id, german.body) == ("zendesk-360001-de", "Fünf Tage.")
    assert isinstance(draft, Article)
    assert (draft.status, draft.audience) == (Status.DRAFT, Audience.AGENT)
    assert isinstance(empty, Unreadable)
    assert empty.place.endswith("article 4")


@pytest.mark.parametrize(
    ("content", "place", "reason"),
    [
        pytest.param("", "", "empty", id="empty"),
        pytest.param("{}", "", "no articles", id="no articles"),
        pytest.param('"text"', "", "no JSON list", id="text"),
        pytest.param('[{"title": "A", "body": "b"}, {"ti', ", after article 1", "not JSON", id="cut off"),
    ],
)
def test_a_json_document_that_cannot_be_used_is_refused(tmp_path: Path, content: str, place: str, reason: str) -> None:
    """What came before the fault stands; the report says where it is."""
    *_, found = read(tmp_path / "a.json", content)
    assert isinstance(found, Unreadable)
    assert reason in found.reason
    assert found.place == f"{tmp_path / 'a.json'}{place}"


def test_a_plain_text_is_titled_by_its_first_line(tmp_path: Path) -> None:
    """A long first line is a paragraph, and the file's name is the title then."""
    [short] = read(tmp_path / "fees.txt", "Late fees\r\n\r\nFive euro.")
    [long] = read(tmp_path / "rules.txt", "Many words. " * 30)
    assert isinstance(short, Article)
    assert (short.title, short.body) == ("Late fees", "Late fees\n\nFive euro.")
    assert isinstance(long, Article)
    assert long.title == "rules"


@pytest.mark.parametrize("content", [b"", b"a\0b", b"\xff\xff\xff"], ids=["empty", "zero", "bytes"])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    """A picture renamed to .txt is no article."""
    [found] = read(tmp_path / "a.txt", content)
    assert isinstance(found, Unreadable)
