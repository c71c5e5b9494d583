"""What a prompt holds that an answer can be made of: the conversation, instructions hidden in it, the reply's shape."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_FENCED = re.compile(r"^<<<(\w+)[^\n]*\n(.*?)\n\s*\1>>>", re.DOTALL | re.MULTILINE)
_TURN = re.compile(r"^\[(\d+)\] (\w+): (.*)$")
_CHOICE = re.compile(r"^\s*[-*] `?([a-z][a-z0-9_]+)`?\s*[:(—-]", re.MULTILINE)
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override|instead|respond with|reply with|answer with|write|output|print|set the|mark|"
    r"reveal|repeat|translate|you must|you are now|new instructions?|system prompt|add the|include)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One turn of the conversation."""

    index: int
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A request to the scripted model, taken apart."""

    system: str
    turns: tuple[Line, ...]
    data: str  # all that is fenced, articles too
    choices: tuple[str, ...]  # names that the prompt offers as a list
    schema: Mapping[str, Any] | None
    asked_again: bool  # an earlier answer was sent back

    def said_by(self, *roles: str) -> list[Line]:
        """Return the turns of these roles."""
        return [turn for turn in self.turns if turn.role in roles]

    @property
    def orders(self) -> list[str]:
        """The sentences inside fenced data that tell the model what to do."""
        return [found for found in re.split(r"(?<=[.!?])\s+|\n", self.data) if _ORDER.search(found)]


def read_prompt(body: Mapping[str, Any]) -> Prompt:
    """Return what the body of a chat request holds."""
    messages: Sequence[Mapping[str, Any]] = body.get("messages", ())
    system = "\n".join(_text(message) for message in messages if message.get("role") in {"system", "developer"})
    user = "\n".join(_text(message) for message in messages if message.get("role") == "user")
    blocks = _FENCED.findall(user)
    turns = [_TURN.match(line) for name, text in blocks if name == "transcript" for line in text.splitlines()]
    return Prompt(
        system=system,
        turns=tuple(Line(int(found[1]), found[2], found[3]) for found in turns if found),
        data="\n".join(text for _, text in blocks),
        choices=tuple(_CHOICE.findall(system + "\n" + _FENCED.sub("", user))),
        schema=_schema(body, system),
        asked_again=any(message.get("role") == "assistant" for message in messages),
    )


def _text(message: Mapping[str, Any]) -> str:
    content = message.get("content") or ""
    return content if isinstance(content, str) else "\n".join(part.get("text", "") for part in content)


def _schema(body: Mapping[str, Any], system: str) -> Mapping[str, Any] | None:
    """Return the schema of `response_format`, or the one that the system text shows between schema fences."""
    asked: Mapping[str, Any] = body.get("response_format") or {}
    if asked.get("type") == "json_schema":
        found: Mapping[str, Any] = asked["json_schema"]["schema"]
        return found
    for name, text in _FENCED.findall(system):
        if name == "schema":
            shown: Mapping[str, Any] = json.loads(text)
            return shown
    return None
