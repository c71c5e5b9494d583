"""The desktop page in a real browser, on a real server."""

import os
import shutil
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assist.api.app import create_app
from assist.wiring import Assist
from tests.e2e.test_command_line import free_port

pytestmark = pytest.mark.browser
_CHROMIUM = os.environ.get("ASSIST_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


@pytest.fixture(scope="module")
def address(assist: Assist) -> Iterator[str]:
    """Serve the application on a port of its own."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(create_app(assist), host="127.0.0.1", port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium, where there is one."""
    if _CHROMIUM is None:
        pytest.skip("no chromium found; install Debian's package chromium, or set ASSIST_TEST_CHROMIUM")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Open the desktop; an error on the page fails the test."""
    opened = browser.new_page(viewport={"width": 1400, "height": 1000})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    # A refused request is a line in the console of its own; whether it is shown well is what the tests look at.
    opened.on(
        "console", lambda said: errors.append(said.text) if said.type == "error" and "422" not in said.text else None
    )
    opened.goto(f"{address}/desktop")
    yield opened
    opened.close()
    assert errors == []


def test_a_sample_becomes_a_packet_with_its_headline_first(page: Page) -> None:
    """One press on the button shows headline, verification and summary of the chosen sample."""
    expect(page.locator("#sample option")).not_to_have_count(1)
    page.get_by_role("button", name="Make packet").click()
    expect(page.locator("#packet .headline")).to_be_visible(timeout=20_000)
    assert page.locator("#packet > :first-child").get_attribute("class") == "headline"
    expect(page.locator("#packet .badge").first).to_be_visible()
    expect(page.locator("#conversation .turn").first).to_be_visible()


def test_a_statement_shows_the_turns_that_prove_it(page: Page) -> None:
    """A click on a statement marks exactly the turns it cites."""
    page.get_by_role("button", name="Make packet").click()
    statement = page.locator("#packet .statement[data-turns]").first
    statement.click(timeout=20_000)
    cited = (statement.get_attribute("data-turns") or "").split()
    assert cited
    marked = page.locator(".turn.proof").evaluate_all("nodes => nodes.map(node => node.id)")
    assert marked == [f"turn-{turn}" for turn in cited]


def test_plain_lines_can_be_pasted_and_markup_stays_text(page: Page) -> None:
    """Lines such as `customer: …` make a transcript; markup in them is shown, never run."""
    page.get_by_role("button", name="Edit transcript").click()
    page.locator("#transcript-json").fill(
        "customer: <img src=x onerror=alert(1)> where is my order #W1234567?\nbot: One moment."
    )
    page.get_by_role("button", name="Make packet").click()
    expect(page.locator("#turn-0")).to_contain_text("<img src=x onerror=alert(1)>", timeout=20_000)
    assert page.locator("#conversation img").count() == 0


def test_what_cannot_be_read_is_said(page: Page) -> None:
    """An empty or broken transcript gives a sentence that says what to do."""
    page.get_by_role("button", name="Edit transcript").click()
    page.locator("#transcript-json").fill("no speaker here")
    page.get_by_role("button", name="Make packet").click()
    expect(page.locator("#notice")).to_contain_text("names no speaker")
    page.locator("#transcript-json").fill('{"turns": [{"role": "wizard", "text": "x"}]}')
    with page.expect_response("**/v1/handoffs"):
        page.get_by_role("button", name="Make packet").click()
    expect(page.locator("#notice")).to_contain_text("turns.0.role")


def test_an_agent_can_judge_and_accept(page: Page) -> None:
    """Verdicts and acceptance reach the service, and the packet is in the list of recent ones."""
    page.get_by_role("button", name="Make packet").click()
    with page.expect_response("**/feedback") as judged:
        page.locator(".verdict").first.click(timeout=20_000)
    assert judged.value.status == 201
    with page.expect_response("**/accept") as accepted:
        page.get_by_role("button", name="Accept handoff").click()
    assert accepted.value.status == 201
    expect(page.get_by_role("button", name="Accepted")).to_be_disabled()
    expect(page.locator("#recent li").first).to_be_visible()
