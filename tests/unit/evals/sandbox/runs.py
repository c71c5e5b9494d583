"""Sandbox runs of stubs in place of the service."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from assist.analysis.case import Case
from assist.domain.business import Domain
from assist.domain.findings import Fact, Intent, Verification, VerificationStatus
from assist.domain.transcript import Role, Transcript, Turn
from evals.cases import Dataset, LabelledCase
from evals.sandbox import Arm, Configuration, Plan, SandboxLog, sandbox
from tests.unit.evals.answers import a_case
from tests.unit.evals.stub_production import StubAnalysis, StubProduction


@dataclass
class OtherAnalysis(StubAnalysis):
    """Takes "parcel" for "refund", calls everybody verified where told so, and breaks on "hard"."""

    verifies: bool = False

    def analyse(
        self, transcript: Transcript, *, domain: str | None = None, only: Collection[str] | None = None
    ) -> Case:
        """Return the stub's answer, changed."""
        found = super().analyse(transcript, domain=domain, only=only)
        if found.intent.label == "hard":
            message = "too hard"
            raise ValueError(message)
        if found.intent.label == "parcel":
            found = found.having(
                intent=Intent(label="refund", confidence=0.9), facts=(Fact(name="a", value="b", turns=(0,)),)
            )
        return found.having(verification=Verification(status=VerificationStatus.VERIFIED)) if self.verifies else found


@dataclass
class OtherProduction:
    """Builds the changed stub."""

    verifies: bool = False

    def __call__(self, extra: Mapping[str, Domain]) -> OtherAnalysis:
        """Return the changed stub over these domains."""
        return OtherAnalysis(domains=extra, verifies=self.verifies)


LIVE = Configuration(name="live", fingerprint="1" * 64, parts={"model": "none", "domain retail": "one"})
CANDIDATE = Configuration(
    name="trial", file="trial.yaml", fingerprint="2" * 64, parts={"model": "none", "domain retail": "two"}
)
WORDS = ("parcel", "refund", "address")


def dataset(*words: str, labelled: bool = True) -> Dataset:
    """Return one conversation a word, labelled with that word and as not verified."""
    cases: list[LabelledCase] = []
    for number, word in enumerate(words):
        said = Turn(role=Role.CUSTOMER, text=f"It is about my {word}")
        labels = {"intent": word, "verification": {"status": "not_attempted"}} if labelled else {}
        cases.append(a_case(said, case_id=f"c{number}", **labels))
    return Dataset(name="talks", cases=tuple(cases))


def a_run(
    path: Path,
    data: Dataset | None = None,
    *,
    live: Configuration = LIVE,
    candidate: Configuration = CANDIDATE,
    verifies: bool = False,
    models: bool = True,
    resume: bool = False,
) -> SandboxLog:
    """Return the log of a run of both stubs."""
    plan = Plan(
        data or dataset(*WORDS),
        Arm(live, StubProduction()),
        Arm(candidate, OtherProduction(verifies)),
        models=models,
    )
    return sandbox(plan, path, resume=resume)
