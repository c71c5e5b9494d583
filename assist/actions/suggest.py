"""Next-best actions: candidates, judged at one place, ranked, each with its reason and proof."""

import logging

from assist.actions.candidates import Candidate, check_of_identity, from_playbooks, from_precedents, generic
from assist.actions.policies import permission
from assist.actions.precedents import Precedent, Precedents, fitting, trust, votes
from assist.actions.procedures import from_articles
from assist.actions.progress import evidence
from assist.actions.ranking import Judged, confidence, ranked, ties
from assist.actions.ready import ready_reply
from assist.actions.situation import Situation
from assist.domain.action import Citation, Mode, SuggestedAction
from knowledge import KnowledgeError

_log = logging.getLogger(__name__)
_MOST = 5
_PRECEDENTS = 3  # so many are cited


class ActionsStage:
    """Suggests at most five things the human could do next, the likeliest permitted one first.

    Without precedents the playbooks and articles speak alone.
    """

    name = "actions"

    def __init__(self, precedents: Precedents | None = None) -> None:
        self._precedents = precedents

    def by_rules(self, case: Situation) -> tuple[SuggestedAction, ...]:
        """Return the suggestions; what is done is left out, what is blocked says what would lift the block."""
        near = self._near(case)
        share, trusted = votes(near), trust(near)
        found = from_playbooks(case)
        found = [
            *check_of_identity(case, found),
            *found,
            *from_precedents(case, share, found),
            *generic(case),
            *(each for each in from_articles(case) if evidence(each.action, case) is None),
        ]
        judged = [
            Judged(each, permission(each.action, case), confidence(each, share, trusted)) for each in _distinct(found)
        ]
        shown = [each for each in ranked(judged) if each.permission.mode is not Mode.OBSERVE][:_MOST]
        return tuple(_suggestion(each, shown, near, case) for each in shown)

    def _near(self, case: Situation) -> list[Precedent]:
        if self._precedents is None:
            return []
        try:
            near = self._precedents.near(case.tenant, case.domain.name, case)
        except KnowledgeError:
            _log.warning("precedents cannot be looked up; playbooks and articles speak alone", exc_info=True)
            return []
        guesses = {each.label: each.confidence for each in case.intent.alternatives}
        return fitting(near, {**guesses, case.intent.label: case.intent.confidence})


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


def _suggestion(each: Judged, shown: list[Judged], near: list[Precedent], case: Situation) -> SuggestedAction:
    candidate, answer = each.candidate, each.permission
    reply = ready_reply(candidate, case)
    alike = [precedent for precedent in near if precedent.action == candidate.action.id]
    why = candidate.rationale
    if alike:
        why = f"{why} Taken next in {len(alike)} of the {len(near)} most similar accepted handoffs."
    return SuggestedAction(
        id=candidate.action.id,
        title=candidate.action.title,
        rationale=why,
        confidence=each.confidence,
        tied_with=ties(shown, each),
        allowed=answer.allowed,
        blocked_by=answer.blocked_by,
        mode=answer.mode,
        cites=(*candidate.cites, *(Citation(handoff_id=precedent.handoff_id) for precedent in alike[:_PRECEDENTS])),
        reply=reply.text if answer.allowed else None,
        reply_language=reply.language if answer.allowed and reply.text else None,
    )
