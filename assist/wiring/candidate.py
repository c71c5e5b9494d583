"""A configuration on trial: a YAML file that says in what it differs from the one in force. Strict, since a typo must not pass."""

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import Field, ValidationError

from assist.catalogue import line_of
from assist.domain.frozen import Strict
from assist.errors import ConfigurationError
from assist.wiring.setup import Setup


class CandidateSettings(Strict):
    """Settings that decide what stands in a packet, named as in docs/settings.md; those left out stay as they are."""

    agent_language: str | None = None
    embedding_model: str | None = None
    model_deadline: float | None = Field(default=None, gt=0)
    model_max_tokens: int | None = Field(default=None, ge=100)
    model_summary_only: bool | None = None
    model_window: int | None = Field(default=None, ge=500)


class Candidate(Strict):
    """In what a configuration differs; what is left out stays as it is. Paths are relative to the file.

    `domains` is a folder of domain folders (intents, rules, playbooks, rights) that stand over those of the same name; `articles` names a
    folder for each domain whose articles it replaces; `prompts` is a catalogue of prompts, which says the version of each; `model`
    names language models as ASSIST_MODEL does, null for the rules alone.
    """

    name: str = Field(min_length=1)
    domains: Path | None = None
    articles: Mapping[str, Path] = Field(default_factory=dict)
    prompts: Path | None = None
    model: str | None = None
    settings: CandidateSettings = Field(default_factory=CandidateSettings)

    def over(self, setup: Setup) -> Setup:
        """Return the setup with these differences; ConfigurationError where a part cannot be used."""
        settings: dict[str, Any] = self.settings.model_dump(exclude_none=True)
        if "model" in self.model_fields_set:
            settings["model"] = self.model
        if self.prompts is not None:
            settings["prompts_catalogue"] = self.prompts
        return setup.changed(domains=self.domains, articles=self.articles, settings=settings)


_PLACES: Final[Mapping[tuple[str | int, ...], type[Strict]]] = {(): Candidate, ("settings",): CandidateSettings}


def read_candidate(path: Path) -> Candidate:
    """Return the candidate of a file; ConfigurationError names file, line and place, and says what was expected."""
    try:
        text = path.read_text("utf-8")
        found = Candidate.model_validate(yaml.safe_load(text))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as exc:
        message = f"{path} cannot be read as YAML: {exc}"
        raise ConfigurationError(message) from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        raise _wrong(path, text, first["loc"], _said(first)) from exc
    return found.model_copy(
        update={
            "domains": _there(path, text, ("domains",), found.domains, folder=True),
            "prompts": _there(path, text, ("prompts",), found.prompts, folder=False),
            "articles": {
                name: _there(path, text, ("articles", name), each, folder=True) for name, each in found.articles.items()
            },
        }
    )


def _said(error: Mapping[str, Any]) -> str:
    place = tuple(error["loc"])
    if error["type"] == "extra_forbidden":
        known = sorted(_PLACES[place[:-1]].model_fields) if place[:-1] in _PLACES else []
        near = difflib.get_close_matches(str(place[-1]), known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
        return f"{place[-1]!r} is not known; {hint}"
    if error["type"] == "missing":
        return f"{place[-1]!r} is missing; give the candidate a {place[-1]}"
    return f"{error['msg']} (got {error['input']!r:.60})"


def _there(path: Path, text: str, place: Sequence[str], given: Path | None, *, folder: bool) -> Path | None:
    if given is None:
        return None
    found = path.resolve().parent / given
    if not (found.is_dir() if folder else found.is_file()):
        raise _wrong(
            path, text, place, f"{found} is not a {'folder' if folder else 'file'}; paths are relative to {path.name}"
        )
    return found


def _wrong(path: Path, text: str, place: Sequence[str | int], why: str) -> ConfigurationError:
    where = ".".join(map(str, place)) or "the top"
    return ConfigurationError(f"{path}, line {line_of(text, place)}, at {where}: {why}")
