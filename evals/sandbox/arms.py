"""The configuration in force and a candidate's, ready to be run."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from assist.domain.business import Domain
from assist.errors import AssistError
from assist.wiring import Setup, live_setup, read_candidate, trial_of
from evals.errors import DataMissing
from evals.production import Analysis
from evals.sandbox.log import Configuration
from evals.sandbox.running import Arm


@dataclass(frozen=True, slots=True)
class Models:
    """How language models take part: as configured, not at all, from recorded replies, or recorded to a folder."""

    left_out: bool = False
    replay: Path | None = None
    record: Path | None = None


@dataclass(frozen=True, slots=True)
class Arranged:
    """The service under a setup."""

    setup: Setup
    models: Models
    name: str

    def __call__(self, extra: Mapping[str, Domain]) -> Analysis:
        """Return what the service under this setup runs."""
        setup = self.setup
        if self.models.left_out:
            setup = Setup(setup.settings.model_copy(update={"model": None}), setup.domains_over, setup.articles_over)
        named = bool(setup.settings.models)
        return trial_of(
            setup,
            extra=extra,
            replay=self._replies if named else None,
            record=self.models.record / self.name if self.models.record else None,
            learnt=f"learnt-for-sandbox/{self.name}",
        )

    @property
    def _replies(self) -> Path | None:
        """What an earlier sandbox run recorded for this side, else what the folder holds for all."""
        folder = self.models.replay
        return folder / self.name if folder and (folder / self.name).is_dir() else folder


class Arms(NamedTuple):
    """Both configurations."""

    live: Arm
    candidate: Arm


def arms(file: Path, models: Models | None = None) -> Arms:
    """Return the configuration in force and the candidate of a file; DataMissing names what of it cannot be used."""
    models = models or Models()
    live, other, name = setups(file)
    return Arms(
        Arm(described(live, "live"), Arranged(live, models, "live")),
        Arm(described(other, name, file), Arranged(other, models, "candidate")),
    )


def setups(file: Path) -> tuple[Setup, Setup, str]:
    """Return the setup in force, the candidate's, and the candidate's name."""
    try:
        live = live_setup()
        candidate = read_candidate(file)
        other = candidate.over(live)
        other.parts  # noqa: B018 -- reads every part, so that what cannot be used is said before anything runs
    except AssistError as exc:
        raise DataMissing(str(exc)) from exc
    return live, other, candidate.name


def described(setup: Setup, name: str, file: Path | None = None) -> Configuration:
    """Return what the log says of a setup."""
    where = str(file.resolve()) if file else None
    return Configuration(name=name, file=where, fingerprint=setup.fingerprint, parts=setup.parts)
