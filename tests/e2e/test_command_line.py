"""The command line as a person uses it: as a process."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.builders import a_complaint


def run(*arguments: str, data_dir: Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `assist` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "assist", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "ASSIST_DATA_DIR": str(data_dir), **environment},
    )


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(data_dir: Path, port: int, *more: str) -> Iterator[subprocess.Popen[str]]:
    """Start `assist serve` and wait until it is ready; killed with SIGTERM at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "assist", "serve", "--port", str(port), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "ASSIST_DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1"},
    )
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None, process.communicate()[0]
                time.sleep(0.2)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def post(port: int, key: str, body: object) -> tuple[int, dict[str, object]]:
    """Post a transcript over a real connection."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/handoffs",
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 -- loopback
        return answer.status, json.load(answer)


@pytest.fixture(scope="module")
def prepared(data_dir: Path, assist: object) -> Path:
    """Return a data folder with database, articles and key."""
    del assist
    return data_dir


def test_help_answers_at_once_and_shows_an_example(tmp_path: Path) -> None:
    """`assist --help` imports nothing heavy, and every command has help with an example."""
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "assist", "--help"], capture_output=True, text=True, check=True
    )
    heavy = {"torch", "sentence_transformers", "chromadb", "sqlalchemy", "fastapi", "pydantic", "litellm", "sklearn"}
    imported = {line.rpartition("|")[2].strip() for line in loaded.stderr.splitlines()}
    assert heavy & imported == set()
    for command in re.findall(r"^  (\w+)  ", loaded.stdout, re.MULTILINE):
        answer = run(command, "--help", data_dir=tmp_path)
        assert "Example: assist" in answer.stdout, command


def test_a_packet_is_printed_without_a_server(prepared: Path, tmp_path: Path) -> None:
    """`assist packet FILE` and `assist packet -` print the same packet as JSON and nothing else on standard output."""
    file = tmp_path / "transcript.json"
    file.write_text(json.dumps(a_complaint()))
    by_file = run("packet", str(file), data_dir=prepared)
    by_stdin = run("packet", "-", data_dir=prepared, stdin=file.read_text())
    assert by_file.returncode == 0, by_file.stderr
    first, second = json.loads(by_file.stdout), json.loads(by_stdin.stdout)
    assert first["summary"] == second["summary"]
    assert first["verification"]["status"] == "verified"
    assert first["knowledge"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("{}", "at turns", id="no turns"),
        pytest.param("nonsense", "no transcript", id="no JSON"),
        pytest.param(
            '{"turns": [{"role": "customer", "text": "hi"}], "domain": "bakery"}', "retail", id="unknown domain"
        ),
    ],
)
def test_a_bad_transcript_is_one_clear_sentence(prepared: Path, content: str, said: str) -> None:
    """What is wrong is said on standard error in one line, with exit code 1."""
    answer = run("packet", "-", data_dir=prepared, stdin=content)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_file_that_is_not_there_is_one_clear_sentence(prepared: Path) -> None:
    """A missing file is named."""
    answer = run("packet", "nothing.json", data_dir=prepared)
    assert answer.returncode == 1
    assert "nothing.json" in answer.stderr


def test_redact_shows_what_is_personal_and_where(tmp_path: Path) -> None:
    """`assist redact -` prints the masked text and the spans of the original."""
    answer = run("redact", "-", data_dir=tmp_path, stdin="write to ada@example.com")
    shown = json.loads(answer.stdout)
    assert shown["text"] == "write to [EMAIL_1]"
    assert shown["spans"] == [{"type": "email", "start": 9, "end": 24}]


def test_articles_are_loaded_listed_and_found(prepared: Path, tmp_path: Path) -> None:
    """Loading twice adds once; a bad file is reported with its reason and does not stop the rest."""
    (tmp_path / "good.md").write_text(
        "---\nid: moon-trips\ntitle: Trips to the moon\n---\nA trip to the moon takes three days.\n"
    )
    (tmp_path / "bad.md").write_text("---\ntitle: [unclosed\n---\ntext\n")
    first = run("knowledge", "load", str(tmp_path), "--domain", "airline", data_dir=prepared)
    again = run("knowledge", "load", str(tmp_path), "--domain", "airline", data_dir=prepared)
    assert "1 added, 0 changed, 0 unchanged, 1 failed" in first.stdout
    assert "0 added, 0 changed, 1 unchanged, 1 failed" in again.stdout
    assert first.returncode == 1
    assert "bad.md" in first.stderr
    assert "moon-trips" in run("knowledge", "list", "--domain", "airline", data_dir=prepared).stdout
    assert (
        "moon-trips" in run("knowledge", "search", "how long does it take to fly to the moon", data_dir=prepared).stdout
    )


def test_the_doctor_finds_a_healthy_installation_healthy(prepared: Path) -> None:
    """All checks are ok, and the exit code is 0."""
    answer = run("doctor", data_dir=prepared)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "FAIL" not in answer.stdout
    for name in ("configuration", "disk", "database", "vector_store", "model", "packet"):
        assert f"ok    {name}" in answer.stdout


_BROKEN = [
    pytest.param({"ASSIST_EMBEDDING_MODEL": "/nowhere/model"}, "model", id="a missing model"),
    pytest.param({"ASSIST_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "database", id="no database server"),
    pytest.param({"ASSIST_CHROMA_URL": "http://127.0.0.1:1"}, "vector store", id="no vector server"),
    pytest.param({"ASSIST_PORT": "99999"}, "ASSIST_PORT", id="a bad setting"),
    pytest.param({"ASSIST_DOMAINS_DIR": "/nowhere/domains"}, "/nowhere/domains", id="no domains folder"),
]


@pytest.mark.parametrize(("environment", "said"), _BROKEN)
def test_what_is_broken_stops_the_start_with_one_clear_sentence(
    tmp_path: Path, environment: dict[str, str], said: str
) -> None:
    """`assist serve` exits with 1 and one sentence that names what is broken; the doctor says it too."""
    answer = run(
        "serve",
        *([] if "ASSIST_PORT" in environment else ["--port", str(free_port())]),
        data_dir=tmp_path,
        **environment,
    )
    assert answer.returncode == 1
    sentence = answer.stderr.strip().splitlines()[-1]
    assert sentence.startswith("assist: ")
    assert said.lower() in sentence.lower()
    assert "Traceback" not in answer.stderr
    assert run("doctor", data_dir=tmp_path, **environment).returncode == 1


def test_a_busy_port_is_said_before_anything_heavy(tmp_path: Path) -> None:
    """A port in use is named, with what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = run("serve", "--port", str(port), data_dir=tmp_path)
    assert answer.returncode == 1
    assert f"port {port}" in answer.stderr
    assert str(port + 1) in answer.stderr


def test_a_broken_database_file_is_named(tmp_path: Path) -> None:
    """A file that is no database stops the start with its name."""
    (tmp_path / "assist.db").write_bytes(b"this is no database at all" * 400)
    answer = run("serve", "--port", str(free_port()), data_dir=tmp_path)
    assert answer.returncode == 1
    assert "assist.db" in answer.stderr.splitlines()[-1]


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Where the data folder cannot be made, the start says which."""
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    answer = run("serve", "--port", str(free_port()), data_dir=blocked / "data")
    assert answer.returncode == 1
    assert str(blocked) in answer.stderr.splitlines()[-1]


def test_nothing_listens_beyond_this_machine_without_keys(tmp_path: Path) -> None:
    """Binding to all addresses needs a key that somebody made."""
    answer = run("serve", "--host", "0.0.0.0", "--port", str(free_port()), "--no-articles", data_dir=tmp_path)  # noqa: S104 -- refused
    assert answer.returncode == 1
    assert "assist keys create" in answer.stderr


def test_what_was_answered_survives_a_kill(prepared: Path) -> None:
    """A packet whose 201 was read is there after the process was killed, and a second start loads nothing twice."""
    port = free_port()
    key = (prepared / "local.key").read_text().strip()
    with serving(prepared, port) as process:
        status, packet = post(port, key, a_complaint(conversation_id="c-kill"))
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert status == 201
    with serving(prepared, port):
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/v1/handoffs/{packet['id']}", headers={"Authorization": f"Bearer {key}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 -- loopback
            assert json.load(answer) == packet


def test_the_local_key_is_readable_by_its_owner_only(prepared: Path) -> None:
    """The key file has mode 600."""
    assert (prepared / "local.key").stat().st_mode & 0o777 == 0o600
