"""A line of business from STAR's flow charts: each task is an intent, a tool, a playbook, and perhaps a check.

Everything is read off the structure of the flows: questions are the replies named `..._ask_...` or `ask_...`; a flow that
can answer `cannot_authenticate` proves identity when its back end accepts; a flow that asks for the customer's name and
then looks up (not one that books) identifies the customer.
"""

import re
from collections.abc import Mapping
from typing import Any

from assist.domain.business import (
    Domain,
    FactDefinition,
    IntentDefinition,
    Playbook,
    PlaybookAction,
    Proof,
    StepDefinition,
    StepKind,
    TakenRisk,
    VerificationMethod,
)

Flows = Mapping[str, Mapping[str, Any]]
_CALLS = "query"
_CHANGES = ("book", "schedule", "plan", "rsvp", "change", "report", "request", "access")
_IDENTITY = ("name", "account", "pin", "birth", "dob", "maiden", "pet", "security", "code", "rank")


def flow_domain(
    name: str, flows: Flows, utterances: Mapping[str, tuple[str, ...]], *, arguments: Mapping[str, tuple[str, ...]]
) -> Domain:
    """Return the domain of these flows; `utterances` teach the intents, `arguments` name the back ends' parameters."""
    keys = sorted({key for found in arguments.values() for key in found})
    return Domain(
        name=name,
        title="STAR tasks",
        intents=tuple(_intent(task, utterances.get(task, ())) for task in flows),
        verification=tuple(method for task, flow in flows.items() if (method := _method(task, flow, arguments))),
        facts=tuple(FactDefinition(name=snake(key), title=snake(key).replace("_", " "), keys=(key,)) for key in keys),
        steps=tuple(_step(task) for task in flows),
        playbooks=tuple(book for task, flow in flows.items() if (book := _playbook(task, flow))),
    )


def snake(name: str) -> str:
    """Return an argument's name as a label: `AccountNumber` becomes `account_number`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def _words(task: str) -> str:
    return task.replace("_", " ")


def _intent(task: str, utterances: tuple[str, ...]) -> IntentDefinition:
    return IntentDefinition(label=task, name=_words(task).capitalize(), description=_words(task), utterances=utterances)


def taking_in(domain: Domain, flows: Flows, *, name: str) -> Domain:
    """Return the domain under another name, its bot being there to take in the risks that its own flows ask for by name ("fraud")."""
    asked = {
        task: " ".join(text for key, text in flow["replies"].items() if "ask_" in key).lower()
        for task, flow in flows.items()
    }
    intents = tuple(
        intent.model_copy(
            update={"bot_takes": tuple(risk for risk in TakenRisk if risk.value in asked.get(intent.label, ""))}
        )
        for intent in domain.intents
    )
    return domain.model_copy(update={"name": name, "intents": intents})


def _method(task: str, flow: Mapping[str, Any], arguments: Mapping[str, tuple[str, ...]]) -> VerificationMethod | None:
    replies: Mapping[str, str] = flow["replies"]
    refusals = tuple(text for key, text in replies.items() if "cannot_authenticate" in key)
    if not refusals and ("ask_name" not in replies or _changes(task)):
        return None
    words = _IDENTITY if refusals else ("ask_name", "_name")
    asks = tuple(key for key in map(snake, arguments.get(task, ())) if any(word in key for word in words))
    if not asks:
        return None  # the back end is never told who asks
    return VerificationMethod(
        name=f"{task}_check",
        title=f"{_words(task)} check",
        asks=asks,
        ask_phrases=tuple(
            text for key, text in replies.items() if "ask_" in key and any(word in key for word in words)
        ),
        tools=(task,),
        proves=Proof.IDENTITY if refusals else Proof.ACCOUNT,
        failed_phrases=refusals,
    )


def _changes(task: str) -> bool:
    return any(sign in task.split("_") for sign in _CHANGES)


def _step(task: str) -> StepDefinition:
    changes = _changes(task)
    verb = "Submitted" if changes else "Looked up"
    return StepDefinition(
        tools=(task,), action=f"{verb} the {_words(task)}", kind=StepKind.CHANGE if changes else StepKind.LOOKUP
    )


def _playbook(task: str, flow: Mapping[str, Any]) -> Playbook | None:
    """The replies in the order of the flow chart from its start, then those that may come anywhere.

    What stands in the chart without coming from anywhere is a condition: it tells when the reply after it is given.
    """
    graph: Mapping[str, str] = flow["graph"]
    replies: Mapping[str, str] = flow["replies"]
    start = next(iter(graph), None)
    conditions = {node for node in graph if node not in graph.values() and node != start}
    order: dict[str, None] = {}
    for begin in graph:
        node: str | None = begin
        while node is not None and node not in order:
            order[node] = None
            node = graph.get(node)
    spoken = [key for key in (*order, *(key for key in replies if key not in order)) if key in replies]
    actions = tuple(
        PlaybookAction(
            id=snake(key),
            title=_words(key).capitalize(),
            guidance=" ".join(replies.get(name, name) for name in conditions if graph[name] == key),
            reply=replies[key],
        )
        for key in spoken
        if key not in conditions and not key.startswith(_CALLS)
    )
    return Playbook(intent=task, actions=actions) if actions else None
