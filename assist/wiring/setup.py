"""A configuration as far as packets depend on it: the one in force, and candidates that differ from it in some parts."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from assist.catalogue import DomainFolder, read_domains, read_lessons, shipped_folder
from assist.domain.business import Domain
from assist.errors import ConfigurationError, SettingsInvalid
from assist.settings import Settings
from assist.wiring.briefing import read_prompts
from knowledge import Article
from knowledge.loaders.files import FileLoader
from prompts import locked
from prompts.template import FOLDER as PROMPTS

CHANGEABLE: Final = (
    "agent_language",
    "embedding_model",
    "model_deadline",
    "model_max_tokens",
    "model_summary_only",
    "model_window",
)
"""Settings that decide what stands in a packet, beside the domains, the prompts and the language model."""


@dataclass(frozen=True)
class Setup:
    """Settings, domain folders and articles.

    `domains_over` is a folder of domain folders that stand over those of the settings, `articles_over` names folders of articles that
    replace those of a domain.
    """

    settings: Settings
    domains_over: Path | None = None
    articles_over: Mapping[str, Path] = field(default_factory=dict)

    @cached_property
    def folders(self) -> dict[str, DomainFolder]:
        """The domain folders by name; DomainInvalid where one cannot be used."""
        more = [each for each in (self.settings.domains_dir, self.domains_over) if each]
        return read_domains(shipped_folder(), *more)

    @property
    def domains(self) -> dict[str, Domain]:
        """The domains by name."""
        return {name: folder.domain for name, folder in self.folders.items()}

    @cached_property
    def articles(self) -> dict[str, list[Article]]:
        """The articles of each domain; ConfigurationError where articles are named for a domain that is not there."""
        unknown = sorted(self.articles_over.keys() - self.folders.keys())
        if unknown:
            message = f"articles are given for {unknown[0]!r}, which is no domain; there are {', '.join(sorted(self.folders))}"
            raise ConfigurationError(message)
        return {
            name: _read(self.articles_over.get(name, folder.articles), name) for name, folder in self.folders.items()
        }

    def changed(
        self,
        *,
        domains: Path | None = None,
        articles: Mapping[str, Path] | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> "Setup":
        """Return a setup that differs in these parts; SettingsInvalid for a value that cannot be."""
        try:
            made = Settings(**{**self.settings.model_dump(), **(settings or {})})
        except ValidationError as exc:
            first = exc.errors()[0]
            message = f"{'.'.join(map(str, first['loc']))} = {first['input']!r} cannot be used: {first['msg']}"
            raise SettingsInvalid(message) from exc
        return Setup(made, domains_over=domains, articles_over=dict(articles or {}))

    @cached_property
    def parts(self) -> dict[str, str]:
        """A digest of each part, by which two setups know in what they differ. Where files stand makes no difference."""
        settings = self.settings
        catalogue = settings.prompts_catalogue or PROMPTS / "catalogue.toml"
        read_prompts(settings.prompts_catalogue)
        found = {"model": ", ".join(settings.models) or "none"}
        found |= {name: str(getattr(settings, name)) for name in CHANGEABLE}
        found["prompts"] = _digest(catalogue.read_text("utf-8"), json.dumps(locked(), sort_keys=True))
        found["lessons"] = _digest(json.dumps(read_lessons(settings.lessons_file), sort_keys=True))
        for name, folder in sorted(self.folders.items()):
            lessons = json.dumps(dict(folder.lessons), sort_keys=True)
            found[f"domain {name}"] = _digest(folder.domain.model_dump_json(), lessons)
            found[f"articles {name}"] = digest_of(self.articles[name])
        return found

    @property
    def fingerprint(self) -> str:
        """A SHA-256 over all parts."""
        return hashlib.sha256(json.dumps(self.parts, sort_keys=True).encode()).hexdigest()


def live_setup() -> Setup:
    """Return the setup that `assist serve` would start with now."""
    return Setup(Settings.read())


def digest_of(articles: Collection[Article]) -> str:
    """Say how many articles there are, and a digest by which two runs know that they had the same."""
    digest = hashlib.sha256()
    for article in sorted(articles, key=lambda each: each.article_id):
        digest.update(f"{article.article_id}\n{article.title}\n{article.body}\n".encode())
    return f"{len(articles)} articles, {digest.hexdigest()[:16]}"


def _digest(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def _read(folder: Path, domain: str) -> list[Article]:
    if not folder.is_dir():
        return []
    return [each for each in FileLoader().read([folder], domain=domain) if isinstance(each, Article)]
