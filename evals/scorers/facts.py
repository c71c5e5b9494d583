"""Are the values that the human needs there, and is none of them invented?

Recall is over labelled values; one that the redaction masks cannot be found and is left out. Precision is against the
transcript: a value is right when it stands in a turn it cites.
"""

import re
from collections.abc import Sequence

from assist.analysis.case import Case
from evals.cases import FactLabel, LabelledCase
from evals.metrics import Counts
from evals.scorers.score import Mistake, Score, unscored

_BETWEEN = r" (?:\S+ ){0,2}?"  # words of a record, such as keys, between the parts of a value
_LEAST_SHARE = 0.5  # of a longer value that the shorter one must cover to count as the same


def plain(value: str) -> str:
    """Return the value in lower case, words and numbers only, single spaces; "$1,286.00" becomes "1286"."""
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", value.lower())
    text = re.sub(r"(\d)\.0+\b", r"\1", text)
    return " ".join(re.findall(r"[^\W_]+(?:[._@'-][^\W_]+)*", text))


def same(label: str, found: str) -> bool:
    """Say whether two values agree: equal when plain, or one is a run of words that makes up half of the other."""
    one, other = plain(label), plain(found)
    if not one or not other:
        return one == other
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return True
    short, long = sorted((one, other), key=len)
    return f" {short} " in f" {long} " and len(short) >= _LEAST_SHARE * len(long)


def score_facts(case: LabelledCase, answer: Case) -> list[Score]:
    """Score recall over the labelled values and precision against the transcript."""
    texts = [plain(turn.text + " " + _arguments(turn.tool)) for turn in answer.turns]
    invented = [
        fact for fact in answer.facts if not _stands(fact.value, [texts[t] for t in fact.turns if t < len(texts)])
    ]
    precision = Score(
        measure="facts_precision",
        records=(Counts(hits=len(answer.facts) - len(invented), false=len(invented), missed=0),),
        mistakes=tuple(
            Mistake(kind="facts: a value that its turns do not hold", detail=f"{f.name} = {f.value!r}", weight=10)
            for f in invented
        ),
    )
    if case.labels.facts is None:
        return [*unscored("facts_recall"), precision]
    visible = [fact for fact in case.labels.facts if _stands(fact.value, texts)]
    missed = [fact for fact in visible if not any(same(fact.value, found.value) for found in answer.facts)]
    hits = len(visible) - len(missed)
    recall = Score(
        measure="facts_recall",
        records=(Counts(hits=hits, false=0, missed=len(missed)),),
        mistakes=tuple(_missed(fact) for fact in missed),
    )
    return [recall, precision]


def _missed(fact: FactLabel) -> Mistake:
    kind = "an identifier or number" if any(sign.isdigit() for sign in fact.value) else "words"
    return Mistake(kind=f"facts: missed, {kind}", detail=f"{fact.name} = {fact.value!r} {list(fact.turns)}")


def _stands(value: str, texts: Sequence[str]) -> bool:
    wanted = plain(value)
    if any(f" {wanted} " in f" {text} " or wanted.replace(" ", "") in text.replace(" ", "") for text in texts):
        return True
    # a record holds a name or an address in parts: first_name ada last_name lark
    words = wanted.split()
    parts = rf"\b{_BETWEEN.join(re.escape(word) for word in words)}\b"
    return len(words) > 1 and any(re.search(parts, text) for text in texts)


def _arguments(tool: object) -> str:
    arguments = getattr(tool, "arguments", None) or {}
    return " ".join(str(value) for value in arguments.values())
