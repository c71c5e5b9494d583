"""Reading articles from zip archives."""

import io
import zipfile
from pathlib import Path

import pytest

from knowledge.articles import Article, Unreadable
from knowledge.loaders.files import FileLoader
from tests.unit.knowledge.loaders.documents import a_word_document, a_zip


def read(path: Path, content: bytes) -> list[Article | Unreadable]:
    """Return what the loader makes of an archive."""
    path.write_bytes(content)
    return list(FileLoader().read([path]))


def test_an_archive_is_read_as_a_folder(tmp_path: Path) -> None:
    """Every format in it, by name; hidden and foreign files are left out, and nothing is unpacked to disk."""
    files: dict[str, str | bytes] = {
        "guide/b.md": "# B\ntext",
        "guide/a.docx": a_word_document(("", "Words")),
        "../../evil.md": "# Evil\ntext",
        ".git/x.md": "x",
        "__MACOSX/b.md": "x",
        "logo.png": b"x",
    }
    found = read(tmp_path / "all.zip", a_zip(files))
    assert [each.article_id for each in found if isinstance(each, Article)] == ["a", "b"]
    assert [path.name for path in tmp_path.iterdir()] == ["all.zip"]


def test_a_file_in_an_archive_is_reported_by_its_place(tmp_path: Path) -> None:
    """One bad file does not stop the rest; an archive in an archive is not opened."""
    files: dict[str, str | bytes] = {"a.md": "", "b.md": "# B\ntext", "c.zip": a_zip({"d.md": "x"})}
    bad, good, inner = read(tmp_path / "all.zip", a_zip(files))
    assert isinstance(bad, Unreadable)
    assert bad.place == f"{tmp_path / 'all.zip'}/a.md"
    assert isinstance(good, Article)
    assert isinstance(inner, Unreadable)
    assert "archive in an archive" in inner.reason


def test_an_id_that_comes_twice_in_an_archive_is_reported(tmp_path: Path) -> None:
    """The first one stands; the report names both places."""
    _, second = read(tmp_path / "all.zip", a_zip({"a/x.md": "# One\ntext", "b/x.md": "# Two\ntext"}))
    assert isinstance(second, Unreadable)
    assert second.place.endswith("b/x.md")
    assert "a/x.md" in second.reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"PK nonsense", "no zip archive", id="no archive"),
        pytest.param(b"", "no zip archive", id="empty file"),
        pytest.param(a_zip({}), "no file that can be read", id="nothing in it"),
        pytest.param(a_zip({"a.md": b"0" * 20_000_000}), "unpacks 'a.md'", id="bomb"),
        pytest.param(a_zip({f"{n}.md": b"x" for n in range(100_001)}), "holds 100,001 files", id="many files"),
    ],
)
def test_an_archive_that_cannot_be_used_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    """Bombs are refused by what they would unpack to, before anything is."""
    [found] = read(tmp_path / "a.zip", content)
    assert isinstance(found, Unreadable)
    assert reason in found.reason
    assert found.hint


def test_an_archive_that_lies_about_its_size_is_stopped(tmp_path: Path) -> None:
    """What is read is counted, whatever the archive says of itself."""
    honest = a_zip({"a.md": b"01" * 400_000})
    size = (800_000).to_bytes(4, "little")
    lying = honest.replace(size, (100).to_bytes(4, "little"))
    [found] = read(tmp_path / "a.zip", lying)
    assert isinstance(found, Unreadable)


def test_an_encrypted_file_in_an_archive_is_reported(tmp_path: Path) -> None:
    """It says so, and the others load."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.md", "# A\ntext")
        archive.writestr("b.md", "# B\ntext")
    raw = bytearray(made.getvalue())
    entry = raw.index(b"PK\x01\x02")
    raw[entry + 8] |= 1  # the flag of an encrypted file, in the archive's table of contents
    locked, good = read(tmp_path / "a.zip", bytes(raw))
    assert isinstance(locked, Unreadable)
    assert locked.reason == "is encrypted"
    assert isinstance(good, Article)
