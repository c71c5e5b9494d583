"""Playbooks drafted from articles."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from assist.actions import playbook_faults
from assist.actions.drafting import drafted
from assist.catalogue import shipped_folder
from assist.cli.playbook import playbook
from assist.domain.business import Domain, IntentDefinition, Playbook
from assist.errors import InvalidInput

BODY = """# Refunds

Refunds are slow in December.

1. Verify the customer and find the order. Without a number, look
   through the recent orders together.
2. Check the state of the order.
3. Refund the amount to the card that was used.
"""


def test_instructions_become_steps_in_their_order_with_their_lines() -> None:
    """Statements are left out, wrapped lines joined, and what moves money waits for verification."""
    draft = drafted(intent="refund", article_id="refunds", title="Refunds", body=BODY)
    assert draft is not None
    first, second, third = draft.playbook.actions
    assert (first.id, first.title) == ("verify_customer", "Verify the customer and find the order")
    assert second.title == "Check the state of the order"
    assert (third.title, third.requires) == ("Refund the amount to the card that was used", ("verified",))
    assert draft.lines == (5, 7, 8)
    assert third.rationale == "The article “Refunds” (refunds), line 8, says so."


def test_an_article_without_instructions_gives_no_draft() -> None:
    """There is nothing to begin from."""
    assert drafted(intent="x", article_id="a", title="A", body="All is well. The sky is blue.") is None


@given(st.text(max_size=400))
def test_any_text_gives_a_playbook_without_faults_or_none(body: str) -> None:
    """Whatever the article holds, a draft can be loaded as it stands."""
    draft = drafted(intent="x", article_id="a", title="A", body=body)
    if draft is not None:
        domain = Domain(
            name="d", title="D", intents=(IntentDefinition(label="x", name="X"),), playbooks=(draft.playbook,)
        )
        assert playbook_faults(domain) == []


@pytest.mark.parametrize("article", sorted(shipped_folder().glob("*/articles/*.md"))[::9], ids=lambda path: path.stem)
def test_the_command_prints_what_a_domain_can_take_over(article: Path) -> None:
    """The YAML is a list of playbooks that names its article."""
    result = CliRunner().invoke(playbook, ["draft", str(article), "--intent", "refund"])
    assert result.exit_code == 0, result.output
    (made,) = [Playbook.model_validate(each) for each in yaml.safe_load(result.stdout)["playbooks"]]
    assert made.article
    assert all(f"({made.article}), line " in action.rationale for action in made.actions)


def test_what_cannot_be_drafted_is_said(tmp_path: Path) -> None:
    """A file that is not there, one without instructions, and a label that is none."""
    empty, steps = tmp_path / "empty.md", tmp_path / "steps.md"
    empty.write_text("# Nothing\n\nAll is well.\n", "utf-8")
    steps.write_text(BODY, "utf-8")
    for arguments, said in (
        ([str(tmp_path / "no.md"), "--intent", "x"], "no.md"),
        ([str(empty), "--intent", "x"], "no sentence that tells an agent what to do"),
        ([str(steps), "--intent", "Re Fund"], "cannot be an intent's label"),
    ):
        refused = CliRunner().invoke(playbook, ["draft", *arguments]).exception
        assert isinstance(refused, InvalidInput)
        assert said in str(refused)
