"""What teaches intents beyond a domain's own examples, by domain and intent label.

`lessons.yaml` in a domain's folder ships with it. What an organisation taught is kept in one file of the data folder.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from assist.catalogue.domain_folders import DomainFolder
from assist.domain.lessons import Lessons, joined
from assist.errors import ConfigurationError


def all_lessons(folders: Mapping[str, DomainFolder], taught: Lessons) -> Lessons:
    """Return what these folders bring, and after it what the organisation taught."""
    return joined({name: folder.lessons for name, folder in folders.items() if folder.lessons}, taught)


def read_lessons(file: Path) -> Lessons:
    """Return what was taught; nothing where nobody taught anything. ConfigurationError on a damaged file."""
    try:
        content = json.loads(file.read_text("utf-8"))
        return {domain: {label: tuple(texts) for label, texts in taught.items()} for domain, taught in content.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError) as exc:
        message = f"{file} is damaged ({exc}); delete it and run `assist train` again"
        raise ConfigurationError(message) from exc


def write_lessons(file: Path, lessons: Lessons) -> None:
    """Replace what was taught, all or nothing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    passing = file.with_suffix(".part")
    passing.write_text(json.dumps(lessons, indent=1, ensure_ascii=False), "utf-8")
    passing.replace(file)
