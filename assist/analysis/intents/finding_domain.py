"""Which line of business a conversation belongs to, where the caller does not say."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Final, Self

import numpy as np

from assist.analysis.case import Vectors
from assist.analysis.learning.classifier import TextClassifier, train
from assist.analysis.learning.exemplars import shipped_examples
from assist.domain.business import Domain
from assist.domain.transcript import RedactedTranscript, Role
from knowledge.ports import Embedder

_BOT_SHARE: Final = 0.5
_TOOL_SHARE: Final = 0.5


class DomainFinder:
    """Names the domain that a conversation fits best; the first of `domains` where nothing tells them apart."""

    def __init__(self, domains: Mapping[str, Domain], classifier: TextClassifier | None) -> None:
        self._names = tuple(domains)
        self._classifier = classifier
        self._tools = {name: _tool_patterns(domain) for name, domain in domains.items()}

    @classmethod
    def taught(cls, domains: Mapping[str, Domain], embedder: Embedder) -> Self:
        """Return a finder taught by what the domains say of their intents."""
        if not domains:
            message = "no domain is configured; at least one is needed to find the domain of a conversation"
            raise ValueError(message)
        texts = {name: _own_texts(domain) for name, domain in domains.items()}
        taught = {name: own for name, own in texts.items() if own}
        talk = [text for group in shipped_examples("talk").values() for text in group]
        return cls(domains, train(taught, embedder, talk=talk) if taught else None)

    def __call__(self, transcript: RedactedTranscript, vectors: Vectors) -> str:
        """Return the domain's name; `vectors` has one row per turn."""
        scores = dict.fromkeys(self._names, 0.0)
        if self._classifier is not None and len(vectors):
            shares = self._classifier.judge(vectors).probabilities
            for index, turn in enumerate(transcript.turns):
                weight = {Role.CUSTOMER: 1.0, Role.BOT: _BOT_SHARE, Role.AGENT: _BOT_SHARE}.get(turn.role, 0.0)
                for column, name in enumerate(self._classifier.labels):
                    scores[name] += weight * float(shares[index, column])
        for _, turn in transcript.of(Role.TOOL):
            called = turn.tool.name if turn.tool else None
            owners = [name for name, tools in self._tools.items() if called and _any_matches(called, tools)]
            for name in owners:
                scores[name] += _TOOL_SHARE / len(owners)
        return self._names[int(np.argmax([scores[name] for name in self._names]))]


def _own_texts(domain: Domain) -> list[str]:
    return [text for intent in domain.intents for text in (intent.name, intent.description, *intent.utterances) if text]


def _tool_patterns(domain: Domain) -> tuple[str, ...]:
    named = [pattern for step in domain.steps for pattern in step.tools]
    named += [pattern for method in domain.verification for pattern in method.tools]
    return tuple(dict.fromkeys(named))


def _any_matches(tool: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(tool, pattern) for pattern in patterns)
