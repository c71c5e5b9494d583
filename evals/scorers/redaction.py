"""Is personal data found, and nothing else taken for it? The answer here is the spans of one text.

Labelled spans are found when found spans of any kind cover their letters and digits (leaving out is what leaks; a wrong
name for the kind does not). A found span is right when it overlaps a labelled one; found kinds that a set does not
label are not held against it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assist.redaction import SECRETS, Kind, Span
from evals.cases import LabelledCase, SpanLabel
from evals.metrics import Counts
from evals.scorers.score import Mistake, Score, Scorer, unscored

_COVERED = 0.9  # of the letters and digits of a labelled span


def redaction_scorer(kinds: Mapping[str, Kind], *, labelled: Collection[Kind]) -> Scorer:
    """Return a scorer for a set whose span types map to ours by `kinds`; `labelled` are the kinds that it labels fully.

    It scores secrets and the rest as groups, and each kind by itself.
    """

    def score(case: LabelledCase, found: Sequence[Span]) -> list[Score]:
        if case.labels.spans is None:
            return unscored("redaction_secrets", "redaction_rest")
        comparison = _Comparison(case.turns[0].text, case.labels.spans, kinds, found, labelled)
        rest = frozenset(Kind) - SECRETS
        groups = [
            comparison.score("redaction_secrets", SECRETS, telling=True),
            comparison.score("redaction_rest", rest, telling=True),
        ]
        return [*groups, *(comparison.score(f"redaction_{kind.value}", {kind}) for kind in comparison.present())]

    return score


@dataclass(frozen=True, slots=True)
class _Comparison:
    text: str
    labels: Sequence[SpanLabel]
    kinds: Mapping[str, Kind]
    found: Sequence[Span]
    labelled: Collection[Kind]

    def present(self) -> list[Kind]:
        wanted = {self.kinds[label.type] for label in self.labels if label.type in self.kinds}
        return sorted(wanted | {span.type for span in self.found if span.type in self.labelled})

    def score(self, measure: str, group: Collection[Kind], *, telling: bool = False) -> Score:
        wanted = [label for label in self.labels if self.kinds.get(label.type) in group]
        missed = [label for label in wanted if not _covered(self.text, label, self.found)]
        given = [span for span in self.found if span.type in group and span.type in self.labelled]
        false = [span for span in given if not any(_overlap(span, label) for label in self.labels)]
        told = [
            *(_leak(self.text, label, self.kinds[label.type]) for label in missed),
            *(Mistake(kind=f"redaction: not {s.type.value}", detail=self.text[s.start : s.end]) for s in false),
        ]
        counts = Counts(hits=len(wanted) - len(missed), false=len(false), missed=len(missed))
        return Score(measure=measure, records=(counts,), mistakes=tuple(told) if telling else ())


def _leak(text: str, span: SpanLabel, kind: Kind) -> Mistake:
    return Mistake(
        kind=f"redaction: missed {kind.value}",
        detail=text[max(0, span.start - 25) : span.end + 10].replace("\n", " "),
        weight=20.0 if kind in SECRETS else 1.0,
    )


def _covered(text: str, label: SpanLabel, found: Sequence[Span]) -> bool:
    places = [i for i in range(label.start, min(label.end, len(text))) if text[i].isalnum()]
    hidden = sum(any(span.start <= i < span.end for span in found) for i in places)
    return bool(places) and hidden >= _COVERED * len(places)


def _overlap(span: Span, label: SpanLabel) -> bool:
    return span.start < label.end and label.start < span.end
