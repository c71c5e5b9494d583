"""What customers needed and no article answered: handoffs in clusters, named in the customers' own words."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from knowledge.health.report import Example, Gap
from knowledge.keywords import terms
from knowledge.ports import Embedder, Vectors

FARTHEST: Final = 0.55
"""Mean cosine distance at which two clusters are no longer joined."""

_EXAMPLES: Final = 3
_MOST_WORDS: Final = 5
_TOO_FEW: Final = 0.4
"""A word that a smaller share of the members has speaks against a title."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Need:
    """What a customer needed in a handoff that no article answered, in the customer's words, masked."""

    handoff_id: str
    turn: int
    text: str
    intent: str


def gaps(needs: Sequence[Need], embedder: Embedder, *, farthest: float = FARTHEST) -> tuple[Gap, ...]:
    """Return the needs in clusters, the largest first. Blocking; the memory it takes grows with the square of their number."""
    if not needs:
        return ()
    groups = _grouped(embedder.embed([need.text for need in needs]), farthest)
    everywhere = Counter(term for need in needs for term in set(terms(need.text)))
    found = []
    for places, nearest in groups:
        members = [needs[at] for at in places]
        found.append(
            Gap(
                title=_title(members, everywhere, len(needs)),
                size=len(members),
                intents=dict(Counter(need.intent for need in members).most_common()),
                examples=tuple(
                    Example(handoff_id=needs[at].handoff_id, turn=needs[at].turn, text=needs[at].text)
                    for at in nearest[:_EXAMPLES]
                ),
            )
        )
    return tuple(sorted(found, key=lambda gap: (-gap.size, gap.title)))


def _grouped(rows: Vectors, farthest: float) -> list[tuple[list[int], list[int]]]:
    """Return each cluster's places, and the same by nearness to its middle."""
    from sklearn.cluster import AgglomerativeClustering  # noqa: PLC0415 -- a second of imports; only the report needs it

    labels = np.zeros(len(rows), dtype=np.int64)
    if len(rows) > 1:
        clusters = AgglomerativeClustering(
            n_clusters=None, metric="cosine", linkage="average", distance_threshold=farthest
        )
        labels = clusters.fit_predict(np.asarray(rows, dtype=np.float64))
    found = []
    for label in range(int(labels.max()) + 1):
        places = np.flatnonzero(labels == label)
        near = rows[places] @ rows[places].mean(axis=0)
        ordered = places[np.argsort(-near, kind="stable")]
        found.append(([int(at) for at in places], [int(at) for at in ordered]))
    return found


def _title(members: Sequence[Need], everywhere: Counter[str], total: int) -> str:
    """Return the run of words, as some member said it, of which most is shared by the members and rare among others."""
    held = Counter(term for need in members for term in set(terms(need.text)))

    def weight(phrase: str) -> tuple[float, str]:
        words = {term for term in terms(phrase) if " " not in term and held[term]}
        shares = [(held[term] / len(members) - _TOO_FEW) * np.log1p(total / everywhere[term]) for term in words]
        return float(sum(shares)), phrase

    phrases = [phrase for need in members for phrase in _phrases(need.text)]
    best = max(phrases, key=weight) if phrases else members[0].text[:60]
    return best[:1].upper() + best[1:] if phrases else best


def _phrases(text: str) -> list[str]:
    """Return the runs of two to five words that begin and end with a word that carries meaning."""
    found: list[str] = []
    for sentence in re.split(r"[.!?\n,;:()\[\]\"“”]+", text):
        words = _WORD.findall(sentence)
        carries = [bool(terms(word)) and not word.isdigit() for word in words]
        for start in range(len(words)):
            ends = range(start + 2, min(start + _MOST_WORDS, len(words)) + 1) if carries[start] else ()
            found += [" ".join(words[start:end]) for end in ends if carries[end - 1]]
    return found
