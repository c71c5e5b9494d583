"""Small data folders in the formats of the public sets, with words of our own."""

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]


def write_rows(folder: Path, name: str, rows: Iterable[Row]) -> None:
    """Write rows as JSON lines, compressed where the name says so."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path = folder / name
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")


def said(role: str, text: str, **more: object) -> dict[str, Any]:
    """Return a turn as the sets write it."""
    return {"role": role, "text": text, **more}


def a_dialogue(name: str, task: str, opening: str, **more: object) -> dict[str, Any]:
    """Return a dialogue of a customer with a flow's assistant: one call, whose result is told."""
    return {
        "id": name,
        "tasks": [task],
        "happy": True,
        "authentication": None,
        "turns": [
            said("customer", opening),
            said("bot", "Your name, please?", action="ask_name"),
            said("customer", f"I am {name}"),
            said("tool", "{}", tool={"name": task, "arguments": {"CustomerName": name, "AccountNumber": "1"}}),
            said("bot", "Sorry, that did not work.", action=f"{task}_inform_booking_failed"),
            said("tool", "{}", tool={"name": task, "arguments": {"CustomerName": name}}),
            said("bot", "Here you are.", action=f"{task}_inform_result"),
        ],
        **more,
    }


FLOWS = {
    "vault_balance": {
        "replies": {
            "hello": "Good day.",
            "ask_name": "Your name, please?",
            "vault_ask_account_number": "Your account?",
            "vault_inform_cannot_authenticate": "I cannot let you in.",
            "query": "Query",
        },
        "graph": {"hello": "ask_name", "ask_name": "vault_ask_account_number", "vault_ask_account_number": "query"},
    },
    "boat_status": {"replies": {"ask_name": "Your name, please?", "query": "Query"}, "graph": {"ask_name": "query"}},
    "boat_book": {"replies": {"ask_name": "Your name, please?", "query": "Query"}, "graph": {"ask_name": "query"}},
}


def a_star_folder(folder: Path, *, each: int = 12) -> Path:
    """Write dialogues and flows of three tasks."""
    dialogues = [
        a_dialogue(f"{task}-{number}", task, f"Hello, my {task} wish has number {number}")
        for task in FLOWS
        for number in range(each)
    ]
    dialogues[0]["authentication"] = "failed_then_verified"
    dialogues.append(a_dialogue("both", "boat_book", "Two things", tasks=["boat_book", "boat_status"]))
    write_rows(folder, "dialogues.dev.jsonl.gz", dialogues)
    (folder / "tasks.json").write_text(json.dumps(FLOWS), encoding="utf-8")
    return folder


def an_abcd_folder(folder: Path) -> Path:
    """Write eight conversations about two wishes, and their guidelines."""
    rows = [
        {
            "id": f"shop-{number}",
            "intent": ("hat_return", "hat_price")[number % 2],
            "next_action": "pull-up-account",
            "turns": [said("bot", "Hello"), said("customer", f"hat question number {number}")],
        }
        for number in range(8)
    ]
    write_rows(folder, "contexts.dev.jsonl", rows)
    guides = [
        {
            "subflow": name,
            "flow": "hats",
            "title": name.title(),
            "text": f"section\n{name}\nThe customer asks about a hat.\n[Pull up Account] Do it.",
            "actions": ["pull-up-account", "offer-refund"],
        }
        for name in ("hat_return", "hat_price")
    ]
    (folder / "guidelines.json").write_text(json.dumps(guides), encoding="utf-8")
    return folder
