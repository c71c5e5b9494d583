"""A log made small enough to be committed: scores without conversations, the same bytes each time."""

import gzip
from pathlib import Path
from typing import Final

from evals.log import CaseEntry, EvalLog, read

FILE: Final = "baseline.jsonl.gz"


def slim(log: EvalLog, path: Path) -> EvalLog:
    """Write the log without transcripts, labels and answers, compressed, and return it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as raw, gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as out:
        out.write(log.header.model_dump_json().encode() + b"\n")
        for case in log.cases():
            out.write(_bare(case).model_dump_json().encode() + b"\n")
        out.write(log.closing.model_dump_json().encode() + b"\n")
    return read(path)


def _bare(case: CaseEntry) -> CaseEntry:
    scores = tuple(
        score.model_copy(update={"mistakes": tuple(m.model_copy(update={"detail": ""}) for m in score.mistakes)})
        for score in case.scores
    )
    return case.model_copy(update={"turns": (), "expected": {}, "answer": {}, "scores": scores})
