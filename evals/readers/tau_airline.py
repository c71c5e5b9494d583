"""tau-bench: complete runs of an airline bot on a language model, some of which end with a transfer to a human."""

from pathlib import Path

from evals.cases import Dataset, LabelledCase, Labels, turn
from evals.readers.files import rows

FILE = "runs.dev.jsonl.gz"
TRANSFER = "transfer_to_human_agents"


def read(folder: Path) -> Dataset:
    """Return the runs; `group` is the task, of which there are several runs that must not be split.

    Beside the contract's fields a case carries `reward`, `transferred` and the `transfer_turn`.
    """
    cases = []
    for row in rows(folder, FILE):
        turns = tuple(turn(**said) for said in row["turns"])
        at = next((i for i, said in enumerate(turns) if said.tool and said.tool.name == TRANSFER), None)
        more = {"reward": row["reward"], "transferred": at is not None, "transfer_turn": at}
        cases.append(
            LabelledCase.model_validate(
                {
                    "case_id": row["id"],
                    "domain": "airline",
                    "turns": turns,
                    "labels": Labels(),
                    "group": row["id"].rsplit("-", 1)[0],
                    **more,
                }
            )
        )
    return Dataset(name="tau_airline", cases=tuple(cases), licence="MIT, (c) 2024 Sierra")
