"""Do the numbers, ids, amounts and names of a text stand in the conversation at all? Factual fidelity of entities.

After "entity precision" (Nan et al. 2021): of the values named in a summary, the share that its source holds. Numbers are found
with any punctuation and dates in words; names are words with a capital letter that do not begin a sentence.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from assist.domain.transcript import Turn
from evals.metrics import Share
from evals.scorers.score import Mistake, Score
from evals.scorers.support import exact_values, spoken_text, stands

_NAME: Final = re.compile(r"(?<=[\w,;] )([A-ZÄÖÜÁÉÍÓÚ][^\W\d_]{2,})\b")
_CALENDAR: Final = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "english",
        "german",
        "french",
        "spanish",
        "italian",
        "dutch",
        "portuguese",
        "turkish",
        "polish",
        "visa",
        "mastercard",
    ]
)


def score_fidelity(text: str, turns: Sequence[Turn]) -> list[Score]:
    """Score the numbers and the names of a text against the whole conversation."""
    source = " ".join(spoken_text(turn) for turn in turns)
    numbers, foreign_numbers = set(exact_values(text)), foreign_values(text, source, turns=len(turns))
    names, foreign_names = _names(text), unheard_names(text, source)
    return [
        _score("number_fidelity", len(numbers), foreign_numbers, "an invented number, amount or id", 50.0),
        _score("name_fidelity", len(names), foreign_names, "an invented name", 30.0),
    ]


def foreign_values(text: str, source: str, *, turns: int) -> list[str]:
    """Return the numbers, ids and addresses of a text that the source does not hold; a small one may count its turns."""
    return sorted({value for value in exact_values(text) if not stands(value, source, turns=turns)})


def unheard_names(text: str, source: str) -> list[str]:
    """Return the names of a text that the source does not hold, not even inside an address or an id."""
    heard = source.lower()
    return sorted(name for name in _names(text) if name.lower() not in heard)


def _names(text: str) -> set[str]:
    return {name for name in _NAME.findall(text) if name.lower() not in _CALENDAR}


def _score(measure: str, whole: int, foreign: Iterable[str], what: str, weight: float) -> Score:
    found = list(foreign)
    if not whole:
        return Score(measure=measure, unscored="the summary names none")
    return Score(
        measure=measure,
        records=(Share(part=whole - len(found), whole=whole),),
        mistakes=tuple(Mistake(kind=f"summary: {what}", detail=repr(value), weight=weight) for value in found),
    )
