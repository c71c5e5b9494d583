"""One prompt: a file with front matter, a system text, and a user text with `{{ variables }}`."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from prompts.errors import PromptError

FOLDER: Final = Path(__file__).parent
"""Where the prompts stand that ship: `<name>/<version>.md`."""

_FILE = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<system>.*?)\n=== user ===\n(?P<user>.*)\Z", re.DOTALL)
_VARIABLE = re.compile(r"\{\{ *(\w+) *\}\}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A prompt with its variables filled in."""

    system: str
    user: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One version of a prompt; `sha256` is that of its file, so that an answer can name exactly what was asked."""

    name: str
    version: int
    purpose: str
    sha256: str
    variables: frozenset[str]
    system: str
    user: str

    @property
    def id(self) -> str:
        """Name and version, such as `handoff/1`."""
        return f"{self.name}/{self.version}"

    def render(self, **variables: str) -> Rendered:
        """Return both texts; PromptError where a variable is missing or not declared. Values are never read as templates."""
        missing, unknown = self.variables - variables.keys(), variables.keys() - self.variables
        if missing or unknown:
            wrong = [
                f"{word} {', '.join(sorted(names))}"
                for word, names in (("lacks", missing), ("knows no", unknown))
                if names
            ]
            message = f"prompt {self.id} {' and '.join(wrong)}; it declares {', '.join(sorted(self.variables))}"
            raise PromptError(message)
        return Rendered(_filled(self.system, variables), _filled(self.user, variables))


def load(name: str, version: int, *, folder: Path = FOLDER) -> Prompt:
    """Return a version of a prompt; PromptError where there is none, or where it uses what it does not declare."""
    path = folder / name / f"{version}.md"
    try:
        raw = path.read_bytes()
    except OSError as exc:
        message = f"there is no prompt {name}/{version}: {path} cannot be read"
        raise PromptError(message) from exc
    parts = _FILE.match(raw.decode("utf-8"))
    if parts is None:
        message = (
            f"{path} is no prompt: expected front matter between --- lines, a system text, === user ===, a user text"
        )
        raise PromptError(message)
    front = yaml.safe_load(parts["front"])
    declared = frozenset(front.get("variables", ()))
    used = frozenset(_VARIABLE.findall(parts["system"] + parts["user"]))
    if declared != used:
        message = f"{path} declares {sorted(declared)} and uses {sorted(used)}; both have to be the same"
        raise PromptError(message)
    return Prompt(
        name=name,
        version=version,
        purpose=str(front.get("purpose", "")),
        sha256=hashlib.sha256(raw).hexdigest(),
        variables=declared,
        system=parts["system"].strip(),
        user=parts["user"].strip(),
    )


def _filled(text: str, variables: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda match: variables[match[1]], text)
