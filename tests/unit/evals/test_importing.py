"""Tables and JSON lines become labelled conversations; what is wrong is named, and costs no more than itself."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evals.cases import labelled_file
from evals.cli import evals
from evals.errors import DataMissing
from evals.importing import imported

TABLE = """conversation_id;role;text;at;tool_name;tool_arguments;tool_ok;domain;intent;verification;verification_turns;frustrated;facts
c-1;user;"Where is
my parcel; #W1?";2026-03-01T10:00:00;;;;retail;order_status;verified;1 2;yes;"[{""name"": ""order_id"", ""value"": ""#W1"", ""turns"": [0]}]"
c-2;Customer;Hello;;;;;;;;;;
c-1;assistant;One moment.;;;;;;;;;;
c-1;tool;"{""status"": ""lost""}";;get_order;"{""id"": ""#W1""}";true;;;;;;
c-2;bot;Hi;;;;;;;;;;
"""


def table(folder: Path, text: str) -> Path:
    """Write a table and return it."""
    path = folder / "export.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_table_with_labels_becomes_cases_in_order(tmp_path: Path) -> None:
    """Rows of a conversation need not stand together; speakers go by many names; times get a zone."""
    found = imported(table(tmp_path, TABLE))
    assert found.problems == ()
    one, other = found.cases
    assert (one.case_id, other.case_id) == ("c-1", "c-2")
    assert [turn.role.value for turn in one.turns] == ["customer", "bot", "tool"]
    assert one.turns[0].text == "Where is\nmy parcel; #W1?"
    assert one.turns[0].at is not None
    assert one.turns[0].at.isoformat() == "2026-03-01T10:00:00+00:00"
    assert one.turns[2].tool is not None
    assert one.turns[2].tool.arguments == {"id": "#W1"}
    assert one.labels.verification is not None
    assert one.labels.verification.turns == (1, 2)
    assert one.labels.facts is not None
    assert one.labels.facts[0].value == "#W1"
    assert other.labels.facts is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("c-1;assistant", "c-1;robot"), "line 5, column role: 'robot' is no speaker; use one of customer"),
        (("2026-03-01T10:00:00", "yesterday"), "line 2, column at: 'yesterday' is no time"),
        (
            ("verified;1 2", "proved;1 2"),
            "at labels.verification.status: 'proved' is not on the list; use one of verified",
        ),
        (("verified;1 2", "verified;9"), "at labels.verification.turns: there is no turn 9"),
        ((";yes;", ";perhaps;"), "line 2, column frustrated: 'perhaps' is neither yes nor no"),
        (('"{""id"": ""#W1""}"', "{id}"), "line 6, column tool_arguments: '{id}' is no JSON"),
        (("c-1;assistant;One moment.;", "c-1;assistant;One moment.;;;"), "line 5: 15 cells, the head has 13"),
    ],
    ids=["role", "time", "status", "turn", "flag", "json", "cells"],
)
def test_a_bad_cell_is_named_and_costs_its_conversation_alone(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    """Line, column, value, what to do; the other conversation is there."""
    assert change[0] in TABLE
    found = imported(table(tmp_path, TABLE.replace(*change)))
    assert any(said in str(problem) for problem in found.problems), found.problems
    assert [case.case_id for case in found.cases] == ["c-2"]
    assert found.left_out == ("c-1",)


def test_labels_that_contradict_each_other_are_named(tmp_path: Path) -> None:
    """Two rows of a conversation may not say two intents."""
    text = "conversation_id,role,text,intent\nc-1,customer,hi,a\nc-1,bot,ho,b\n"
    (problem,) = imported(table(tmp_path, text)).problems
    assert str(problem) == "line 3, column intent: 'b', but 'a' on line 2; say it once a conversation"


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("id,role,text", "has no column conversation_id"),
        ("conversation_id,role,text,mood", "has a column 'mood' that is not known"),
        ("conversation_id,role,text,text", "has the column 'text' twice"),
        ("", "has no column conversation_id, role, text"),
    ],
    ids=["missing", "unknown", "twice", "empty"],
)
def test_a_head_that_cannot_be_used_is_one_sentence(tmp_path: Path, head: str, said: str) -> None:
    """Nothing can be read then, and it says why."""
    with pytest.raises(DataMissing, match=said):
        imported(table(tmp_path, f"{head}\nc-1,customer,hi,x\n"))


def test_another_encoding_has_to_be_named(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are not guessed at."""
    path = tmp_path / "export.csv"
    path.write_bytes("conversation_id,role,text\nc-1,customer,schön\n".encode("cp1252"))
    with pytest.raises(DataMissing, match="--encoding"):
        imported(path)
    assert imported(path, encoding="cp1252").cases[0].turns[0].text == "schön"


def test_json_lines_lose_only_what_is_broken(tmp_path: Path) -> None:
    """Each line stands alone; ids come from case_id, conversation_id or the line."""
    turns = [{"role": "customer", "text": "hi\u2028there"}]
    lines = [
        json.dumps({"case_id": "a", "turns": turns}, ensure_ascii=False),
        "{broken",
        json.dumps({"conversation_id": "b", "turns": turns, "labels": {"verification": {"status": "maybe"}}}),
        json.dumps({"turns": turns}),
        json.dumps({"case_id": "a", "turns": turns}),
        json.dumps({"case_id": "c", "turns": [{"role": "wizard", "text": "x"}]}),
        "[1]",
    ]
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    found = imported(path)
    assert [case.case_id for case in found.cases] == ["a", "cases, line 4"]
    places = [problem.place for problem in found.problems]
    assert places == [
        "line 2",
        "line 3, at labels.verification.status",
        "line 5",
        "line 6, at turns.0.role",
        "line 7, at the top",
    ]


def test_the_command_writes_what_is_good_and_exits_with_one(tmp_path: Path) -> None:
    """The result is a file that a run reads."""
    path, out = table(tmp_path, TABLE.replace("c-2;bot", "c-2;robot")), tmp_path / "cases.jsonl"
    said = CliRunner().invoke(evals, ["import", str(path), "--out", str(out)])
    assert said.exit_code == 1
    assert "export.csv line 7, column role" in said.output
    assert "Left out: c-2" in said.output
    assert [case.case_id for case in labelled_file(out)] == ["c-1"]
    good = CliRunner().invoke(evals, ["import", str(table(tmp_path, TABLE)), "--out", str(out)])
    assert (good.exit_code, "2 conversations, 1 with labels" in good.output) == (0, True), good.output


SAID = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(
    lambda text: text == text.strip() and text
)


@given(st.lists(st.tuples(st.sampled_from("abc"), SAID), min_size=1, max_size=12), st.sampled_from(",;\t"))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_spreadsheet_writes_comes_back(tmp_path: Path, rows: list[tuple[str, str]], delimiter: str) -> None:
    """Any text, any delimiter: every conversation has its turns, in order."""
    paper = io.StringIO(newline="")
    writer = csv.writer(paper, delimiter=delimiter)
    writer.writerow(["conversation_id", "role", "text"])
    writer.writerows([name, "customer", text] for name, text in rows)
    path = tmp_path / "export.csv"
    path.write_bytes(paper.getvalue().encode())
    found = imported(path)
    assert found.problems == ()
    for case in found.cases:
        assert [turn.text for turn in case.turns] == [text for name, text in rows if name == case.case_id]
