"""The report that people read, and the forms for programs."""

import csv
import io
import json
import os
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from evals.gates import Finding
from evals.log import EvalLog
from evals.report import as_csv, as_json, as_junit, page
from tests.unit.evals.logs import a_log, asked

CHROMIUM = os.environ.get("ASSIST_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
EVIL = '<script>document.title = "taken"</script><img src=x onerror=alert(1)> parcel'


@pytest.fixture(name="log")
def _log(tmp_path: Path) -> EvalLog:
    return a_log(
        tmp_path / "run.jsonl",
        asked("I want a refund", "good", intent="refund"),
        asked(EVIL, "evil", intent="refund"),
        asked("pin refund", "false", intent="refund", verification={"status": "failed"}),
        asked("break", "broken", intent="refund"),
    )


def test_the_page_needs_no_network(log: EvalLog) -> None:
    """Nothing is loaded from anywhere: no link, no source, no import."""
    html = page(log)
    for sign in ("http://", "https://", "<link", "@import", 'src="', "url("):
        assert sign not in html
    assert "default-src 'none'" in html


def test_what_customers_wrote_is_text(log: EvalLog) -> None:
    """A transcript cannot put script or markup into the report."""
    html = page(log)
    assert EVIL not in html
    assert "&lt;script&gt;document.title" in html


def test_the_page_tells_dangers_aims_and_the_worst_first(log: EvalLog) -> None:
    """The verdict names the error that must not happen; what broke and the false verified stand first."""
    html = page(log)
    assert "Errors that must not happen did happen: false verified (1)" in html
    assert "broke: ValueError: asked to break" in html
    assert html.index('id="case-broken"') < html.index('id="case-false"') < html.index('id="case-good"')


def test_only_the_worst_are_shown_where_there_are_many(log: EvalLog) -> None:
    """The page says how many it leaves out."""
    html = page(log, most=2)
    assert "The 2 worst of 4 conversations are shown." in html
    assert 'id="case-good"' not in html


def test_csv_has_a_line_a_measure_and_no_zero_for_what_is_not_scored(tmp_path: Path) -> None:
    """A measure without data has an empty value and a reason."""
    log = a_log(tmp_path / "x.jsonl", asked("refund", "a", intent="refund"))
    lines = list(csv.DictReader(io.StringIO(as_csv(log))))
    values = {(line["field"], line["name"]): line for line in lines}
    assert values["intent", "accuracy"]["value"] == "1.0"
    assert values["verification", "accuracy"]["value"] == ""
    assert "no data is not 0" in values["verification", "accuracy"]["why"]


def test_json_holds_what_was_run_and_what_was_found(log: EvalLog) -> None:
    """The heaviest case is named."""
    whole = json.loads(as_json(log))
    assert whole["header"]["packages"]["python"]
    assert whole["worst_cases"][0]["case_id"] == "false"
    assert {row["name"] for row in whole["results"]["rows"]} >= {"accuracy"}


def test_junit_counts_failures_errors_and_what_was_not_scored(log: EvalLog) -> None:
    """Missed aims and gates fail, a broken conversation is an error."""
    gate = Finding(gate="danger: leaked secret", passed=False, said="1, at most 0")
    suite = ET.fromstring(as_junit(log, (gate,)))[0]  # noqa: S314 -- written by ourselves a line above
    assert suite.get("errors") == "1"
    names = {case.get("name") for case in suite if case.find("failure") is not None}
    assert names == {"accuracy", "false verified", "danger: leaked secret"}


@pytest.mark.browser
@pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium found; install Debian's package chromium, or set ASSIST_TEST_CHROMIUM"
)
def test_a_reader_filters_searches_and_sees_the_evidence(log: EvalLog, tmp_path: Path) -> None:
    """In a real browser: search narrows, a kind of mistake filters, a statement lights up its turns, no script of others runs."""
    from playwright.sync_api import sync_playwright

    (tmp_path / "report.html").write_text(page(log), encoding="utf-8")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab = browser.new_page()
        errors: list[str] = []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto((tmp_path / "report.html").as_uri())
        assert tab.inner_text("#count") == "4 of 4 conversations"
        tab.fill("#text", "pin refund")
        assert tab.inner_text("#count") == "1 of 4 conversations"
        tab.fill("#text", "")
        tab.locator("#errors button.link", has_text="FALSE VERIFIED").click()
        assert tab.inner_text("#count") == "1 of 4 conversations"
        tab.goto((tmp_path / "report.html").as_uri() + "#case-good")
        tab.reload()
        assert tab.locator("#case-good .said").is_visible()
        assert tab.title().startswith("Evaluation of")
        assert errors == []
        browser.close()
