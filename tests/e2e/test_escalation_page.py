"""What the page on escalation shows is what the program says."""

import re
import subprocess
import sys
from pathlib import Path

from tests.e2e.test_command_line import run

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/escalation.md").read_text("utf-8")


def part(name: str) -> str:
    """Return what stands between the two comment lines of a part."""
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", PAGE, re.DOTALL)
    assert found is not None
    return found[1].strip()


def test_the_moments_are_those_of_the_shipped_samples(learnt_dir: Path) -> None:
    """At least ten conversations, each rule where it first fires, with what was suggested then: as the command prints it."""
    samples = sorted(map(str, ROOT.glob("assist/domains/*/samples/*.json")))
    answer = run("policy", "explain", *samples, data_dir=learnt_dir)
    assert answer.returncode == 0, answer.stderr
    assert len(samples) >= 10
    assert part("moments").split() == answer.stdout.split()


def test_the_refusals_are_those_of_the_one_place_that_is_asked(learnt_dir: Path) -> None:
    """The example runs as it stands, and prints what stands below it."""
    found = re.fullmatch(r"```python\n(.*?)```\s*```text\n(.*?)```", part("refusals"), re.DOTALL)
    assert found is not None
    answer = subprocess.run(
        [sys.executable, "-c", found[1]],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={"PYTHONPATH": str(ROOT), "ASSIST_DATA_DIR": str(learnt_dir), "PATH": ""},
    )
    assert answer.stdout == found[2], answer.stderr
