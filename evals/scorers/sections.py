"""Does the packet keep to the sections that the organisation itself defined?

A section is kept where it is answered at most once, only defined ones are answered, closed ones with one of their values, and each answer
cites turns that are there. Whether it is right is scored where `sections` is labelled.
"""

from assist.analysis.case import Case
from assist.domain.business import SectionDefinition
from assist.domain.findings import SectionAnswer
from evals.cases import LabelledCase
from evals.metrics import Pair, Share
from evals.scorers.score import Mistake, Score, unscored

UNANSWERED = "not answered"


def score_sections(case: LabelledCase, answer: Case) -> list[Score]:
    """Score each defined section; a section left out is answered by saying nothing, which breaks no rule."""
    defined = {section.name: section for section in answer.domain.sections}
    if not defined:
        return unscored("sections_kept", "sections_right", why="the domain defines no section")
    if not answer.sections:
        return unscored("sections_kept", "sections_right", why="no section was answered; it takes a language model")
    names = [given.name for given in answer.sections]
    bad = [
        (given, why)
        for given in answer.sections
        if (why := _fault(given, defined.get(given.name), names.count(given.name), len(answer.turns)))
    ]
    kept = Score(
        measure="sections_kept",
        records=(Share(part=len(names) - len(bad), whole=len(names)),),
        mistakes=tuple(Mistake(kind=f"sections: {why}", detail=f"{given.name}: {given.value!r}") for given, why in bad),
    )
    if not case.labels.sections:
        return [kept, *unscored("sections_right")]
    said = {given.name: given.value.casefold() for given in answer.sections}
    pairs = [
        Pair(truth=value.casefold(), guess=said.get(name, UNANSWERED)) for name, value in case.labels.sections.items()
    ]
    return [kept, Score(measure="sections_right", records=tuple(pairs))]


def _fault(given: SectionAnswer, section: SectionDefinition | None, times: int, turns: int) -> str | None:
    if section is None:
        return "nobody asked for it"
    if times > 1:
        return "answered twice"
    if section.values and given.value not in section.values:
        return "a value that is not offered"
    if not given.turns or any(not 0 <= turn < turns for turn in given.turns):
        return "no turn proves it"
    return None
