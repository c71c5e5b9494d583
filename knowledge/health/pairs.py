"""Articles that say nearly the same, and sentences of two articles that contradict each other.

What is compared is found through the vector store's neighbours: a fixed number for each passage, so that the work grows
with the number of articles and not with its square.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Final

from knowledge.errors import EmbedderUnavailable
from knowledge.health.conflicts import Candidate, candidates, likeness
from knowledge.health.report import Conflict, Duplicate, Reference, Statement
from knowledge.health.sentences import Sentence, sentences
from knowledge.keywords import terms
from knowledge.ports import Embedder, Passage, VectorStore

NEIGHBOURS: Final = 8
"""How many neighbours of each passage are looked at."""

_NEAR: Final = 0.6
_NEARLY_SAME: Final = 0.97
_SHARED: Final = 0.6
_RUN: Final = 4
_OF_ONE_MAKE: Final = 2
_SERIES: Final = 3
_OF_A_PAIR: Final = 2
_BATCH: Final = 200

Moved = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is looked at most: pairs of passages, sentences whose meaning is compared, findings of each kind."""

    passages: int = 20_000
    sentences: int = 2_000
    findings: int = 200


@dataclass(slots=True)
class Compared:
    """What comparing found; `notes` say which bounds were reached."""

    duplicates: list[Duplicate] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def compared(
    store: VectorStore, collection: str, embedder: Embedder, *, bounds: Bounds | None = None, moved: Moved | None = None
) -> Compared:
    """Return what the articles of a collection say twice, or say differently. Blocking; `moved` is told the passages done."""
    bounds, result = bounds or Bounds(), Compared()
    passages = {entry.passage_id: entry for entry in store.entries(collection)}
    near = _near(store, collection, list(passages), moved or (lambda _: None))
    kept = sorted(near, key=lambda pair: (-near[pair], pair))
    if len(kept) > bounds.passages:
        result.notes.append(f"of {len(kept):,} pairs of like passages the {bounds.passages:,} nearest were compared")
        kept = kept[: bounds.passages]
    alike = [(passages[one], passages[other], near[one, other]) for one, other in kept]
    result.duplicates = _duplicates(alike, _by_article(passages.values()))[: bounds.findings]
    result.conflicts = _conflicts(alike, embedder, bounds, result.notes)
    return result


def _near(store: VectorStore, collection: str, ids: Sequence[str], moved: Moved) -> dict[tuple[str, str], float]:
    """Return the like pairs of passages of different articles, by id, each once."""
    found: dict[tuple[str, str], float] = {}
    stream = iter(ids)
    done = 0
    while batch := list(islice(stream, _BATCH)):
        for name, others in store.neighbours(collection, batch, limit=NEIGHBOURS).items():
            for other in others:
                if other.similarity >= _NEAR and _article(name) != _article(other.passage_id):
                    one, two = sorted((name, other.passage_id))
                    found[one, two] = max(found.get((one, two), -1.0), other.similarity)
        done += len(batch)
        moved(done)
    return found


def _duplicates(alike: Sequence[tuple[Passage, Passage, float]], bodies: Mapping[str, str]) -> list[Duplicate]:
    best: dict[tuple[str, str], tuple[float, Passage, Passage]] = {}
    for one, other, similarity in alike:
        pair = (_article(one.passage_id), _article(other.passage_id))
        if similarity > best.get(pair, (-1.0,))[0]:
            best[pair] = (similarity, one, other)

    @lru_cache(maxsize=4_096)
    def runs(article_id: str) -> frozenset[tuple[str, ...]]:
        words = [term for term in terms(bodies[article_id]) if " " not in term]
        return frozenset(tuple(words[at : at + _RUN]) for at in range(max(len(words) - _RUN + 1, 1)))

    found = []
    for (one_id, other_id), (similarity, one, other) in best.items():
        mine, theirs = runs(one_id), runs(other_id)
        shared = len(mine & theirs) / min(len(mine), len(theirs))
        if shared >= _SHARED or similarity >= _NEARLY_SAME:
            values = {"similarity": round(similarity, 3), "shared": round(shared, 3)}
            found.append(Duplicate(one=_reference(one), other=_reference(other), **values))
    return sorted(found, key=lambda each: (-each.shared, -each.similarity, each.one.article_id))


def _conflicts(
    alike: Sequence[tuple[Passage, Passage, float]],
    embedder: Embedder,
    bounds: Bounds,
    notes: list[str],
) -> list[Conflict]:
    @lru_cache(maxsize=4_096)
    def said(text: str) -> tuple[Sentence, ...]:
        return tuple(sentences(text))

    found: dict[tuple[str, str, str, str], tuple[Candidate, Passage, Passage]] = {}
    for one, other, _ in alike:
        if _are_siblings(one, other):
            continue
        are_two = _differ_in_title(one, other)
        for each in candidates(said(one.text), said(other.text)):
            if are_two and (each.one.is_label or each.other.is_label):
                continue
            key = (_article(one.passage_id), each.one.text, _article(other.passage_id), each.other.text)
            found.setdefault(key, (each, one, other))
    ordered = sorted(found.values(), key=lambda each: (-each[0].shared, each[1].passage_id, each[2].passage_id))
    meaning = _meaning([candidate for candidate, _, _ in ordered], embedder, bounds, notes)
    conflicts = [
        Conflict(kind=candidate.kind, one=_statement(one, candidate.one), other=_statement(other, candidate.other), likeness=like)
        for (candidate, one, other), alike_by in zip(ordered, meaning, strict=True)
        if (like := likeness(candidate, alike_by)) is not None
    ]  # fmt: skip
    times = Counter(map(_pair, conflicts))
    # Two articles that differ in many sentences are of a series, such as a price list for each product: they come last.
    conflicts.sort(key=lambda each: (times[_pair(each)] > _SERIES, -each.likeness, _pair(each), each.one.text))
    shown: Counter[tuple[str, str]] = Counter()
    kept: list[Conflict] = []
    for conflict in conflicts:
        shown[_pair(conflict)] += 1
        if shown[_pair(conflict)] <= _OF_A_PAIR:
            kept.append(conflict)
    if len(kept) > bounds.findings:
        notes.append(f"of {len(kept):,} contradictions the {bounds.findings:,} clearest are shown")
    return kept[: bounds.findings]


def _meaning(pairs: Sequence[Candidate], embedder: Embedder, bounds: Bounds, notes: list[str]) -> list[float]:
    """Return the cosine similarity of each pair, masked; 0 beyond the bound, and without a model."""
    texts: dict[str, int] = {}
    for pair in pairs:
        for text in (pair.one.masked, pair.other.masked):
            if len(texts) < bounds.sentences:
                texts.setdefault(text, len(texts))
    if not texts:
        return [0.0] * len(pairs)
    try:
        rows = embedder.embed(list(texts))
    except EmbedderUnavailable:
        notes.append("sentences were compared by their words alone, since the embedding model does not load")
        return [0.0] * len(pairs)
    if len(texts) == bounds.sentences:
        notes.append(f"the meaning of {bounds.sentences:,} sentences was compared; of the rest, the words alone")
    places = [(texts.get(pair.one.masked), texts.get(pair.other.masked)) for pair in pairs]
    return [0.0 if a is None or b is None else float(rows[a] @ rows[b]) for a, b in places]


def _pair(conflict: Conflict) -> tuple[str, str]:
    return conflict.one.article.article_id, conflict.other.article.article_id


def _are_siblings(one: Passage, other: Passage) -> bool:
    """Are both of one make, for two things, as "Gold account: limits" and "Silver account: limits" are?

    Their numbers differ on purpose. Titles that differ in a year or a number alone are of one thing.
    """
    mine, theirs = _title_words(one), _title_words(other)
    shared = mine & theirs
    return mine != theirs and len(shared) >= _OF_ONE_MAKE and 2 * len(shared) >= len(mine | theirs)


def _differ_in_title(one: Passage, other: Passage) -> bool:
    """Has each title a word that the other lacks? Then a bare entry in each, such as a fee, is of two things."""
    mine, theirs = _title_words(one), _title_words(other)
    return bool(mine - theirs and theirs - mine)


def _title_words(passage: Passage) -> set[str]:
    return {term for term in terms(str(passage.metadata["title"])) if term.isalpha()}


def _by_article(passages: Iterable[Passage]) -> Mapping[str, str]:
    texts: dict[str, list[str]] = {}
    for passage in passages:
        texts.setdefault(_article(passage.passage_id), []).append(passage.text)
    return {article_id: "\n".join(parts) for article_id, parts in texts.items()}


def _article(passage_id: str) -> str:
    return passage_id.rpartition("#")[0]


def _reference(passage: Passage) -> Reference:
    about = passage.metadata
    return Reference(article_id=str(about["article_id"]), version=int(about["version"]), title=str(about["title"]))


def _statement(passage: Passage, sentence: Sentence) -> Statement:
    return Statement(article=_reference(passage), text=sentence.text)
