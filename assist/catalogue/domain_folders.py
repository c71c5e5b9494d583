"""A folder per line of business: `domain.yaml`, `articles/` and, for demonstration, `samples/`."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from assist.analysis.triggers import rule_faults
from assist.domain.business import Domain
from assist.errors import DomainInvalid


@dataclass(frozen=True, slots=True)
class DomainFolder:
    """A domain and where its files stand."""

    domain: Domain
    path: Path

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
            folder = DomainFolder(_read(path), path.parent)
            if folder.domain.name != path.parent.name:
                message = f"{path}: name is {folder.domain.name!r}, but the folder is {path.parent.name!r}; make them the same"
                raise DomainInvalid(message)
            if faults := rule_faults(folder.domain.escalation):
                message = f"{path}, at escalation: {faults[0]}"
                raise DomainInvalid(message)
            found[folder.domain.name] = folder
    if not found:
        message = f"no domain.yaml found under {', '.join(map(str, roots))}; add a folder such as retail/domain.yaml"
        raise DomainInvalid(message)
    return found


def _read(path: Path) -> Domain:
    try:
        # The C loader is ten times quicker where PyYAML was built with it.
        content = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- both are safe loaders
        return Domain.model_validate(content)
    except yaml.YAMLError as exc:
        message = f"{path} is not valid YAML: {exc}"
        raise DomainInvalid(message) from exc
    except UnicodeDecodeError as exc:
        message = f"{path} is not UTF-8 text: {exc}; save it as UTF-8"
        raise DomainInvalid(message) from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the top"
        message = f"{path}, at {place}: {first['msg']} (got {first['input']!r:.80})"
        raise DomainInvalid(message) from exc
