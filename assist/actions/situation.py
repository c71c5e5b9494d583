"""What an action is judged from: the findings so far. `assist.analysis.case.Case` is one."""

from typing import Protocol

from assist.domain.business import Domain
from assist.domain.findings import Fact, Intent, Step, Verification
from assist.domain.packet import KnowledgeHit
from assist.domain.transcript import RedactedTranscript, Turn
from knowledge import Vectors


class Situation(Protocol):
    """The domain, the masked transcript, and what earlier stages found in it."""

    @property
    def domain(self) -> Domain:
        """The line of business with its playbooks and rights."""
        ...

    @property
    def transcript(self) -> RedactedTranscript:
        """The masked conversation."""
        ...

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The masked turns."""
        ...

    @property
    def vectors(self) -> Vectors:
        """One unit row per turn; rows of turns that nobody spoke are zero."""
        ...

    @property
    def tenant(self) -> str:
        """Whose conversation it is."""
        ...

    @property
    def language(self) -> str:
        """The customer's language, BCP-47."""
        ...

    @property
    def intent(self) -> Intent:
        """What the customer wants."""
        ...

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The values picked up so far."""
        ...

    @property
    def verification(self) -> Verification:
        """What is proven about who the customer is."""
        ...

    @property
    def steps_tried(self) -> tuple[Step, ...]:
        """What has been done already."""
        ...

    @property
    def knowledge(self) -> tuple[KnowledgeHit, ...]:
        """The articles retrieved."""
        ...

    @property
    def nothing_relevant(self) -> bool:
        """Whether none of the articles is good enough to answer from."""
        ...
