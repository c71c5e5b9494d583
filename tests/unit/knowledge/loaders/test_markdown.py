"""Reading articles from Markdown files."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.articles import Article, Audience, Unreadable
from knowledge.loaders.files import FileLoader

GOOD = """---
id: retail-refunds
title: Refunds
domain: retail
tags: [money, returns]
audience: agent
language: en
valid_from: 2026-01-01
review_by: 2027-04-30
---
## When
Within five days.
"""


def read(*paths: Path, domain: str | None = None) -> list[Article | Unreadable]:
    """Return everything the loader gives for these paths."""
    return list(FileLoader().read(paths, domain=domain))


def write(folder: Path, name: str, text: str) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_front_matter_fills_the_article(tmp_path: Path) -> None:
    """Every field of the front matter is read; the rest of the file is the body."""
    [made] = read(write(tmp_path, "a.md", GOOD))
    assert isinstance(made, Article)
    assert (made.article_id, made.title, made.domain, made.tags) == (
        "retail-refunds",
        "Refunds",
        "retail",
        ("money", "returns"),
    )
    assert (made.audience, made.valid_from, made.review_by) == (Audience.AGENT, date(2026, 1, 1), date(2027, 4, 30))
    assert made.body == "## When\nWithin five days."


def test_a_plain_file_is_an_article_too(tmp_path: Path) -> None:
    """Without front matter the file's name is the id and its first heading the title."""
    [made] = read(write(tmp_path, "lost card (new).md", "# Lost card\nBlock it."), domain="bank")
    assert isinstance(made, Article)
    assert (made.article_id, made.title, made.domain) == ("lost-card-new", "Lost card", "bank")


def test_a_file_without_a_heading_is_called_by_its_name(tmp_path: Path) -> None:
    """There is always a title."""
    [made] = read(write(tmp_path, "fees.md", "Five euro."))
    assert isinstance(made, Article)
    assert made.title == "fees"


def test_the_domain_of_the_file_wins(tmp_path: Path) -> None:
    """The domain given beside the path is for files that name none."""
    [made] = read(write(tmp_path, "a.md", GOOD), domain="bank")
    assert isinstance(made, Article)
    assert made.domain == "retail"


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    """Subfolders too; hidden ones and files of no known format are left out."""
    for name in ("b.md", "sub/c.MARKDOWN", "a.md", ".git/x.md", "notes.rtf"):
        write(tmp_path, name, f"# {name}\ntext")
    assert [made.article_id for made in read(tmp_path) if isinstance(made, Article)] == ["a", "b", "c"]


def test_a_second_article_of_an_id_is_reported(tmp_path: Path) -> None:
    """The first one stands; the report names both files."""
    first, second = write(tmp_path, "1.md", GOOD), write(tmp_path, "2.md", GOOD)
    made, report = read(tmp_path)
    assert isinstance(made, Article)
    assert isinstance(report, Unreadable)
    assert report.place == str(second)
    assert str(first) in report.reason
    assert "'retail-refunds'" in report.reason


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    """A folder and a file in it are no two articles."""
    path = write(tmp_path, "1.md", GOOD)
    assert [type(each) for each in read(tmp_path, path)] == [Article]


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        pytest.param("---\ntitle: a: b\n---\nx", ", line 2", "not YAML", id="colon"),
        pytest.param("---\nid: [\n---\nx", ", line ", "not YAML", id="bracket"),
        pytest.param("---\ntitle: T\n---\n  \n", "", "no text", id="no body"),
        pytest.param("", "", "is empty", id="empty file"),
        pytest.param("---\naudience: everybody\n---\nx", ", front matter", "audience", id="audience"),
        pytest.param("---\nvalid_from: soon\n---\nx", ", front matter", "valid_from", id="date"),
        pytest.param("---\nauthors: me\n---\nx", "", "authors", id="unknown field"),
        pytest.param("---\n- a\n- list\n---\nx", "", "not a list of fields", id="no mapping"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, place: str, reason: str) -> None:
    """The report names the file, the place in it, and what to do."""
    path = write(tmp_path, "bad.md", text)
    [report] = read(path)
    assert isinstance(report, Unreadable)
    assert report.place.startswith(f"{path}{place}")
    assert reason in report.reason
    assert report.hint


def test_a_file_that_is_not_utf8_names_the_byte(tmp_path: Path) -> None:
    """A file from an old editor is reported, not guessed at."""
    path = tmp_path / "latin.md"
    path.write_bytes("Gebühr".encode("latin-1"))
    [report] = read(path)
    assert isinstance(report, Unreadable)
    assert report.place == f"{path}, byte 3"


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    """Files from Windows editors load."""
    path = tmp_path / "bom.md"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    [made] = read(path)
    assert isinstance(made, Article)
    assert made.article_id == "retail-refunds"


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    """The others load."""
    write(tmp_path, "1.md", "---\nid: [\n---\n")
    write(tmp_path, "2.md", GOOD)
    assert [type(each) for each in read(tmp_path)] == [Unreadable, Article]


@pytest.mark.parametrize("name", ["absent.md", "paper.pdf", "empty"])
def test_a_path_that_gives_nothing_is_reported(tmp_path: Path, name: str) -> None:
    """A missing path, another kind of file and a folder without articles each say so."""
    (tmp_path / "paper.pdf").write_bytes(b"%PDF")
    (tmp_path / "empty").mkdir()
    [report] = read(tmp_path / name)
    assert isinstance(report, Unreadable)
    assert report.place == str(tmp_path / name)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """Nobody reads an article of six megabytes."""
    path = tmp_path / "huge.md"
    path.write_bytes(b"x" * 6_000_000)
    [report] = read(path)
    assert isinstance(report, Unreadable)
    assert "5,000,000" in report.reason


def test_reading_is_lazy(tmp_path: Path) -> None:
    """Ten thousand articles are not held at once: the second file may still change when the first is given."""
    write(tmp_path, "1.md", "# One\ntext")
    write(tmp_path, "2.md", "# Two\ntext")
    stream = FileLoader().read([tmp_path])
    next(stream)
    write(tmp_path, "2.md", "# Changed\ntext")
    second = next(stream)
    assert isinstance(second, Article)
    assert second.title == "Changed"
