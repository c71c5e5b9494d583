"""What a packet took: milliseconds, tokens, money."""

from assist.analysis.pipeline import Reading
from evals.metrics import Amount
from evals.scorers.score import Score, unscored


def score_effort(reading: Reading) -> list[Score]:
    """Score the time of the stages, and tokens and cost where a model was asked; all its fields carry the same stamp."""
    sources = reading.provenance.values()
    rules = sum(source.ms for source in sources if source.prompt is None)
    asked = [source for source in sources if source.prompt is not None]
    scores = [Score(measure="latency_ms", records=(Amount(value=rules + max((s.ms for s in asked), default=0.0)),))]
    if not asked:
        return [*scores, *unscored("tokens", "cost", why="no model was asked")]
    tokens = max(source.tokens_in + source.tokens_out for source in asked)
    scores.append(Score(measure="tokens", records=(Amount(value=tokens),)))
    costs = [source.cost for source in asked if source.cost is not None]
    if not costs:
        return [*scores, *unscored("cost", why="the model's price is not known")]
    return [*scores, Score(measure="cost", records=(Amount(value=max(costs)),))]
