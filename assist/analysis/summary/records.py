"""What the back end answered and nobody told: the reason of a failure, the values of a look-up after which nothing was said."""

import re
from collections.abc import Iterator, Mapping

from assist.analysis.speech.wording import listed, sentence, shortened
from assist.analysis.summary.scene import Scene, Statement
from assist.analysis.tools.results import ToolResult, tool_results
from assist.domain.findings import Section
from assist.domain.transcript import Role

_WORDS = 16
_DEPTH_MOST = 3
_TOLD_BY = ("message", "error", "errors", "detail", "details", "reason", "description", "status_message", "msg")
_CODED_BY = ("code", "error_code", "errorCode")
_NO_MESSAGE = re.compile(r"(?:error|fail(?:ed|ure)?|true|false|null|none|not ok|ok)\W*", re.IGNORECASE)
_LEAD = re.compile(r"^\W*(?:error|failure|failed|exception)\b\W*", re.IGNORECASE)
_LEAST = 2
_MOST_UNTOLD = 4
_UNSAID = frozenset(
    (
        "name",
        "email",
        "phone",
        "user_id",
        "username",
        "account_number",
        "account_id",
        "date_of_birth",
        "postcode",
        "street",
        "city",
        "address",
        "date",
        "code",
        "reference",
        "passenger",
    )
)


def failure(scene: Scene, turns: tuple[int, ...]) -> str:
    """Return why the last failed call among these turns failed, in the back end's words; "" where it gave no reason."""
    failed = [result for result in tool_results(scene.case) if result.turn in turns and result.failed]
    return next((why for result in reversed(failed) if (why := _why(result))), "")


def failures(scene: Scene) -> Iterator[tuple[int, str]]:
    """Yield the turn and the reason of every failed call that gave one."""
    for result in tool_results(scene.case):
        if result.failed and (why := _why(result)):
            yield result.turn, why


def _why(result: ToolResult) -> str:
    said = _message(result.data) if isinstance(result.data, Mapping) else result.message
    text = _LEAD.sub("", said).strip(" .\"'")
    if len(text.split()) < _LEAST and not re.search(r"[_\d]", text):
        return ""
    return "" if _NO_MESSAGE.fullmatch(text) or "{" in text else shortened(text, words=_WORDS)


def _message(data: Mapping[str, object], depth: int = 0) -> str:
    if depth > _DEPTH_MOST:
        return ""
    code = next((str(data[key]) for key in _CODED_BY if isinstance(data.get(key), str | int)), "")
    for key in _TOLD_BY:
        value = data.get(key)
        if isinstance(value, Mapping):
            return _message(value, depth + 1)
        if isinstance(value, str) and value.strip():
            return f"{value} ({code})" if code and depth and code not in value else value
    return code


def untold(scene: Scene) -> Iterator[Statement]:
    """Yield what the last look-up brought, where the conversation ends before anyone told it."""
    spoken = max((index for index, _ in scene.case.transcript.of(Role.BOT, Role.AGENT)), default=-1)
    facts = [
        fact
        for fact in scene.case.facts
        if fact.name not in _UNSAID
        and fact.turns
        and min(fact.turns) > spoken
        and scene.case.turns[fact.turns[0]].role is Role.TOOL
    ][:_MOST_UNTOLD]
    if facts:
        told = listed([f"{fact.name.replace('_', ' ')} {fact.value}" for fact in facts])
        turns = tuple(sorted({fact.turns[0] for fact in facts}))
        yield Statement(
            Section.TRIED, sentence(f"The last look-up shows {told}; the customer has not been told"), turns, 8.0
        )
