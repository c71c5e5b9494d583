"""Agreement as people read it: of files, field by field."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evals.agreement import Agreement, agreement, ratings
from evals.cli import evals
from evals.errors import DataMissing, NothingToScore
from tests.unit.evals.labelling.rows import FULL, but, labelled_by, talk


def rows(found: Agreement) -> dict[tuple[str, str], float | None]:
    """Return the values by field and measure."""
    return {(row.field, row.measure): row.value for row in found.rows}


@pytest.fixture(name="two")
def _two(tmp_path: Path) -> tuple[Path, Path]:
    """Return the files of two people who differ on the intent of one conversation of four, and on a step."""
    cancel = but(intent="cancel_order")
    anna = {"c1": FULL, "c2": FULL, "c3": cancel, "c4": cancel}
    other_step = [{"action": "Refund", "by": "bot", "outcome": "blocked", "turns": [1]}]
    ben = {"c1": FULL, "c2": cancel, "c3": cancel, "c4": but(intent="cancel_order", steps_tried=other_step), "c9": FULL}
    return labelled_by(tmp_path / "a.jsonl", "anna", anna), labelled_by(tmp_path / "b.jsonl", "ben", ben)


def test_two_people_get_kappa_alpha_and_f1(two: tuple[Path, Path]) -> None:
    """By hand: p_o = 3/4, p_e = 1/2 * 1/4 + 1/2 * 3/4 = 1/2, kappa = 1/2. Steps: 3 of 4 match, F1 = 3/4; without outcome 1."""
    found = agreement(ratings(two))
    values = rows(found)
    assert values["intent", "agreement"] == 0.75
    assert values["intent", "Cohen's kappa"] == pytest.approx(0.5)
    assert values["steps tried", "F1"] == pytest.approx(0.75)
    assert values["steps tried, evidence alone", "F1"] == 1
    assert values["verification", "Cohen's kappa"] is None
    assert {(each.case_id, each.field) for each in found.differences} == {("c2", "intent"), ("c4", "steps tried")}
    assert found.conversations == 4
    assert "1 conversations were labelled by one person only" in found.remarks[0]


def test_three_people_get_alpha_alone(two: tuple[Path, Path], tmp_path: Path) -> None:
    """Kappa is for two; alpha takes a third who labelled one conversation."""
    carla = labelled_by(tmp_path / "c.jsonl", "carla", {"c1": FULL})
    found = agreement(ratings((*two, carla)))
    measures = {row.measure for row in found.rows if row.field == "intent"}
    assert measures == {"agreement", "Krippendorff's alpha"}


def test_a_field_that_nobody_labelled_is_not_listed(tmp_path: Path) -> None:
    """No row is better than a row of zeros."""
    a = labelled_by(tmp_path / "a.jsonl", "anna", {"c1": {"intent": "x"}, "c2": {"intent": "y"}})
    b = labelled_by(tmp_path / "b.jsonl", "ben", {"c1": {"intent": "x"}, "c2": {"intent": "y"}})
    assert {row.field for row in agreement(ratings((a, b))).rows} == {"intent"}


def test_labels_begun_from_the_service_are_pointed_out(two: tuple[Path, Path], tmp_path: Path) -> None:
    """Agreement may then be the service's own."""
    carla = labelled_by(tmp_path / "c.jsonl", "carla", {"c1": FULL}, prefilled=True)
    assert any("carla began 1" in remark for remark in agreement(ratings((two[0], carla))).remarks)


def test_the_same_person_twice_is_refused(two: tuple[Path, Path]) -> None:
    """A person agrees with themselves."""
    with pytest.raises(DataMissing, match="labelled 'c1' twice"):
        ratings((two[0], two[0]))


def test_other_turns_under_one_id_are_refused(two: tuple[Path, Path], tmp_path: Path) -> None:
    """Labels of other words cannot be compared."""
    other = tmp_path / "other.jsonl"
    cut = talk("c1", labeller="carla").model_copy(update={"turns": talk("c1").turns[:2]})
    other.write_text(cut.model_dump_json() + "\n", "utf-8")
    with pytest.raises(DataMissing, match="other turns"):
        ratings((two[0], other))


def test_nothing_in_common_is_an_error(tmp_path: Path) -> None:
    """Two people who labelled apart agree neither at 0 nor at 1."""
    a = labelled_by(tmp_path / "a.jsonl", "anna", {"c1": FULL})
    b = labelled_by(tmp_path / "b.jsonl", "ben", {"c2": FULL})
    with pytest.raises(NothingToScore, match="no conversation was labelled by two"):
        agreement(ratings((a, b)))


def test_the_command_prints_a_table_and_json(two: tuple[Path, Path]) -> None:
    """A table for people, JSON for programs."""
    names = [str(path) for path in two]
    said = CliRunner().invoke(evals, ["agreement", *names])
    assert said.exit_code == 0, said.output
    for words in ("Krippendorff's alpha", "Where they differ", "cancel_order", "They differ on 2 of 4"):
        assert words in said.output
    document = json.loads(CliRunner().invoke(evals, ["agreement", *names, "--json"]).output)
    assert document["labellers"] == ["anna", "ben"]
