"""The page for QA in a real browser, on a real server."""

import asyncio
import json
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect
from ulid import ULID

from assist.api.app import create_app
from assist.domain.findings import Intent
from assist.settings import Settings
from assist.store import Database, SqlHandoffStore
from assist.wiring import Assist, build
from evals.gates import shipped
from evals.log import CaseEntry, LogWriter, cases_in, read
from evals.watching.watch import Watch
from tests.e2e.test_command_line import free_port
from tests.e2e.test_desktop import browser  # noqa: F401 -- a fixture
from tests.unit.evals.watching.packets import conversation, of_conversation

pytestmark = pytest.mark.browser
_LONG = 20_000  # milliseconds


async def seeded(assist: Assist) -> None:
    """Store packets of five weeks; in the last one customers want something else, and one summary invents an amount."""
    database = Database(assist._settings.resolved_database_url)  # noqa: SLF001 -- the times of packets are the point
    store, now = SqlHandoffStore(database), datetime.now(UTC)
    for number in range(160):
        at = now - timedelta(hours=5 * number + 1)
        label = "outage" if number < 30 and number % 4 else "refund"
        line = ("They were charged 99.95 twice.", (0,)) if number == 3 else ("They were charged twice.", (0,))
        packet = of_conversation(
            line, id=f"ho_{ULID.from_datetime(at)}", created_at=at, intent=Intent(label=label, confidence=0.9)
        )
        await store.add(assist.tenant, packet, conversation())
    await database.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> Iterator[str]:
    """Serve an application of its own with packets and two runs, one of them with a script among its words."""
    folder = tmp_path_factory.mktemp("page")
    if (data_dir / "learnt").is_dir():  # what the shared service has learnt already need not be learnt again
        shutil.copytree(data_dir / "learnt", folder / "learnt")
    assist = build(Settings(data_dir=folder, sample_share=1.0, _env_file=None))

    async def prepare() -> None:
        await assist.migrate()
        await assist.ensure_local_key()
        await seeded(assist)
        await Watch(assist).round(assist.tenant)
        await assist.close()

    # The browser's driver keeps an event loop in this thread.
    preparing = threading.Thread(target=lambda: asyncio.run(prepare()))
    preparing.start()
    preparing.join()
    assist.evals_dir.mkdir(parents=True)
    shutil.copy(shipped("baseline.jsonl.gz"), assist.evals_dir / "monday.jsonl.gz")
    hostile(assist)
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(create_app(assist), host="127.0.0.1", port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def hostile(assist: Assist) -> None:
    """Write a run in which a customer wrote markup."""
    log = read(shipped("baseline.jsonl.gz"))
    writer = LogWriter.new(assist.evals_dir / "tuesday.jsonl", log.header)
    for number, case in enumerate(cases_in(log.path)):
        turns = (
            {"role": "customer", "text": "<img src=x onerror=top.document.title='broken'><script>top.x=1</script>"},
        )
        writer.write(
            CaseEntry.model_validate({**json.loads(case.model_dump_json()), "turns": turns if number == 0 else ()})
        )
    writer.write(log.closing)
    writer.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:  # noqa: F811 -- the fixture above
    """Open the page; an error on it fails the test."""
    opened = browser.new_page(viewport={"width": 1300, "height": 900})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "console", lambda said: errors.append(said.text) if said.type == "error" and "422" not in said.text else None
    )
    opened.goto(f"{address}/quality")
    yield opened
    opened.close()
    assert errors == []


def test_runs_are_shown_with_their_gate(page: Page) -> None:
    """Every run with its figures; the verdict of the gate follows."""
    expect(page.locator("tbody tr")).to_have_count(3, timeout=_LONG)
    expect(page.locator("tbody tr").first).to_contain_text("intent: accuracy")
    expect(page.get_by_text("passes").first).to_be_visible(timeout=_LONG)


def test_a_report_opens_in_a_sandbox_and_its_script_runs_there_alone(page: Page) -> None:
    """The report's own filter works, and what a customer wrote is words: it reaches neither the page nor its key."""
    page.locator("tr", has_text="tuesday").get_by_role("link", name="Report").click()
    report = page.frame_locator("iframe")
    expect(report.locator("#count")).to_contain_text("conversations", timeout=_LONG)
    assert page.locator("iframe").get_attribute("sandbox") == "allow-scripts"
    expect(report.locator(".turn", has_text="onerror").first).to_have_count(1)
    assert page.title() == "Quality"


def test_two_runs_are_compared(page: Page) -> None:
    """Choose two, press the button: the counts of what changed stand on top."""
    expect(page.locator("tbody tr")).to_have_count(3, timeout=_LONG)
    expect(page.get_by_role("button", name="Compare two")).to_be_disabled()
    page.get_by_label("Choose baseline for comparison").check()
    page.get_by_label("Choose monday for comparison").check()
    page.get_by_role("button", name="Compare two").click()
    expect(page.locator(".verdict-line")).to_contain_text("0 better, 0 worse", timeout=_LONG)


def test_drift_names_what_moved_and_leads_to_the_packet(page: Page) -> None:
    """The mix of intents changed, an amount was invented: both are cards, and the packet is one click further."""
    page.get_by_role("link", name="Drift").click()
    expect(page.locator(".card", has_text="what customers want")).to_contain_text("outage 0 → ", timeout=_LONG)
    expect(page.locator("figure svg[role=img]").first).to_be_visible()
    page.locator(".card", has_text="invented amount").get_by_role("link").click()
    expect(page.locator("tbody tr")).to_have_count(1, timeout=_LONG)
    expect(page.locator("tbody tr")).to_contain_text("invented amount")
    assert (page.get_by_role("link", name="Open packet").get_attribute("href") or "").startswith("/desktop#ho_")


def test_a_window_without_packets_teaches(page: Page) -> None:
    """Dates long ago: not enough data, and how packets come to be checked."""
    page.get_by_role("link", name="Drift").click()
    expect(page.locator("form")).to_be_visible(timeout=_LONG)
    page.get_by_label("From").fill("2020-01-01")
    page.get_by_label("To", exact=True).fill("2020-01-31")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".teach")).to_contain_text("assist evals watch --once", timeout=_LONG)
    expect(page.locator(".verdict-line")).to_contain_text("Not enough data")
    page.get_by_label("To", exact=True).fill("2019-01-31")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#notice.error")).to_contain_text("let it end later", timeout=_LONG)


def test_groups_and_promotions_say_what_there_is(page: Page) -> None:
    """One language alone is held against nobody; nothing was promoted yet."""
    page.get_by_role("link", name="Groups").click()
    expect(page.locator(".teach")).to_contain_text("A group needs", timeout=_LONG)
    page.get_by_role("link", name="Promotions").click()
    expect(page.locator(".teach")).to_contain_text("Nothing was promoted yet", timeout=_LONG)


def test_it_fits_a_phone_and_works_by_keyboard(page: Page) -> None:
    """No view is wider than the screen; the parts are reached by tabulator and chosen by the return key."""
    page.set_viewport_size({"width": 390, "height": 844})
    for part in ("runs", "drift", "groups", "samples", "promotions"):
        page.goto(f"{page.url.split('#')[0]}#{part}")
        expect(page.locator("nav a[aria-current=page]")).to_have_attribute("href", f"#{part}")
        expect(page.locator("#view section").first).to_be_visible(timeout=_LONG)
        expect(page.locator("#notice")).to_be_empty(timeout=_LONG)
        expect(page.locator("#view")).not_to_contain_text("null")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("nav a").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator("nav a[aria-current=page]")).to_have_text("Drift")
