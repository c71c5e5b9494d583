"""Why a hit came up, told in the parts that its place is made of. Pure."""

from collections.abc import Mapping, Sequence

from knowledge.articles import ExplainedHit, SearchResult, Why
from knowledge.search.corpus import Corpus
from knowledge.search.ranking import ADVANCE, Match


def explained(
    result: SearchResult,
    matches: Sequence[Match],
    corpora: Sequence[Corpus],
    query: Sequence[str],
    *,
    given: Mapping[str, float],
    learnt: Mapping[str, float],
) -> SearchResult:
    """Return the result with a `why` for each hit; `given` and `learnt` are the advances from the playbook and from use."""
    by_passage = {(match.passage.metadata["article_id"], match.passage.text): match for match in matches}
    hits = []
    for hit in result.hits:
        match = by_passage[hit.article_id, hit.passage]
        words: Mapping[str, float] = {}
        for corpus in corpora:
            place = corpus.places.get(match.passage.passage_id)
            if place is not None and corpus.passages[place] is match.passage:
                words = corpus.words.matched(query, place)
        playbook, use = given.get(hit.article_id, 0.0), learnt.get(hit.article_id, 0.0)
        why = Why(
            similarity=round(match.near, 4),
            words={term: round(share, 3) for term, share in words.items()},
            from_use=round(use, 4),
            from_playbook=round(playbook, 4),
            advance=round(ADVANCE * max(playbook, use), 4),
        )
        hits.append(ExplainedHit(**dict(hit), why=why))
    return result.model_copy(update={"hits": tuple(hits)})
