"""Next-best actions: candidates, judged at one place, ranked, each with its reason and proof."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assist.actions.candidates import Candidate, check_of_identity, from_playbooks, from_precedents, generic
from assist.actions.policies import permission
from assist.actions.precedents import Neighbours, Precedent, Precedents
from assist.actions.procedures import from_articles
from assist.actions.progress import evidence
from assist.actions.ranking import Judged, ranked, ties
from assist.actions.ready import ready_reply
from assist.actions.signs import Floats, signs_of
from assist.actions.situation import Situation
from assist.actions.weights import Taught, Weights
from assist.actions.wordings import Wordings
from assist.domain.action import Citation, Mode, SuggestedAction
from assist.domain.business import Domain
from knowledge import KnowledgeError

_log = logging.getLogger(__name__)
_MOST = 5
_SUREST = 0.95  # nobody knows what another person does next
_PRECEDENTS = 3  # so many are cited


@dataclass(frozen=True, slots=True)
class Considered:
    """The possible next actions at a point of a conversation, each with its signs (one row of `SIGNS` a candidate)."""

    candidates: tuple[Candidate, ...]
    signs: Floats
    near: Neighbours


class ActionsStage:
    """Suggests at most five things the human could do next, the likeliest permitted one first.

    Without precedents the playbooks and articles speak alone; without `wordings` the words of playbooks are not compared with
    what was said. `taught` are weights that an organisation taught, by domain; elsewhere those that ship hold.
    """

    name = "actions"

    def __init__(
        self, precedents: Precedents | None = None, *, wordings: Wordings | None = None, taught: Taught | None = None
    ) -> None:
        self._precedents = precedents
        self._wordings = wordings
        self._taught = dict(taught or {})
        self._shipped = Weights.shipped()

    def by_rules(self, case: Situation) -> tuple[SuggestedAction, ...]:
        """Return the suggestions; what is done is left out, what is blocked says what would lift the block."""
        considered = self.considered(case)
        weights = self._taught.get(case.domain.name, self._shipped)
        likely = weights.shares(considered.signs)
        judged = [
            Judged(each, permission(each.action, case), min(_SUREST, round(float(share), 2)))
            for each, share in zip(considered.candidates, likely, strict=True)
        ]
        shown = [each for each in ranked(judged) if each.permission.mode is not Mode.OBSERVE][:_MOST]
        return tuple(_suggestion(each, shown, considered.near.fitting.nearest, case) for each in shown)

    def warm(self, domains: Iterable[Domain]) -> None:
        """Read the words of these domains' playbooks now, so that no packet waits for it. Blocking."""
        if self._wordings:
            for domain in domains:
                self._wordings.of(domain)

    def adopt(self, domain: str, weights: Weights) -> None:
        """Rank by these weights in this domain from now on."""
        self._taught[domain] = weights

    def considered(self, case: Situation, *, apart: str = "") -> Considered:
        """Return what could be done next; precedents of the conversation `apart` are left out.

        Those are named by it, or by it and the place in it: `c-12`, `c-12@7`.
        """
        near = self._near(case, apart)
        found = from_playbooks(case)
        found = _distinct(
            [
                *check_of_identity(case, found),
                *found,
                *from_precedents(case, near.actions, found),
                *generic(case),
                *(each for each in from_articles(case) if evidence(each.action, case) is None),
            ]
        )
        words = self._wordings.of(case.domain) if self._wordings else {}
        return Considered(tuple(found), signs_of(found, case, words=words, near=near), near)

    def _near(self, case: Situation, apart: str) -> Neighbours:
        if self._precedents is None:
            return Neighbours()
        try:
            near = self._precedents.near(case.tenant, case.domain.name, case)
        except KnowledgeError:
            _log.warning("precedents cannot be looked up; playbooks and articles speak alone", exc_info=True)
            return Neighbours()
        if apart:
            near = [each for each in near if each.handoff_id.split("@", maxsplit=1)[0] != apart]
        guesses = {each.label: each.confidence for each in case.intent.alternatives}
        return Neighbours(near, {**guesses, case.intent.label: case.intent.confidence})


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


def _suggestion(each: Judged, shown: list[Judged], near: Sequence[Precedent], case: Situation) -> SuggestedAction:
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
