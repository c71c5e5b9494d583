"""Putting a setup into force: what `assist serve` reads at its next start.

A copy of everything the setup needs stands under `promoted/<fingerprint>` of the data folder, and `promoted.json` names the one in
force. So an edit of the candidate's files changes nothing that runs, and going back is naming another copy.
"""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from assist.catalogue import shipped_folder
from assist.errors import ConfigurationError
from assist.settings import Settings
from assist.wiring.setup import CHANGEABLE, Setup

_FOLDER: Final = "promoted"
_SETTINGS: Final = "settings.json"


def hindrances(setup: Setup) -> list[str]:
    """Return the environment variables that would win over this setup, each with what it is set to."""
    given = Settings()
    wanted: dict[str, Any] = {name: getattr(setup.settings, name) for name in ("model", *CHANGEABLE)}
    different = {name for name, value in wanted.items() if getattr(given, name) != value}
    different |= {"domains_dir"} if _own(setup) else set()
    different |= {"prompts_catalogue"} if setup.settings.prompts_catalogue else set()
    return [f"ASSIST_{name.upper()}={getattr(given, name)}" for name in sorted(different & given.model_fields_set)]


def keep_copy(setup: Setup) -> Path:
    """Copy what the setup needs below the data folder and return the copy's folder; it is whole or not there at all."""
    folder = setup.settings.data_dir / _FOLDER / setup.fingerprint
    passing = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(passing, ignore_errors=True)
    passing.mkdir(parents=True)
    below = Path(_FOLDER) / setup.fingerprint
    settings: dict[str, Any] = {name: getattr(setup.settings, name) for name in ("model", *CHANGEABLE)}
    if setup.settings.prompts_catalogue:
        shutil.copyfile(setup.settings.prompts_catalogue, passing / "catalogue.toml")
        settings["prompts_catalogue"] = str(below / "catalogue.toml")
    for name in _own(setup):
        target = passing / "domains" / name
        shutil.copytree(setup.folders[name].path, target)
        if name in setup.articles_over:
            shutil.rmtree(target / "articles", ignore_errors=True)
            shutil.copytree(setup.articles_over[name], target / "articles")
    if (passing / "domains").is_dir():
        settings["domains_dir"] = str(below / "domains")
    (passing / _SETTINGS).write_text(json.dumps(settings, indent=1), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    passing.replace(folder)
    return folder


def put_in_force(settings: Settings, fingerprint: str, *, promotion: str) -> bool:
    """Name a copy as the one in force from the next start on; `promotion` is the digest of the entry that records it.

    False where there is no copy, since that setup was never promoted: then the settings alone count again. ConfigurationError where
    the copy is damaged.
    """
    kept = settings.data_dir / _FOLDER / fingerprint / _SETTINGS
    if not kept.is_file():
        settings.promoted_file.unlink(missing_ok=True)
        return False
    try:
        wanted = json.loads(kept.read_text("utf-8"))
    except (OSError, ValueError) as exc:
        message = f"{kept} is damaged ({exc}); run the sandbox again and promote its log"
        raise ConfigurationError(message) from exc
    document = {"fingerprint": fingerprint, "promotion": promotion, "settings": wanted}
    passing = settings.promoted_file.with_suffix(".part")
    with passing.open("w", encoding="utf-8") as out:
        json.dump(document, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    passing.replace(settings.promoted_file)
    return True


def in_force(settings: Settings) -> Mapping[str, str]:
    """Return `fingerprint` and `promotion` of what was promoted last; nothing where the settings alone count."""
    if not settings.promoted():
        return {}
    found = json.loads(settings.promoted_file.read_text("utf-8"))
    return {name: str(found.get(name, "")) for name in ("fingerprint", "promotion")}


def _own(setup: Setup) -> list[str]:
    """The domains that are not as they ship."""
    shipped = shipped_folder()
    return [n for n, each in setup.folders.items() if each.path.parent != shipped or n in setup.articles_over]
