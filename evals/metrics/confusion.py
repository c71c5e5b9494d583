"""What was taken for what."""

from collections import Counter
from collections.abc import Sequence

from evals.metrics.records import Pair


def confusion(records: Sequence[Pair], *, labels: Sequence[str] = ()) -> dict[str, dict[str, int]]:
    """Return counts by label and then by answer; `labels` come first and stand even where they never occur."""
    seen = Counter((pair.truth, pair.guess) for pair in records)
    others = {label for pair in records for label in (pair.truth, pair.guess)} - set(labels)
    names = [*labels, *sorted(others)]
    return {truth: {guess: seen[truth, guess] for guess in names} for truth in names}
