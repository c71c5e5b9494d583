"""A folder per line of business: `domain.yaml`, and if wanted `lessons.yaml`, `articles/` and `samples/`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, Field, RootModel, ValidationError

from assist.actions import playbook_faults
from assist.analysis.escalating import policy_faults, rule_faults
from assist.catalogue.places import line_of
from assist.domain.business import Domain, EscalationRule
from assist.domain.frozen import Strict
from assist.errors import DomainInvalid

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class DomainFolder:
    """A domain, more utterances for its intents by label, and where its files stand."""

    domain: Domain
    path: Path
    lessons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def articles(self) -> Path:
        """The folder of its knowledge articles; it may be absent."""
        return self.path / "articles"

    @property
    def samples(self) -> tuple[Path, ...]:
        """Its sample transcripts, by name."""
        return tuple(sorted((self.path / "samples").glob("*.json")))


def shipped_folder() -> Path:
    """Return the folder of the domains that ship with the service."""
    return Path(__file__).parent.parent / "domains"


def read_domains(*roots: Path) -> dict[str, DomainFolder]:
    """Return the domains under these folders by name; a later root replaces a domain of an earlier one.

    DomainInvalid names the file, the place in it and what was expected; nothing is half read.
    """
    found: dict[str, DomainFolder] = {}
    for root in roots:
        if not root.is_dir():
            message = f"{root} is not a folder; ASSIST_DOMAINS_DIR must name a folder that holds one folder per domain"
            raise DomainInvalid(message)
        for path in sorted(root.glob("*/domain.yaml")):
            domain = read_domain(path)
            folder = DomainFolder(domain, path.parent, _lessons(path.with_name("lessons.yaml"), domain))
            if folder.domain.name != path.parent.name:
                message = f"{path}: name is {folder.domain.name!r}, but the folder is {path.parent.name!r}; make them the same"
                raise DomainInvalid(message)
            found[folder.domain.name] = folder
    if not found:
        message = f"no domain.yaml found under {', '.join(map(str, roots))}; add a folder such as retail/domain.yaml"
        raise DomainInvalid(message)
    return found


def read_domain(path: Path) -> Domain:
    """Return the domain in a file; DomainInvalid names file, line and place, and says what was expected."""
    domain = _parsed(path, Domain)
    for fault in (*policy_faults(domain), *playbook_faults(domain)):
        raise _invalid(path, path.read_text("utf-8"), fault.place, fault.text)
    return domain


class _Utterances(RootModel[dict[str, tuple[str, ...]]]):
    """Utterances by intent label."""


def _lessons(path: Path, domain: Domain) -> Mapping[str, tuple[str, ...]]:
    """Return what a file beside the domain's adds to its utterances; nothing where there is no such file."""
    if not path.exists():
        return {}
    lessons = _parsed(path, _Utterances).root
    for label in lessons:
        if domain.intent(label) is None:
            known = ", ".join(intent.label for intent in domain.intents) or "none"
            why = f"domain {domain.name!r} has no intent {label!r}; it has {known}"
            raise _invalid(path, path.read_text("utf-8"), (label,), why)
    return lessons


def _parsed(path: Path, shape: type[Shape]) -> Shape:
    try:
        text = path.read_text("utf-8")
        # The C loader is ten times quicker where PyYAML was built with it.
        content = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- both are safe loaders
        return shape.model_validate(content)
    except OSError as exc:
        message = f"{path} cannot be read: {exc.strerror}"
        raise DomainInvalid(message) from exc
    except yaml.YAMLError as exc:
        message = f"{path} is not valid YAML: {exc}"
        raise DomainInvalid(message) from exc
    except UnicodeDecodeError as exc:
        message = f"{path} is not UTF-8 text: {exc}; save it as UTF-8"
        raise DomainInvalid(message) from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        raise _invalid(path, text, first["loc"], f"{first['msg']} (got {first['input']!r:.80})") from exc


class _Candidate(Strict):
    """Rules that are not in force."""

    escalation: tuple[EscalationRule, ...] = Field(min_length=1)


def read_rules(path: Path) -> tuple[EscalationRule, ...]:
    """Return the rules under `escalation` of a file that has nothing else; DomainInvalid as for a domain."""
    candidate = _parsed(path, _Candidate)
    for fault in rule_faults(candidate.escalation):
        raise _invalid(path, path.read_text("utf-8"), fault.place, fault.text)
    return candidate.escalation


def _invalid(path: Path, text: str, place: Sequence[str | int], why: str) -> DomainInvalid:
    where = ".".join(map(str, place)) or "the top"
    return DomainInvalid(f"{path}, line {line_of(text, place)}, at {where}: {why}")
