"""Renews what the documents show of the running program: request, packet, picture, settings, speed and quality.

Run by `make readme`; `make readme PARTS="bench"` renews one part. Each part stands between two comment lines.
"""

import argparse
import asyncio
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assist.api.examples import TRANSCRIPT
from assist.domain.packet import HandoffPacket
from assist.domain.transcript import Transcript
from assist.settings import Settings
from assist.wiring import Assist, build
from evals.log import EvalLog, read
from evals.report.table import written

ROOT = Path(__file__).parents[1]
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def prepared(folder: Path) -> Assist:
    """Return a service with database, key and all shipped articles."""
    assist = build(Settings(data_dir=folder))

    async def prepare() -> None:
        await assist.migrate()
        await assist.ensure_local_key()
        for name, domain in assist.domains.items():
            await assist.library.load(assist.tenant, [domain.articles], domain=name)
        await assist.close()

    asyncio.run(prepare())
    return assist


def request() -> str:
    """Return the example request as a curl command."""
    body = json.dumps(TRANSCRIPT, indent=1, ensure_ascii=False)
    return (
        "```sh\ncurl -s http://127.0.0.1:8000/v1/handoffs"
        f" -H \"Authorization: Bearer $(cat var/local.key)\" -d '\n{body}'\n```"
    )


def shortened(packet: HandoffPacket) -> dict[str, Any]:
    """Return the packet with long lists cut, as a page can show it."""
    whole = packet.model_dump(mode="json", exclude={"provenance", "coverage", "redactions", "id", "created_at"})
    whole["sentiment"].pop("by_turn")
    for name, most in (("knowledge", 1), ("actions", 1), ("facts", 3), ("steps_tried", 2)):
        whole[name] = whole[name][:most]
    for hit in whole["knowledge"]:
        hit["passage"] = hit["passage"][:80] + " …"
    for action in whole["actions"]:
        action.pop("reply", None)
    whole["intent"]["alternatives"] = []
    rounded: dict[str, Any] = _rounded(whole)
    return rounded


def _rounded(value: Any) -> Any:  # noqa: ANN401 -- any JSON
    """Return the value with numbers as a reader wants them; the last digits of a vector differ from machine to machine."""
    if isinstance(value, float):
        return round(value, 2)
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, list) else value


def response(assist: Assist) -> str:
    """Return the example's packet, shortened, one field a line."""
    shown = shortened(assist.packet(Transcript.model_validate(TRANSCRIPT)))
    lines = [f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in shown.items()]
    return "```json\n{\n" + ",\n".join(lines) + "\n}\n```"


def settings_table() -> str:
    """Return all settings as a table."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        rows.append(f"| `ASSIST_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows)


def bench() -> str:
    """Return the tables that `make bench` prints."""
    printed = subprocess.run(
        [sys.executable, str(ROOT / "scripts/bench.py")], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    return printed.strip()


def quality(logs: Sequence[EvalLog]) -> str:
    """Return the measures of runs that have an aim, as a table."""
    rows = [
        (
            f"Measured {logs[-1].started_at:%Y-%m-%d} without a language model, by `assist evals run`, with 95 % intervals by"
            " bootstrap over conversations. `shipped` are the conversations of [the data card](evals/datasets/CARD.md), the others public sets."
            " The rules were tuned while looking at the public sets and at half of the shipped ones; expect somewhat less elsewhere."
        ),
        "",
        "| field | measure | data | value | 95 % | n | aim | |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in (row for log in logs for row in log.rows):
        if row.aim is not None and row.value is not None:
            interval = f"{written(row.low, row.form)} – {written(row.high, row.form)}" if row.low is not None else ""
            aim = f"{'≤' if row.at_most else '≥'} {written(row.aim, row.form)}"
            verdict = "met" if row.met else "**not met**"
            rows.append(
                f"| {row.field} | {row.name} | {row.data} | {written(row.value, row.form)} | {interval} | {row.n} | {aim} | {verdict} |"
            )
    return "\n".join(rows)


def picture(assist: Assist) -> None:
    """Save a picture of the desktop, taken in a real browser from the running service."""
    import uvicorn
    from playwright.sync_api import sync_playwright

    from assist.api.app import create_app

    server = uvicorn.Server(uvicorn.Config(create_app(assist), host="127.0.0.1", port=18753, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 960})
        page.goto("http://127.0.0.1:18753/desktop")
        page.locator("#sample option").nth(1).wait_for(state="attached")
        option = page.locator("#sample option", has_text="retail: angry").first
        page.locator("#sample").select_option(value=option.get_attribute("value"))
        page.get_by_role("button", name="Make packet").click()
        page.locator("#packet .statement[data-turns]").nth(1).click(timeout=60_000)
        page.wait_for_timeout(600)
        page.screenshot(path=str(ROOT / "docs/desktop.png"))
        browser.close()
    server.should_exit = True
    thread.join()


def put(file: str, part: str, text: str) -> None:
    """Replace the part of a document between its two comment lines."""
    path = ROOT / file
    whole = path.read_text("utf-8")
    pattern = re.compile(rf"(<!-- {part} -->\n).*?(<!-- /{part} -->)", re.DOTALL)
    path.write_text(pattern.sub(lambda match: f"{match[1]}\n{text}\n\n{match[2]}", whole), "utf-8")


def main() -> None:
    """Renew the parts that were asked for, or all."""
    with tempfile.TemporaryDirectory() as folder:
        assist = prepared(Path(folder))
        parts: dict[str, Callable[[], None]] = {
            "request": lambda: put("README.md", "request", request()),
            "response": lambda: put("README.md", "response", response(assist)),
            "settings": lambda: put("docs/settings.md", "settings", settings_table()),
            "picture": lambda: picture(assist),
            "bench": lambda: put("README.md", "bench", bench()),
            "quality": lambda: put("README.md", "quality", quality([read(log) for log in given.log])),
        }
        parser = argparse.ArgumentParser(description=__doc__)
        parser.add_argument("parts", nargs="*", choices=[*parts, []], help="parts to renew; all if none is named")
        parser.add_argument(
            "--log",
            type=Path,
            action="append",
            help="log of an evaluation run, for the part `quality`; may be repeated",
        )
        given = parser.parse_args()
        for name in given.parts or parts:
            print(f"renewing {name}", file=sys.stderr)
            parts[name]()


if __name__ == "__main__":
    main()
