"""A run for other programs: JSON, CSV, and JUnit XML, which every CI server shows."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from evals.gates import Finding
from evals.log import EvalLog, Row

_COLUMNS: Final = (
    "task",
    "data",
    "field",
    "name",
    "part",
    "value",
    "low",
    "high",
    "corrected",
    "n",
    "aim",
    "met",
    "why",
)


def as_json(log: EvalLog) -> str:
    """Return all that was computed, without the cases."""
    whole = {
        "header": log.header.model_dump(mode="json"),
        "results": log.closing.model_dump(mode="json"),
        "worst_cases": [{"task": t, "case_id": c, "weight": w} for t, c, w in _weights(log)],
    }
    return json.dumps(whole, indent=1, ensure_ascii=False)


def as_csv(log: EvalLog) -> str:
    """Return one line a measure, slices too; what is not scored has an empty value and says why."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in (*log.rows, *log.closing.slices):
        writer.writerow([_cell(row, name) for name in _COLUMNS])
    return out.getvalue()


def as_junit(log: EvalLog, findings: tuple[Finding, ...] = ()) -> str:
    """Return a test case for each aim, each gate, and each conversation on which the service broke."""
    suite = Element("testsuite", name="evaluation", timestamp=log.started_at.isoformat(), time=str(log.closing.seconds))
    for row in log.rows:
        if row.aim is not None:
            case = SubElement(suite, "testcase", classname=f"{row.data}.{row.field}", name=row.name)
            if row.met is None:
                SubElement(case, "skipped", message=row.why or "not scored")
            elif not row.met:
                sign = "at most" if row.at_most else "at least"
                SubElement(case, "failure", message=f"{row.value:.4g}, aim {sign} {row.aim:g}")
    for finding in findings:
        case = SubElement(suite, "testcase", classname="gate", name=finding.gate)
        if not finding.passed:
            SubElement(case, "failure", message=finding.said)
    for entry in log.cases():
        if entry.failure:
            broken = SubElement(suite, "testcase", classname=entry.task, name=entry.case_id)
            SubElement(broken, "error", message=entry.failure)
    suite.set("tests", str(len(suite)))
    for kind, name in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(name, str(len(suite.findall(f"testcase/{kind}"))))
    root = Element("testsuites")
    root.append(suite)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _cell(row: Row, name: str) -> object:
    """Spreadsheets take a leading = or + for a formula; no name of ours begins so, a domain's of a customer may."""
    value = getattr(row, name)
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@" else value


def _weights(log: EvalLog, *, most: int = 50) -> Iterator[tuple[str, str, float]]:
    weighed = sorted(((entry.task, entry.case_id, entry.weight) for entry in log.cases()), key=lambda each: -each[2])
    yield from weighed[:most]
