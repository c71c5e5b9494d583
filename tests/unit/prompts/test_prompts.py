"""Prompts: files that do not change, variables that are declared, versions that are chosen."""

from pathlib import Path

import pytest

from assist.briefing.replies import reply_for
from prompts import Catalogue, PromptError, load, locked, released
from tests.fakes.model import ScriptedModel
from tests.unit.assist.briefing.conversations import SHOP, a_reading, a_reply, improved

SNAPSHOTS = Path(__file__).parent / "snapshots"
NOTES = '{"notes": [{"section": "wants", "text": "The customer wants money back for the kettle", "turns": [0]}]}'


def a_folder(tmp_path: Path, text: str = "", catalogue: str = "") -> Path:
    """Return a folder with two versions of one prompt and a catalogue."""
    (tmp_path / "greeting").mkdir()
    for version in (1, 2):
        body = (
            text
            or f"---\npurpose: greet\nvariables: [name]\n---\nBe kind, {version}.\n=== user ===\nHello {{{{ name }}}}\n"
        )
        (tmp_path / f"greeting/{version}.md").write_text(body, "utf-8")
    (tmp_path / "catalogue.toml").write_text(
        catalogue or '[greeting]\nversion = 1\nowner = "us"\nreply = "greeting"\n', "utf-8"
    )
    return tmp_path


def test_a_released_prompt_never_changes() -> None:
    """Each file has the digest that it was released with: a change is a new version, with a line of its own in the lock."""
    assert released() == locked()


def test_every_prompt_in_the_catalogue_is_there() -> None:
    """Reading the shipped catalogue loads what it names."""
    catalogue = Catalogue.read()
    for name in ("handoff", "handoff_summary", "window", "merge"):
        prompt = catalogue.choose(name, tenant="acme", conversation="c")
        assert prompt.purpose
        assert catalogue.entry(name).owner


def test_variables_are_filled_in_once(tmp_path: Path) -> None:
    """A value that looks like a variable stays as it is."""
    prompt = load("greeting", 1, folder=a_folder(tmp_path))
    assert prompt.render(name="{{ name }} \\1").user == "Hello {{ name }} \\1"


@pytest.mark.parametrize(
    ("variables", "said"),
    [({}, "lacks name"), ({"name": "Ada", "age": "9"}, "knows no age")],
)
def test_missing_and_unknown_variables_are_errors(tmp_path: Path, variables: dict[str, str], said: str) -> None:
    """The message names them."""
    with pytest.raises(PromptError, match=said):
        load("greeting", 1, folder=a_folder(tmp_path)).render(**variables)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no front matter", "is no prompt"),
        ("---\nvariables: [a]\n---\nx\n=== user ===\n{{ b }}\n", r"declares \['a'\] and uses \['b'\]"),
    ],
)
def test_a_file_that_is_no_prompt_is_an_error(tmp_path: Path, text: str, said: str) -> None:
    """Declared and used variables are the same."""
    with pytest.raises(PromptError, match=said):
        load("greeting", 1, folder=a_folder(tmp_path, text))


def test_a_prompt_or_entry_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """The message names what there is."""
    folder = a_folder(tmp_path)
    with pytest.raises(PromptError, match="there is no prompt greeting/3"):
        load("greeting", 3, folder=folder)
    with pytest.raises(PromptError, match="it lists greeting"):
        Catalogue.read(folder / "catalogue.toml", folder=folder).choose("farewell", tenant="a", conversation="c")


def test_a_canary_takes_its_share_and_keeps_it(tmp_path: Path) -> None:
    """Of a thousand conversations some 300 get the canary, each the same again; a tenant's own version wins."""
    told = '[greeting]\nversion = 1\nowner = "us"\nreply = "g"\n[greeting.canary]\nversion = 2\nshare = 0.3\n[greeting.tenants]\nbeta = 2\n'
    folder = a_folder(tmp_path, catalogue=told)
    catalogue = Catalogue.read(folder / "catalogue.toml", folder=folder)

    def drawn(tenant: str) -> list[int]:
        return [catalogue.choose("greeting", tenant=tenant, conversation=f"c-{n}").version for n in range(1000)]

    assert 250 < drawn("acme").count(2) < 350
    assert drawn("acme") == drawn("acme")
    assert drawn("acme") != drawn("other")
    assert set(drawn("beta")) == {2}


@pytest.mark.parametrize("told", ["[greeting]\nversion = 1\n", "[greeting", "greeting = 1\n"])
def test_a_catalogue_that_cannot_be_used_says_so(tmp_path: Path, told: str) -> None:
    """The message names the file."""
    folder = a_folder(tmp_path, catalogue=told)
    with pytest.raises(PromptError, match=r"catalogue\.toml is no catalogue"):
        Catalogue.read(folder / "catalogue.toml", folder=folder)


@pytest.mark.parametrize("name", ["handoff", "handoff_summary", "window", "merge"])
async def test_a_rendered_prompt_is_as_it_was(name: str) -> None:
    """The prompts for a fixed conversation, to the letter; a snapshot that is not there is written, and the test fails once."""
    model = ScriptedModel(*([a_reply()] if name.startswith("handoff") else [NOTES, NOTES, a_reply()]))
    terms = {"window": 150} if name in {"window", "merge"} else {}
    await improved(model, a_reading(conversation_id="c-1"), summary_only=name == "handoff_summary", **terms)
    asked = next(request for request in reversed(model.requests) if request.purpose == name)
    text = f"{asked.system}\n=== user ===\n{asked.user}\n"
    file = SNAPSHOTS / f"{name}-1.txt"
    known = file.exists()
    if not known:
        file.write_text(text, "utf-8")
    assert known, f"{file.name} was not there and is written: read it, and run the test again"
    assert file.read_text("utf-8") == text


def test_the_schema_offers_the_domains_labels() -> None:
    """The closed vocabulary stands in the schema."""
    schema = reply_for(SHOP).model_json_schema()
    assert schema["$defs"]["Choice"]["properties"]["label"]["enum"] == ["refund", "cancel_order", "unknown"]
