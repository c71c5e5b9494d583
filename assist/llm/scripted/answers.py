"""Answers made from the conversation alone, in whatever shape the JSON schema asks for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assist.llm.scripted.prompt import Line, Prompt

_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?|thank you|ok(?:ay)?|yes|no)\b\W*$", re.IGNORECASE
)
_LONGEST = 160
_TEXT_NAMES = ("text", "headline", "summary", "statement", "action", "point", "detail", "reason", "note", "value")
_ROLE_OF_SECTION = {"tried": "bot", "steps": "bot", "steps_tried": "bot", "promises": "bot", "blocked": "bot"}
_SPEAKER = {"customer": "The customer", "bot": "The bot", "agent": "The agent", "tool": "The back end"}


@dataclass(frozen=True, slots=True)
class Voice:
    """How a scripted model speaks; by default it quotes the turn."""

    says: str | None = None  # one text for every text field
    picks: str = ""  # words that decide between offered values, before the conversation does


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the schema a value is wanted, and which turn it is about."""

    name: str
    turn: Line | None
    section: str = ""


def answer(prompt: Prompt, voice: Voice = Voice()) -> Any:  # noqa: ANN401 -- JSON of any shape
    """Return JSON that fits the prompt's schema; without one, a plain summary."""
    main = _main_turn(prompt.said_by("customer"))
    schema = prompt.schema or {"type": "object", "properties": {"text": {"type": "string"}}}
    return _Filler(prompt, voice, schema.get("$defs", {})).fill(schema, _Place("", main))


def _main_turn(turns: Sequence[Line]) -> Line | None:
    """Return the first turn that says more than a greeting."""
    telling = [turn for turn in turns if not _GREETING.match(turn.text) and len(turn.text.split()) > 3]  # noqa: PLR2004 -- words
    return next(iter(telling or turns), None)


class _Filler:
    def __init__(self, prompt: Prompt, voice: Voice, definitions: Mapping[str, Any]) -> None:
        self._prompt = prompt
        self._voice = voice
        self._definitions = definitions

    def fill(self, schema: Mapping[str, Any], place: _Place) -> Any:  # noqa: ANN401, PLR0911 -- JSON of any shape, one return for each
        """Return a value of this schema."""
        if "$ref" in schema:
            return self.fill(self._definitions[schema["$ref"].rpartition("/")[2]], place)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._choice(schema["enum"], place)
        if options := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
            full = [option for option in options if option.get("type") != "null"]
            return self.fill(full[0], place) if place.name in _TEXT_NAMES or len(full) == len(options) else None
        kind = schema.get("type")
        if kind == "object":
            return {
                name: self.fill(part, replace(place, name=name)) for name, part in schema.get("properties", {}).items()
            }
        if kind == "array":
            return self._array(schema, place)
        if kind in {"integer", "number"}:
            return self._number(schema, place, whole=kind == "integer")
        return self._text(place) if kind == "string" else False

    def _array(self, schema: Mapping[str, Any], place: _Place) -> list[Any]:
        item = self._resolved(schema.get("items", {}))
        if item.get("type") == "integer":
            return [place.turn.index] if place.turn else []
        properties: Mapping[str, Any] = item.get("properties", {})
        sections = self._resolved(properties.get("section", {})).get("enum")
        if sections:
            told = [(name, self._turn_of(name)) for name in sections]
            return [self.fill(item, _Place("", turn, name)) for name, turn in told if turn]
        if "turns" in properties:
            turn = self._turn_of(place.name)
            return [self.fill(item, _Place("", turn, place.name))] if turn else []
        return [self._text(place)] * int(schema.get("minItems", 0)) if item.get("type") == "string" else []

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._definitions[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema

    def _turn_of(self, section: str) -> Line | None:
        said = self._prompt.said_by(_ROLE_OF_SECTION.get(section, "customer"))
        if section in {"open", "open_points", "tried", "steps", "steps_tried"}:
            said = said[::-1]
        if section in {"promises", "identity", "facts", "alternatives", "other_intents", "blocked"}:
            return None
        return _main_turn(said)

    def _choice(self, offered: Sequence[Any], place: _Place) -> Any:  # noqa: ANN401 -- what the schema offers
        if place.section in offered:
            return place.section
        if place.turn is not None and place.turn.role in offered:
            return place.turn.role
        told = self._voice.picks + " " + " ".join(turn.text for turn in self._prompt.said_by("customer"))
        return max(offered, key=lambda value: _overlap(str(value), self._voice.picks) * 10 + _overlap(str(value), told))

    def _number(self, schema: Mapping[str, Any], place: _Place, *, whole: bool) -> float:
        if whole and place.name == "turn" and place.turn:
            return place.turn.index
        low, high = schema.get("minimum", 0), schema.get("maximum", 1)
        return int(low) if whole else (low + high) / 2

    def _text(self, place: _Place) -> str:
        if place.name not in _TEXT_NAMES and self._prompt.choices and place.name in {"label", "intent"}:
            return str(self._choice(self._prompt.choices, replace(place, turn=None)))
        if self._voice.says is not None:
            return self._voice.says
        if place.turn is None:
            return ""
        quoted = place.turn.text if len(place.turn.text) <= _LONGEST else place.turn.text[: _LONGEST - 1].rstrip() + "…"
        return f'{_SPEAKER.get(place.turn.role, "Somebody")} wrote: "{quoted}"'


def _overlap(value: str, text: str) -> int:
    words = {word[:5] for word in re.findall(r"[a-z]{3,}", value.lower())}
    return len(words & {word[:5] for word in re.findall(r"[a-z]{3,}", text.lower())})
