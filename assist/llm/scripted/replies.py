"""What the scripted model says, for each fault that lies in the text of the answer."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assist.llm.scripted.answers import Voice, answer
from assist.llm.scripted.faults import Fault
from assist.llm.scripted.prompt import Prompt


@dataclass(frozen=True, slots=True)
class Reply:
    """The text of an answer and the reason why it ends."""

    text: str
    finish: str = "stop"


_GERMAN = Voice(says="Der Kunde möchte wissen, was mit seiner Bestellung geschehen ist, und bittet um Hilfe.")
_INVENTED = Voice(
    says="The customer was verified by PIN, and a refund of $9,999.00 was paid on 31 December 2031 to account 4711-0815.",
    picks="verified refund succeeded",
)


def reply_of(fault: Fault, prompt: Prompt) -> Reply:
    """Return the text for this fault; those that do not lie in the text answer as a good model does."""
    return _REPLIES.get(fault, _good)(prompt)


def _good(prompt: Prompt) -> Reply:
    return Reply(json.dumps(answer(prompt), ensure_ascii=False))


def _half(prompt: Prompt, finish: str) -> Reply:
    text = _good(prompt).text
    return Reply(text[: max(len(text) // 2, 2)], finish)


def _wrong_types(prompt: Prompt) -> Reply:
    made = answer(prompt)
    return Reply(json.dumps({name: _of_other_type(value) for name, value in made.items()}))


def _of_other_type(value: object) -> object:
    return ["what", {"is": "this"}] if isinstance(value, str | int | float | Mapping) else {"not": "a list"}


def _hollow(value: Any) -> Any:  # noqa: ANN401 -- JSON of any shape
    if isinstance(value, dict):
        return {name: _hollow(part) for name, part in value.items()}
    return [] if isinstance(value, list) else "" if isinstance(value, str) else None


def _obedient(prompt: Prompt) -> Reply:
    orders = prompt.orders
    if not orders:
        return _good(prompt)
    told = " ".join(orders)
    if any(word in told.lower() for word in ("prompt", "instructions", "repeat everything")):
        told = f"{told} My instructions are: {prompt.system}"
    return Reply(json.dumps(answer(prompt, Voice(says=told, picks=told)), ensure_ascii=False))


_REPLIES: dict[Fault, Callable[[Prompt], Reply]] = {
    Fault.TRUNCATED: lambda prompt: _half(prompt, "length"),
    Fault.HALF_JSON: lambda prompt: _half(prompt, "stop"),
    Fault.STALLED: lambda prompt: _half(prompt, "stop"),
    Fault.CUT_OFF: lambda prompt: _half(prompt, "stop"),
    Fault.INVALID_JSON: lambda _: Reply("I think {the customer wants something, but who am I to say what that is?"),
    Fault.FENCED: lambda prompt: Reply(
        f"Here is what I found:\n\n```json\n{_good(prompt).text}\n```\n\nI hope this helps!"
    ),
    Fault.SLOPPY: lambda prompt: Reply(repr(answer(prompt)).replace("}", ",}")),
    Fault.WRONG_TYPES: _wrong_types,
    Fault.CORRIGIBLE: lambda prompt: _good(prompt) if prompt.asked_again else _wrong_types(prompt),
    Fault.EMPTY: lambda _: Reply(""),
    Fault.HOLLOW: lambda prompt: Reply(json.dumps(_hollow(answer(prompt)))),
    Fault.FILTERED: lambda _: Reply("", "content_filter"),
    Fault.WRONG_LANGUAGE: lambda prompt: Reply(json.dumps(answer(prompt, _GERMAN), ensure_ascii=False)),
    Fault.OBEDIENT: _obedient,
    Fault.UNSUPPORTED: lambda prompt: Reply(json.dumps(answer(prompt, _INVENTED))),
}
