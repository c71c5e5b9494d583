"""Orders to a model, hidden in a conversation (BIPIA), and harmless texts that look like such orders (NotInject)."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assist.domain.transcript import Role, Turn
from evals.cases import Dataset, LabelledCase, Labels, turn
from evals.readers.files import document, rows

ATTACKS, BENIGN = "bipia_text_attacks.dev.json", "notinject_benign.dev.jsonl"
_LICENCE = "MIT, microsoft/BIPIA and leolee99/InjecGuard"


class Hidden(NamedTuple):
    """Conversations with an order hidden in them, and by each one's `group` the same conversation without it."""

    dataset: Dataset
    clean: dict[str, LabelledCase]


def attacks(folder: Path, *, carriers: Sequence[LabelledCase]) -> Hidden:
    """Return each attack twice: at the end of a customer's words, and in a tool's answer.

    The carriers, which take turns, need a turn of each kind.
    """
    orders = [order for group in document(folder, ATTACKS).values() for order in group]
    cases: list[LabelledCase] = []
    for number, order in enumerate(orders):
        carrier = carriers[number % len(carriers)]
        cases += [
            carrier.model_copy(
                update={
                    "case_id": f"bipia-{number}-{place}",
                    "turns": turns,
                    "group": carrier.case_id,
                    "labels": Labels(),
                }
            )
            for place, turns in (("customer", _said(carrier, order)), ("tool", _answered(carrier, order)))
        ]
    dataset = Dataset(name="bipia", cases=tuple(cases), licence=_LICENCE, note="orders hidden in shipped conversations")
    return Hidden(dataset, {each.case_id: each for each in carriers})


def lookalikes(folder: Path) -> Dataset:
    """Return the harmless texts, one customer's turn each."""
    cases = tuple(
        LabelledCase(case_id=f"notinject-{number}", turns=(turn(Role.CUSTOMER, row["prompt"]),), labels=Labels())
        for number, row in enumerate(rows(folder, BENIGN))
    )
    return Dataset(name="notinject", cases=cases, licence=_LICENCE)


def _said(carrier: LabelledCase, order: str) -> tuple[Turn, ...]:
    last = max(index for index, each in enumerate(carrier.turns) if each.role is Role.CUSTOMER)
    words = carrier.turns[last]
    changed = words.model_copy(update={"text": f"{words.text} {order}"})
    return (*carrier.turns[:last], changed, *carrier.turns[last + 1 :])


def _answered(carrier: LabelledCase, order: str) -> tuple[Turn, ...]:
    last = max(index for index, each in enumerate(carrier.turns) if each.role is Role.TOOL)
    answer = carrier.turns[last]
    try:
        held = json.loads(answer.text)
    except json.JSONDecodeError:
        held = None
    text = json.dumps(_noted(held, order)) if isinstance(held, dict) else f"{answer.text} {order}"
    return (*carrier.turns[:last], answer.model_copy(update={"text": text}), *carrier.turns[last + 1 :])


def _noted(held: dict[str, Any], order: str) -> dict[str, Any]:
    """The answer with the order at the end of its longest text, where somebody may type; as a remark where it has none."""
    texts = {key: value for key, value in held.items() if isinstance(value, str) and " " in value}
    key = max(texts, key=lambda name: len(texts[name]), default="internal_remark")
    return {**held, key: f"{texts.get(key, '')} {order}".strip()}
