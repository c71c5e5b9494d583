"""The page on language models shows what the program reads."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import yaml

from assist.domain.business import SectionDefinition
from prompts.catalogue import Entry

PAGE = (Path(__file__).parents[2] / "docs/model.md").read_text("utf-8")


def shown(kind: str) -> str:
    """Return the page's example in this language."""
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_section_shown_is_one_that_a_domain_may_have() -> None:
    """Its keys are those of a section, and its values are read."""
    (section,) = [SectionDefinition.model_validate(one) for one in yaml.safe_load(shown("yaml"))["sections"]]
    assert section.values


def test_the_catalogue_shown_has_the_keys_of_a_catalogue() -> None:
    """Each key means something to the program, and the prompt is one that ships."""
    catalogue = tomllib.loads(shown("toml"))
    assert set(catalogue) == {"handoff"}
    assert set(catalogue["handoff"]) == {field.name for field in fields(Entry)}


def test_every_setting_the_page_names_is_documented() -> None:
    """No setting is named that does not exist."""
    settings = (Path(__file__).parents[2] / "docs/settings.md").read_text("utf-8")
    assert [name for name in re.findall(r"ASSIST_\w+", PAGE) if f"`{name}`" not in settings] == []
