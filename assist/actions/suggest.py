"""Next-best actions: candidates, judged at one place, ranked, each with its reason and proof."""

from assist.actions.candidates import Candidate, check_of_identity, from_playbooks, generic
from assist.actions.policies import Permission, permission
from assist.actions.procedures import from_articles
from assist.actions.progress import evidence
from assist.actions.ranking import confidence, ranked
from assist.actions.replies import filled, primary
from assist.actions.situation import Situation
from assist.domain.action import Mode, SuggestedAction

_MOST = 5


class ActionsStage:
    """Suggests at most five things the human could do next, the likeliest permitted one first."""

    name = "actions"

    def by_rules(self, case: Situation) -> tuple[SuggestedAction, ...]:
        """Return the suggestions; what is done is left out, what is blocked says what would lift the block."""
        found = from_playbooks(case)
        found = [
            *check_of_identity(case, found),
            *found,
            *generic(case),
            *(each for each in from_articles(case) if evidence(each.action, case) is None),
        ]
        judged = [(candidate, permission(candidate.action, case)) for candidate in _distinct(found)]
        shown = [(candidate, answer) for candidate, answer in ranked(judged) if answer.mode is not Mode.OBSERVE]
        return tuple(_suggestion(candidate, answer, case) for candidate, answer in shown[:_MOST])


def _distinct(found: list[Candidate]) -> list[Candidate]:
    """Each action once: the first of an id, and of a title."""
    kept: dict[str, Candidate] = {}
    titles: set[str] = set()
    for candidate in found:
        title = candidate.action.title.casefold()
        if candidate.action.id not in kept and title not in titles:
            kept[candidate.action.id] = candidate
            titles.add(title)
    return list(kept.values())


def _suggestion(candidate: Candidate, answer: Permission, case: Situation) -> SuggestedAction:
    ours = candidate.action.reply == "" or primary(case.language) == primary(case.domain.language)
    return SuggestedAction(
        id=candidate.action.id,
        title=candidate.action.title,
        rationale=candidate.rationale,
        confidence=confidence(candidate),
        allowed=answer.allowed,
        blocked_by=answer.blocked_by,
        mode=answer.mode,
        cites=candidate.cites,
        reply=filled(candidate.reply, case.facts) if answer.allowed and ours else None,
    )
