"""What the documents show is what the program does."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from starlette.testclient import TestClient

from assist.domain.packet import HandoffPacket

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def renewal() -> ModuleType:
    """Return the script that renews the documents."""
    spec = importlib.util.spec_from_file_location("readme_script", ROOT / "scripts/readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def part(file: str, name: str) -> str:
    """Return what stands between the two comment lines of a part."""
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", (ROOT / file).read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found[1].strip()


def test_the_readmes_request_gives_the_readmes_packet(client: TestClient, renewal: ModuleType) -> None:
    """The body of the curl line, posted, is answered with the packet shown below it."""
    body = re.search(r"-d '\n(.*)'", part("README.md", "request"), re.DOTALL)
    assert body is not None
    answered = HandoffPacket.model_validate(client.post("/v1/handoffs", content=body[1]).json())
    shown: dict[str, Any] = json.loads(part("README.md", "response").removeprefix("```json").removesuffix("```"))
    assert renewal.shortened(answered) == shown


def test_every_setting_is_documented(renewal: ModuleType) -> None:
    """The table of settings is the one that the code gives."""
    assert part("docs/settings.md", "settings") == renewal.settings_table()


def test_the_readme_shows_measured_tables_and_a_picture() -> None:
    """Speed and quality are filled in, and the picture is there."""
    assert "| ratio |" in part("README.md", "bench")
    assert "| " in part("README.md", "quality")
    assert (ROOT / "docs/desktop.png").stat().st_size > 20_000


def test_every_file_the_documents_name_is_there() -> None:
    """Links and file names in the documents lead somewhere."""
    missing: list[tuple[str, str]] = []
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        text = document.read_text("utf-8")
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
        files = re.findall(r"`((?:assist|api|store|analysis|actions|knowledge|domain)/[\w/]+\.py)`", text)
        missing += [(document.name, link) for link in links if not (document.parent / link).exists()]
        missing += [
            (document.name, file) for file in files if not any((ROOT / base / file).exists() for base in ("", "assist"))
        ]
    assert missing == []
