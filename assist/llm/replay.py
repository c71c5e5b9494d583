"""Answers written down and given again: evaluations and demonstrations without a key, the same each time."""

import asyncio
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assist.errors import ConfigurationError, ModelUnavailable
from assist.llm.structured import read_reply
from assist.ports import Model, ModelReply, ModelRequest


def request_hash(request: ModelRequest) -> str:
    """Return what makes a request the same one again: its texts and the shape of its reply, not who asks or how long."""
    asked = [request.system, request.user, request.reply.model_json_schema(), request.max_tokens]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


class Recorder:
    """Asks another model and writes its replies to a file, one JSON object a line; failures are not kept."""

    def __init__(self, model: Model, file: Path) -> None:
        self._model = model
        self._file = file

    async def answer(self, request: ModelRequest) -> ModelReply:
        """Return the other model's reply, once it is written down."""
        reply = await self._model.answer(request)
        kept = {name: value for name, value in asdict(reply).items() if name != "value"}
        line = json.dumps({"hash": request_hash(request), "purpose": request.purpose, **kept}, ensure_ascii=False)
        await asyncio.to_thread(self._append, line)
        return reply

    def _append(self, line: str) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as out:
            out.write(line + "\n")


class Replay:
    """Answers from a file that a Recorder wrote; of two replies to one request, the later counts."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept: Mapping[str, Mapping[str, Any]] | None = None

    async def answer(self, request: ModelRequest) -> ModelReply:
        """Return the reply that was written down; ModelUnavailable where the request was never asked."""
        if self._kept is None:
            self._kept = await asyncio.to_thread(self._read)
        kept = self._kept.get(request_hash(request))
        if kept is None:
            message = f"{self._file} holds no reply to this request for {request.purpose}; record it with a model first"
            raise ModelUnavailable(message)
        value = read_reply(kept["text"], request.reply)
        return ModelReply(value=value, **{name: kept[name] for name in ModelReply.__slots__ if name != "value"})

    async def warm(self) -> None:
        """Do nothing."""

    async def close(self) -> None:
        """Do nothing."""

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            lines = [json.loads(line) for line in self._file.read_text("utf-8").splitlines() if line.strip()]
            return {line["hash"]: line for line in lines}
        except (OSError, ValueError, KeyError, TypeError) as exc:
            message = f"{self._file} holds no recorded replies ({exc}); record some with a model first"
            raise ConfigurationError(message) from exc
