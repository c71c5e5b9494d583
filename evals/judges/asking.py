"""What a judge is shown, and how it is asked: through the service's own gateway, under the same redaction."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel

from assist.analysis.case import Case
from assist.briefing.material import Material, fenced
from assist.errors import ModelError
from assist.ports import ModelReply, ModelRequest
from prompts import Prompt, load

FOLDER: Final = Path(__file__).parent
"""Where the judges' prompts stand: `<name>/<version>.md`, held by `prompts.lock` as all are."""

_DEADLINE: Final = 60.0
_LONGEST: Final = 24_000  # tokens of conversation
_LINE: Final = 3_000  # tokens of one turn

Ask = Callable[[ModelRequest], ModelReply]
Reply = TypeVar("Reply", bound=BaseModel)


class Unanswered(Exception):
    """The judge gave no answer; `str()` says why."""


class Judge:
    """Asks a model about one case."""

    def __init__(self, ask: Ask, prompt: str, *, version: int = 1) -> None:
        self._ask = ask
        self.prompt: Prompt = load(prompt, version, folder=FOLDER)

    def asked(self, case: Case, shape: type[Reply], **texts: str) -> Reply:
        """Return the answer about a case; texts stand in the prompt with personal data hidden. Unanswered where none came."""
        if not case.transcript.transcript.consent.model:
            message = "the customer did not agree that a model reads the conversation"
            raise Unanswered(message)
        material = Material.of(case, language="en", longest=_LINE)
        if material.tokens > _LONGEST:
            message = f"the conversation is longer than a judge reads, {material.tokens} tokens"
            raise Unanswered(message)
        shown = "\n".join(passage.text for passage in material.passages)
        hidden = {name: material.vault.hide(text) for name, text in texts.items()}
        asked = self.prompt.render(transcript=shown, **hidden)
        request = ModelRequest(
            system=asked.system,
            user=asked.user,
            reply=shape,
            deadline=_DEADLINE,
            tenant=case.tenant,
            purpose=f"judge {self.prompt.id}",
        )
        try:
            value = self._ask(request).value
        except ModelError as exc:
            raise Unanswered(str(exc)) from exc
        if not isinstance(value, shape):
            message = f"the judge answered a {type(value).__name__}"
            raise Unanswered(message)
        return value


def listed(texts: list[str]) -> str:
    """Return texts as a numbered list, each on one line."""
    return "\n".join(f"{number}. {fenced(text)}" for number, text in enumerate(texts, start=1))
