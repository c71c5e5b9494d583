"""The labelling page in a real browser, served by the real command."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from evals.labelling.book import write_cases
from tests.unit.evals.labelling.rows import FULL, but, labelled_by, talk

pytestmark = pytest.mark.browser
_CHROMIUM = os.environ.get("ASSIST_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium, where there is one."""
    if _CHROMIUM is None:
        pytest.skip("no chromium found; install Debian's package chromium, or set ASSIST_TEST_CHROMIUM")
    with sync_playwright() as driver:
        expect.set_options(timeout=20_000)  # on a busy machine a page may take its time
        started = driver.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield started
        started.close()


@contextmanager
def labelling(browser: Browser, folder: Path, *words: str, stop: int = signal.SIGINT) -> Iterator[Page]:
    """Start the command, open its page, and end both; an error on the page fails the test."""
    command = [sys.executable, "-m", "assist", "evals", "label", *words, "--no-browser"]
    environment = {**os.environ, "ASSIST_DATA_DIR": str(folder / "var"), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    errors: list[str] = []
    try:
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address is not None
        page = browser.new_page(viewport={"width": 1400, "height": 950})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address[0])
        expect(page.locator(".turn").first).to_be_visible()
        yield page
        page.close()
    finally:
        process.send_signal(stop)
        process.communicate(timeout=30)
    assert errors == []


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """Return a folder with two conversations, one of them with somebody else's labels and with markup in it."""
    markup = talk("c2").turns[0].model_copy(update={"text": "<img src=x onerror=document.title='hacked'> hello"})
    second = talk("c2", labels=FULL).model_copy(update={"turns": (markup, *talk("c2").turns[1:])})
    write_cases(tmp_path / "talks.jsonl", [talk("c1"), second])
    return tmp_path


def rows(path: Path) -> dict[str, dict[str, object]]:
    """Return the finished labels of a file by conversation."""
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {row["case_id"]: row for row in found}


def fill(page: Page) -> None:
    """Label a conversation as a person does: by mouse and keyboard."""
    page.get_by_label("intent", exact=True).select_option("refund_question")
    page.locator("#section-verification .choice", has_text="identified").click()
    page.locator("#section-verification [data-citing]").click()
    page.locator(".turn[data-turn='1']").click()
    page.locator("[data-add=steps_tried]").click()
    page.keyboard.type("Looked up the order")
    page.locator(".turn[data-turn='0']").click()
    page.locator(".turn[data-turn='1']").focus()
    page.keyboard.press("Enter")
    for section, word in (("sentiment", "negative"), ("sentiment", "worsening"), ("sentiment", "yes")):
        page.locator(f"#section-{section} .choice", has_text=word).first.click()
    page.get_by_label("main reason").select_option("policy_limit")
    page.locator("[data-add=facts]").click()
    page.keyboard.type("order_id")
    page.keyboard.press("Tab")
    page.keyboard.type("#W1")
    page.keyboard.press("Tab")
    page.keyboard.type("0")
    for section in ("nuggets", "traps", "next_actions", "missing", "promises"):
        page.locator(f"#section-{section} .none input").check()
    page.get_by_label("reference summary").fill("The customer wants the money back.")


def test_a_person_labels_and_the_next_conversation_comes(browser: Browser, folder: Path) -> None:
    """Clicked turns, typed words and chosen ones stand in the row; a second conversation shows nobody's labels."""
    with labelling(browser, folder, "talks.jsonl", "--out", "anna.jsonl", "--labeller", "anna") as page:
        fill(page)
        page.keyboard.press("Control+Enter")
        expect(page.locator("#progress")).to_have_text("1 of 2 done")
        expect(page.locator(".turn").first).to_contain_text("<img src=x onerror")
        assert page.locator("#talk img").count() == 0
        assert page.title() == "Labelling"
        assert page.get_by_label("intent", exact=True).input_value() == ""
    row = rows(folder / "anna.jsonl")["c1"]
    assert (row["labeller"], row["prefilled"]) == ("anna", False)
    assert row["labels"] == {
        "intent": "refund_question",
        "other_intents": [],
        "verification": {"status": "identified", "turns": [1]},
        "steps_tried": [{"action": "Looked up the order", "by": "bot", "outcome": "succeeded", "turns": [0, 1]}],
        "sentiment": {"label": "negative", "frustrated": True, "trend": "worsening"},
        "escalation": {"primary": "policy_limit", "secondary": []},
        "facts": [{"name": "order_id", "value": "#W1", "turns": [0]}],
        "nuggets": [],
        "traps": [],
        "reference_summary": "The customer wants the money back.",
        "next_actions": [],
        "missing": [],
        "promises": [],
    }


def test_a_killed_program_loses_nothing_that_was_saved(browser: Browser, folder: Path) -> None:
    """What the page called saved is there after a kill, and labelling goes on where it was."""
    words = ("talks.jsonl", "--out", "anna.jsonl", "--labeller", "anna")
    with labelling(browser, folder, *words, stop=signal.SIGKILL) as page:
        page.locator("#section-sentiment .choice", has_text="neutral").click()
        expect(page.locator("#saved")).to_have_text(re.compile(r"^saved \d"))
    with labelling(browser, folder, *words) as page:
        expect(page.locator("#section-sentiment .choice input").nth(1)).to_be_checked()
        page.keyboard.press("Alt+s")
        expect(page.locator("#progress")).to_have_text("0 of 2 done · 1 skipped")


def test_a_second_page_on_the_same_file_is_refused(browser: Browser, folder: Path) -> None:
    """Each would undo what the other saved."""
    words = ("talks.jsonl", "--out", "anna.jsonl", "--labeller", "anna")
    with labelling(browser, folder, *words):
        command = [sys.executable, "-m", "assist", "evals", "label", *words, "--no-browser"]
        second = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert second.returncode == 1
    assert "another labelling page writes anna.jsonl; close that one" in second.stderr


def test_what_is_missing_is_asked_once_and_what_is_wrong_is_named(browser: Browser, folder: Path) -> None:
    """Gaps are allowed on a second press; a turn that is not there is not."""
    with labelling(browser, folder, "talks.jsonl", "--out", "anna.jsonl", "--labeller", "anna") as page:
        page.locator("[data-add=facts]").click()
        page.locator("#section-facts .turns").fill("9")
        page.get_by_role("button", name="Done, next").click()
        expect(page.locator("#notice")).to_contain_text("Not labelled: Intent, Verification")
        page.get_by_role("button", name="Done, next").click()
        expect(page.locator("#notice")).to_contain_text("there is no turn 9; the conversation has turns 0 to 2")
        expect(page.locator("#progress")).to_have_text("0 of 2 done")


def test_a_third_person_settles_where_two_differ(browser: Browser, folder: Path) -> None:
    """Both answers stand side by side; one press takes one; agreed conversations are there from the start."""
    labelled_by(folder / "a.jsonl", "anna", {"c1": FULL, "c2": FULL})
    labelled_by(folder / "b.jsonl", "ben", {"c1": FULL, "c2": but(intent="cancel_order", promises=["Call back"])})
    words = ("a.jsonl", "b.jsonl", "--adjudicate", "--out", "gold.jsonl", "--labeller", "carla")
    with labelling(browser, folder, *words) as page:
        expect(page.locator("fieldset.open")).to_have_count(2)
        expect(page.locator("#section-intent .answers")).to_contain_text("cancel order")
        page.locator("[data-take=intent-2]").click()
        assert page.get_by_label("intent", exact=True).input_value() == "cancel_order"
        page.locator("[data-take=promises-1]").click()
        page.keyboard.press("Control+Enter")
        expect(page.locator("#progress")).to_have_text("1 of 1 done")
    found = rows(folder / "gold.jsonl")
    assert set(found) == {"c1", "c2"}
    assert found["c2"]["labels"] == {**FULL, "other_intents": [], "intent": "cancel_order"}
    assert found["c2"]["settled"] == ["intent", "promises"]
