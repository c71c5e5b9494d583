"""`assist model` as a person uses it: as processes."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def run(*arguments: str, data_dir: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `assist model` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "assist", "model", *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "ASSIST_DATA_DIR": str(data_dir), **environment},
    )


@contextmanager
def faking(port: str, data_dir: Path) -> Iterator[str]:
    """Start `assist model fake`, and yield the command that it prints."""
    process = subprocess.Popen(
        [sys.executable, "-m", "assist", "model", "fake", "--port", port],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "ASSIST_DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    said = ""
    while "Stop with" not in said and (line := process.stdout.readline()):
        said += line
    yield said
    process.terminate()
    process.communicate(timeout=30)


def test_the_command_that_the_fake_prints_works(tmp_path: Path) -> None:
    """A newcomer copies it and sees a model answer, without a key; a second fake says that the port is taken."""
    port = "4871"
    with faking(port, tmp_path) as said:
        copied = dict(re.findall(r"(ASSIST_\w+)=(\S+)", said))
        answer = run("check", data_dir=tmp_path, **copied)
        second = run("fake", "--port", port, data_dir=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith("ok    openai/good answered")
    assert "kettle" in answer.stdout
    assert second.returncode == 1
    assert second.stderr.startswith(f"assist: port {port} cannot be used")


def test_no_model_is_said_in_one_sentence(tmp_path: Path) -> None:
    """The setting to use is named."""
    answer = run("check", data_dir=tmp_path)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == "assist: no language model is configured; set ASSIST_MODEL to use one\n"


def test_the_faults_are_listed(tmp_path: Path) -> None:
    """With what each does."""
    listed = run("fake", "--faults", data_dir=tmp_path).stdout
    assert re.search(r"^  rate_limited\s+429", listed, re.MULTILINE)
