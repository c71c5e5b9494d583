"""Which intent a back-end call speaks for, by the domain's playbooks and by the words of the tool's name."""

import re
from collections import Counter
from fnmatch import fnmatchcase

import numpy as np
from numpy.typing import NDArray

from assist.domain.business import Domain
from assist.domain.transcript import ToolCall

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_READING = frozenset(
    ("get", "find", "search", "list", "check", "query", "read", "fetch", "retrieve", "lookup", "look", "show")
)
_SAME = {
    "change": "modify",
    "update": "modify",
    "edit": "modify",
    "set": "modify",
    "reserve": "book",
    "swap": "exchange",
    "replace": "exchange",
    "abort": "cancel",
}
_READING_SHARE = 0.4
_MATCH_NEEDED = 0.5


def _words(name: str) -> frozenset[str]:
    spoken = (word.lower() for word in _WORD.findall(name))
    stems = (word[:-1] if word.endswith("s") and len(word) > 3 else word for word in spoken)  # noqa: PLR2004 -- "gas"
    return frozenset(_SAME.get(word, word) for word in stems)


class ToolSigns:
    """Says how strongly a tool's name speaks for each of `labels`, from 0 to 1."""

    def __init__(self, domain: Domain, labels: tuple[str, ...]) -> None:
        self._labels = labels
        self._patterns: dict[str, set[str]] = {}
        for playbook in domain.playbooks:
            for action in playbook.actions:
                for pattern in action.done_by:
                    self._patterns.setdefault(pattern, set()).add(playbook.intent)
        self._words = [_words(label) for label in labels]
        counts = Counter(word for words in self._words for word in words)
        self._rarity = {word: 1.0 / count for word, count in counts.items()}
        self._known: dict[str, NDArray[np.float32]] = {}

    def of(self, tool: ToolCall | None) -> NDArray[np.float32]:
        """Return one number per label; all zero where the call says nothing of the wish."""
        if tool is None or not tool.name:
            return np.zeros(len(self._labels), np.float32)
        if tool.name not in self._known:
            self._known[tool.name] = self._sign(tool.name)
        return self._known[tool.name]

    def _sign(self, name: str) -> NDArray[np.float32]:
        named = self._by_words(name)
        listed = self._by_playbook(name)
        sign = np.maximum(named, listed)
        if sign.sum() > 1:
            sign = sign / sign.sum()
        return sign.astype(np.float32)

    def _by_playbook(self, name: str) -> NDArray[np.float64]:
        """A tool that one playbook names tells much, one that all of them name tells nothing."""
        intents = {
            intent for pattern, owners in self._patterns.items() if fnmatchcase(name, pattern) for intent in owners
        }
        share = 1.0 / len(intents) if intents else 0.0
        return np.array([share if label in intents else 0.0 for label in self._labels])

    def _by_words(self, name: str) -> NDArray[np.float64]:
        words = _words(name)
        share = _READING_SHARE if words & _READING else 1.0
        sign = np.zeros(len(self._labels))
        for index, own in enumerate(self._words):
            if own == words:
                sign[index] = 1.0
            elif own:
                total = sum(self._rarity[word] for word in own)
                match = sum(self._rarity[word] for word in own & words) / total
                sign[index] = share * match if match >= _MATCH_NEEDED else 0.0
        best = sign.max(initial=0.0)
        return np.where(sign >= best, sign, 0.0)
