"""Steps that tool calls show: look-ups, checks and changes, like ones in a row told once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assist.analysis.case import Case
from assist.analysis.identity.questions import sentences
from assist.analysis.identity.tool_calls import sends_code
from assist.analysis.speech.phrases import phrase_book
from assist.analysis.steps.bot_moves import Move
from assist.analysis.steps.customer_replies import Reply, bot_after, customer_before, reading
from assist.analysis.steps.wording import (
    LOOKUP_VERBS,
    filled,
    key_argument,
    listed,
    sentence,
    told_change,
    tool_phrase,
    tried,
    verb_of,
)
from assist.analysis.tools.names import is_like
from assist.analysis.tools.results import ResultKind, ToolResult, tool_results
from assist.domain.business import StepDefinition, StepKind
from assist.domain.findings import Step, StepBy, StepOutcome
from assist.domain.transcript import Role

_INNER: Final = frozenset({"think", "reason", "plan", "calculate", "note", "thought", "reflect", "compute"})
_HANDOVER: Final = frozenset({"transfer", "handoff", "handover", "escalate"})
_PEOPLE: Final = frozenset({"human", "agent", "agents", "humans", "representative", "supervisor"})
_RECORDS: Final = ("reservation", "order", "booking")
_PERSONAL: Final = frozenset({"user", "customer", "profile", "account", "member"})
_MANY: Final = 2
_LOOKED_AT: Final = frozenset(
    {"outage", "outages", "incident", "incidents", "fault", "faults", "disruptions", "test", "diagnose", "diagnostic", "diagnostics", "health"}
)  # fmt: skip
"""What a check looks at: "no outage" is an answer, not a failure."""


@dataclass(frozen=True, slots=True)
class _Call:
    result: ToolResult
    kind: StepKind
    definition: StepDefinition | None
    confirmed: bool
    open: bool = False

    @property
    def outcome(self) -> StepOutcome:
        if self.result.kind is ResultKind.NOTHING and _LOOKED_AT & set(self.result.topic):
            return StepOutcome.SUCCEEDED
        if self.result.failed:
            return StepOutcome.FAILED
        waits = self.kind in {StepKind.CHANGE, StepKind.OFFER} and (self.result.pending or self.open)
        return StepOutcome.PENDING if waits or sends_code(self.result) else StepOutcome.SUCCEEDED


def tool_steps(case: Case, moves: Mapping[int, Collection[Move]], skip: Collection[int]) -> list[Step]:
    """Return the steps of all tool turns but those in `skip`, which another step already tells."""
    calls = [
        _call(case, moves, result)
        for result in tool_results(case)
        if result.turn not in skip and result.kind is not ResultKind.SILENT and not _is_inner(result)
    ]
    return [_step(case, group) for group in _groups(case, calls)]


def is_handover(result: ToolResult) -> bool:
    """Whether a call passes the conversation to a human."""
    words = frozenset(result.words)
    return bool(words & _HANDOVER) and (bool(words & _PEOPLE) or len(words) == 1)


def _is_inner(result: ToolResult) -> bool:
    return is_handover(result) or bool(result.words and result.words[0] in _INNER and len(result.words) <= _MANY)


def _call(case: Case, moves: Mapping[int, Collection[Move]], result: ToolResult) -> _Call:
    definition = next(
        (defined for defined in case.domain.steps if result.name and is_like(result.name, defined.tools)),
        None,
    )
    confirmed = result.name is None and _was_confirmed(case, moves, result.turn)
    kind = definition.kind if definition else _kind(result, confirmed=confirmed)
    return _Call(result, kind, definition, confirmed, open=_left_open(case, result))


def _left_open(case: Case, result: ToolResult) -> bool:
    """Whether the bot says of the call that someone still has to do or allow it."""
    answer = bot_after(case, result.turn)
    if answer is None or answer != result.turn + 1:
        return False
    return any(phrase_book("bot_signs")["still_open"].search(part) for part in sentences(case.turns[answer].text))


def _kind(result: ToolResult, *, confirmed: bool) -> StepKind:
    verb = verb_of(result)
    if told_change(result):
        return StepKind.CHANGE
    if verb == "check":
        return StepKind.CHECK
    if verb in LOOKUP_VERBS or (not verb and not confirmed):
        return StepKind.LOOKUP
    return StepKind.CHANGE


def _was_confirmed(case: Case, moves: Mapping[int, Collection[Move]], index: int) -> bool:
    """Whether a call without a name follows the customer's yes to a change: then it is that change."""
    said = customer_before(case, index)
    if said is None or said == 0 or said != index - 1 or reading(case.turns[said].text) is not Reply.ACCEPTS:
        return False
    return Move.ASKS_CONFIRMATION in moves.get(said - 1, ())


def _groups(case: Case, calls: Sequence[_Call]) -> list[list[_Call]]:
    groups: list[list[_Call]] = []
    for call in calls:
        if groups and _belongs(case, groups[-1], call):
            groups[-1].append(call)
        else:
            groups.append([call])
    return _paired(groups)


def _belongs(case: Case, group: Sequence[_Call], call: _Call) -> bool:
    """Whether a call goes with those before it: the same call again, or the same kind of look-up in one breath."""
    last = group[-1]
    if last.outcome is not call.outcome or last.kind is not call.kind:
        return False
    between = case.turns[last.result.turn + 1 : call.result.turn]
    if any(turn.role is not Role.TOOL for turn in between):
        return False
    same = last.result.name == call.result.name and verb_of(last.result) == verb_of(call.result)
    if call.kind is StepKind.LOOKUP:
        return (same and _thing(last) == _thing(call)) or _both_search(last, call)
    return same and (call.outcome is StepOutcome.FAILED or last.result.arguments == call.result.arguments)


def _both_search(first: _Call, second: _Call) -> bool:
    return verb_of(first.result) == verb_of(second.result) == "search"


def _paired(groups: list[list[_Call]]) -> list[list[_Call]]:
    """Tell one look-up of the customer and one of their order in the same breath as one step."""
    paired: list[list[_Call]] = []
    for group in groups:
        last = paired[-1] if paired else []
        joined = [*last, *group]
        if (
            last
            and len(joined) == _MANY
            and all(call.kind is StepKind.LOOKUP and not call.result.failed for call in joined)
            and joined[0].result.turn + 1 == joined[1].result.turn
            and _thing(joined[0]) == "profile"
        ):
            paired[-1] = joined
        else:
            paired.append(group)
    return paired


def _thing(call: _Call) -> str:
    """What was looked up, by the name of the tool, the shape of the answer, or what the error says was not found."""
    words = frozenset(call.result.words)
    data = call.result.data
    keys = {str(key).lower() for key in data} if isinstance(data, dict) else set()
    if call.result.name:
        record = next((thing for thing in _RECORDS if thing in words or f"{thing}s" in words), None)
        found = "profile" if words & _PERSONAL else record or " ".join(call.result.words)
    elif call.result.failed:
        said = frozenset(call.result.message.lower().split())
        found = "profile" if said & _PERSONAL else next((thing for thing in _RECORDS if thing in said), "record")
    elif thing := next((thing for thing in (*_RECORDS, "product") if f"{thing}_id" in keys), None):
        found = thing
    else:
        found = (
            "profile"
            if "name" in keys and keys & {"email", "address", "phone"}
            else "list"
            if isinstance(data, list)
            else "record"
        )
    return found


def _step(case: Case, group: Sequence[_Call]) -> Step:
    turns = [call.result.turn for call in group]
    turns = [*_asked(case, group[0]), *turns]
    answer = bot_after(case, turns[-1])
    return Step(
        action=_wording(case, group),
        by=StepBy.BOT,
        outcome=group[-1].outcome,
        turns=(*turns, *(() if answer is None else (answer,))),
    )


def _asked(case: Case, call: _Call) -> tuple[int, ...]:
    """The customer's turn that a call answers: the one right before it, or the yes that a change was waiting for."""
    said = customer_before(case, call.result.turn)
    near = said is not None and said == call.result.turn - 1
    return (said,) if near and said is not None else ()


def _wording(case: Case, group: Sequence[_Call]) -> str:
    first = group[0]
    worked = first.outcome is not StepOutcome.FAILED
    if len(group) == 1:
        return _single(case, first, worked=worked)
    if first.kind is not StepKind.LOOKUP:
        return sentence(f"{_single(case, first, worked=worked)}, {len(group)} times", limit=12)
    things = list(dict.fromkeys(_named(call) for call in group))
    if len(things) <= _MANY + 1 and all(_thing(call) in (*_RECORDS, "profile") for call in group):
        return sentence(f"{'looked up' if worked else 'tried to look up'} {listed(things)}", limit=12)
    if _thing(first) in _RECORDS:
        return sentence(f"{'looked up' if worked else 'tried to look up'} {len(group)} {_thing(first)}s")
    return f"{_single(case, first, worked=worked)} and {len(group) - 1} more"


def _single(case: Case, call: _Call, *, worked: bool) -> str:
    if call.definition:
        values = {**_facts_shown(case, call), **call.result.arguments}
        values = {"origin": values.get("from", ""), "destination": values.get("to", ""), **values}
        text = filled(call.definition.action, values)
        return text if worked else tried(text)
    if call.result.name:
        return tool_phrase(call.result, worked=worked)
    if change := told_change(call.result):
        return change if worked else tried(change)
    if call.result.heading.words:
        return tool_phrase(call.result, worked=worked)
    if call.confirmed:
        return "Carried out the confirmed change" if worked else "Tried to carry out the confirmed change"
    return sentence(f"{'looked up' if worked else 'tried to look up'} {_named(call)}")


def _facts_shown(case: Case, call: _Call) -> dict[str, str]:
    """The facts that stand in the turns which prove the call: one from elsewhere may belong to another order or card."""
    turns = {*_asked(case, call), call.result.turn, bot_after(case, call.result.turn)}
    near = [fact for fact in case.facts if turns & set(fact.turns)]
    near.sort(key=lambda fact: call.result.turn in fact.turns)  # what the call itself holds has the last word
    return {fact.name: fact.value for fact in near}


def _named(call: _Call) -> str:
    thing = _thing(call)
    if thing == "profile":
        return "the customer's profile"
    if thing in _RECORDS:
        shown = call.result.data.get(f"{thing}_id", "") if isinstance(call.result.data, dict) else ""
        return f"{thing} {key_argument(call.result) or shown}".strip()
    data = call.result.data
    if isinstance(data, dict) and thing == "product" and isinstance(data.get("name"), str):
        return f"the options of {data['name']}"
    return {"list": "a list", "record": "the record"}.get(thing, thing)
