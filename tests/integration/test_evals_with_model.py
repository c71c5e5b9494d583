"""An evaluation with a language model, recorded and replayed: a real client, a real connection, a scripted server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assist.wiring import Assist, scripted_server
from evals.cases import Dataset
from evals.log import EvalLog
from evals.production import Configured
from evals.runner import Run, run
from evals.tasks import handoffs, shipped

CASES = 2


@pytest.fixture(scope="module", name="recorded")
def _recorded(
    assist: Assist, data_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[EvalLog, Path]]:
    """Yield the log of a run with the scripted model, and the folder of its replies; then the server is gone."""
    assert assist.domains  # its articles are embedded by now
    folder = tmp_path_factory.mktemp("replies")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSIST_DATA_DIR", str(data_dir))
        patch.setenv("OPENAI_API_KEY", "sk-test-of-nobody")
        with scripted_server(port=0, fault="good") as server:
            patch.setenv("ASSIST_MODEL_API_BASE", server.url)
            log = measured(Configured(model="openai/good", record=folder), folder / "recorded.jsonl")
        yield log, folder


def measured(production: Configured, path: Path) -> EvalLog:
    """Return the log of a run over the first shipped cases."""
    (task,) = shipped()
    dataset = Dataset(name="shipped", cases=tuple(task.dataset.cases[:CASES]))
    return run(Run(tasks=[handoffs(dataset)], production=production, configuration={}), path)


def values(log: EvalLog) -> dict[str, float | None]:
    """Return every value that is not a time."""
    return {f"{row.field}: {row.name}": row.value for row in log.rows if row.field != "effort"}


@pytest.mark.model
def test_a_models_part_is_measured(recorded: tuple[EvalLog, Path]) -> None:
    """Its tokens are counted, its statements stand in the packets, and it is measured as a checker and judge itself."""
    log, _ = recorded
    found = {(row.field, row.name): row for row in log.rows}
    assert (found["effort", "tokens, mean"].value or 0) > 100
    assert found["judge", "agrees with itself when places are swapped"].value is not None
    sources = [case.answer["provenance"]["summary"] for case in log.cases()]
    assert {source["prompt"] for source in sources} == {"handoff/1"}


@pytest.mark.model
def test_a_replay_needs_no_model_and_gives_the_same(recorded: tuple[EvalLog, Path]) -> None:
    """The server is not asked again: every value is that of the recorded run, but for the last digits of a vector."""
    log, folder = recorded
    again = measured(Configured(replay=folder), folder / "replayed.jsonl")
    assert values(again) == pytest.approx(values(log), abs=1e-5)
    assert [case.answer["summary"] for case in again.cases()] == [case.answer["summary"] for case in log.cases()]
