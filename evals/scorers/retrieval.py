"""Does the article that the human needs stand high among those shown?

Relevant are the labelled `articles`, or, where none are labelled, the article that the labelled intent's playbook names: fewer
than all that would help, so that the values err on the low side.
"""

from assist.analysis.case import Case
from evals.cases import LabelledCase
from evals.metrics import Amount, ranking
from evals.scorers.score import Mistake, Score, mistakes, unscored

MEASURES = ("article_hit_1", "article_hit_3", "article_hit_5", "article_reciprocal_rank", "article_ndcg_10")


def score_retrieval(case: LabelledCase, answer: Case) -> list[Score]:
    """Score the articles shown, best first."""
    relevant = relevant_articles(case, answer)
    if not relevant:
        return unscored(*MEASURES, why="no article is labelled, and no playbook names one for the intent")
    found = list(dict.fromkeys(hit.article_id for hit in answer.knowledge))
    values = ranking(found, relevant)
    missed = Mistake(
        kind="knowledge: the article needed is not shown", detail=f"needs {sorted(relevant)}, shows {found}"
    )
    scores = [Score(measure=name, records=(Amount(value=value),)) for name, value in zip(MEASURES, values, strict=True)]
    return [scores[0].model_copy(update={"mistakes": mistakes(None if values.hit_at_5 else missed)}), *scores[1:]]


def relevant_articles(case: LabelledCase, answer: Case) -> frozenset[str]:
    """Return the ids of the articles that the case needs; none where nobody said."""
    if case.labels.articles is not None:
        return frozenset(case.labels.articles)
    playbook = answer.domain.playbook(case.labels.intent or "")
    return frozenset([playbook.article] if playbook and playbook.article else [])
