"""How a replay of rules is shown: a table, a list of turns, or a document."""

import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from assist.domain.findings import Trigger
from assist.policy import Beginning, Change, Course, Moment, Verdict

_WIDE = 140  # columns where the output is a file or a pipe


def show(verdicts: Sequence[Verdict], *, by_turn: bool, with_candidate: bool) -> None:
    """Print a row a conversation, the turns that matter where asked for, and what it comes to."""
    console = Console() if sys.stdout.isatty() else Console(width=_WIDE)
    table = Table("conversation", "goes to a human now", *(("with the candidate", "change") if with_candidate else ()))
    for verdict in verdicts:
        more = (_when(verdict.after), verdict.change.value) if with_candidate else ()
        table.add_row(verdict.name, _when(verdict.before), *more)
    console.print(table)
    if by_turn:
        for verdict in verdicts:
            _turns(console, verdict, with_candidate=with_candidate)
    if with_candidate:
        counts = Counter(verdict.change for verdict in verdicts)
        told = ", ".join(f"{counts[change]} {change.value}" for change in Change if counts[change])
        console.print(f"{len(verdicts)} conversations: {told}.", highlight=False)


def as_document(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as JSON values; turns at which nothing fires and nothing warns are left out."""
    return {
        "conversation": verdict.name,
        "change": verdict.change.value,
        "turns_changed": list(verdict.turns),
        "now": [_moment(moment) for moment in verdict.before.moments if _speaks(moment)],
        "candidate": [_moment(moment) for moment in verdict.after.moments if _speaks(moment)],
    }


def as_markdown(name: str, beginnings: Sequence[Beginning]) -> str:
    """Return a heading and a table of the moments at which rules first fired."""
    rows = [
        f"| {each.turn} | `{each.trigger.rule}` | {each.trigger.detail} | {', '.join(map(str, each.trigger.turns))} | {_suggested(each)} |"
        for each in beginnings
    ]
    if not rows:
        return f"### {name}\n\nNo rule fired.\n"
    head = ["| turn | rule | why | on turns | suggested then |", "|---|---|---|---|---|"]
    return "\n".join([f"### {name}", "", *head, *rows, ""])


def _suggested(each: Beginning) -> str:
    if each.suggestion is None:
        return "nothing"
    blocked = f" (blocked: {each.suggestion.blocked_by})" if each.suggestion.blocked_by else ""
    return f"{each.suggestion.title}{blocked}"


def _when(course: Course) -> str:
    first = course.first
    return "never" if first is None else f"at turn {first.turn}: {', '.join(t.rule for t in first.triggers)}"


def _turns(console: Console, verdict: Verdict, *, with_candidate: bool) -> None:
    console.print(f"\n{verdict.name}", style="bold", markup=False, highlight=False)
    courses = {"now": verdict.before, "candidate": verdict.after} if with_candidate else {"": verdict.before}
    for turn in range(len(verdict.before.moments)):
        for name, course in courses.items():
            moment = course.moments[turn]
            for kind, triggers in (("fires", moment.triggers), ("warns", moment.warnings)):
                for trigger in triggers:
                    line = f"  turn {turn:>3}  {name:<10}{kind}  {_told(trigger)}"
                    console.print(line, markup=False, highlight=False)


def _told(trigger: Trigger) -> str:
    return f"{trigger.rule}: {trigger.detail} (turns {', '.join(map(str, trigger.turns))})"


def _speaks(moment: Moment) -> bool:
    return bool(moment.triggers or moment.warnings)


def _moment(moment: Moment) -> dict[str, Any]:
    return {
        "turn": moment.turn,
        "reason": moment.reason.value,
        "triggers": [trigger.model_dump(mode="json") for trigger in moment.triggers],
        "warnings": [trigger.model_dump(mode="json") for trigger in moment.warnings],
    }
