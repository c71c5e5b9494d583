"""What the intent stage knows of a domain: how its customers ask, how its bot answers, which tools serve which wish."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from assist.analysis.language import LanguageDetector
from assist.analysis.learning.classifier import TextClassifier, train
from assist.analysis.learning.exemplars import shipped_examples
from assist.analysis.tools.signs import ToolSigns
from assist.domain.business import Domain, IntentDefinition
from assist.domain.lessons import Lessons
from knowledge.ports import Embedder

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n")


@dataclass(frozen=True, slots=True)
class IntentModel:
    """The trained parts for one domain; `replies` is None where the domain's playbooks have no replies.

    `course` says where a bot's turn stands in the course of a wish, `talk` whether a turn carries a wish of any kind;
    both are the same for every domain. `abroad` is for conversations in another language than the domain's, where there
    are examples in others.
    """

    wishes: TextClassifier
    replies: TextClassifier | None
    course: TextClassifier
    talk: TextClassifier
    tools: ToolSigns
    language: str = "en"
    abroad: Self | None = None

    def of_language(self, language: str) -> Self:
        """Return the model for a conversation in this language (BCP-47)."""
        return self if self.abroad is None or _same_language(language, self.language) else self.abroad


@dataclass(frozen=True, slots=True)
class Moves:
    """What holds in every domain: where a bot's turn stands in the course of a wish, whether a turn carries a wish at all."""

    course: TextClassifier
    talk: TextClassifier


def taught_moves(embedder: Embedder) -> Moves:
    """Return them trained on what ships."""
    return Moves(
        course=train(shipped_examples("bot_turns"), embedder),
        talk=train({"wish": _said("requests")}, embedder, talk=_said("talk")),
    )


def teach(
    domain: Domain,
    embedder: Embedder,
    *,
    beside: Iterable[Domain] = (),
    learnt: Mapping[str, Sequence[str]] | None = None,
    learnt_beside: Lessons | None = None,
    moves: Moves | None = None,
) -> IntentModel | None:
    """Return the model of a domain's intents, None where it has none.

    `beside` are the other domains that are configured: what their customers ask shows what this one does not cover.
    `learnt` adds utterances, by label. Those in other languages than the domain's teach a model of their own: an
    embedding holds the language as well as the sense, and would draw the domain's own language astray. `learnt_beside`
    is the same for the other domains: without it, many lessons would make a domain claim what belongs to others, and
    every text in another language. `moves` are trained here where absent.
    """
    moves = moves or taught_moves(embedder)
    others = [other for other in beside if not _kin(domain, other)]
    asked_beside = [text for other in others for intent in other.intents for text in intent.utterances]
    added_beside = [
        text for other in others for texts in (learnt_beside or {}).get(other.name, {}).values() for text in texts
    ]
    more = {intent.label: tuple((learnt or {}).get(intent.label, ())) for intent in domain.intents}
    spoken = LanguageDetector(fallback=domain.language)
    at_home = {
        label: tuple(text for text in texts if _same_language(spoken.of_text(text), domain.language))
        for label, texts in more.items()
    }
    heard_beside = [text for text in added_beside if _same_language(spoken.of_text(text), domain.language)]
    home = _taught(domain, embedder, [*asked_beside, *heard_beside], at_home, moves)
    if home is None or at_home == more:
        return home
    return replace(home, abroad=_taught(domain, embedder, [*asked_beside, *added_beside], more, moves))


def _same_language(first: str, second: str) -> bool:
    return first.partition("-")[0].lower() == second.partition("-")[0].lower()


def _taught(
    domain: Domain, embedder: Embedder, asked_beside: Sequence[str], more: Mapping[str, Sequence[str]], moves: Moves
) -> IntentModel | None:
    own = {intent.label: (*own_texts(intent), *more[intent.label]) for intent in domain.intents}
    if not any(own.values()):
        return None
    talk, requests = _said("talk"), _said("requests")
    wishes = train(own, embedder, talk=talk, elsewhere=[*requests, *asked_beside], by_spelling=True)
    return IntentModel(
        wishes=wishes,
        replies=_replies(domain, own, wishes, embedder),
        course=moves.course,
        talk=moves.talk,
        tools=ToolSigns(domain, wishes.labels),
        language=domain.language,
    )


def _said(name: str) -> list[str]:
    return [text for group in shipped_examples(name).values() for text in group]


def _kin(domain: Domain, other: Domain) -> bool:
    """Whether two domains offer mostly the same: what customers ask of one is then no sign against the other."""
    own, others = ({intent.label for intent in each.intents} for each in (domain, other))
    return other.name == domain.name or len(own & others) > min(len(own), len(others)) / 2


def own_texts(intent: IntentDefinition) -> tuple[str, ...]:
    """Return what the domain says of an intent: name, each sentence of its description, utterances."""
    return tuple(
        text for text in (intent.name, *_SENTENCE_END.split(intent.description), *intent.utterances) if text.strip()
    )


def _replies(
    domain: Domain, own: Mapping[str, Sequence[str]], wishes: TextClassifier, embedder: Embedder
) -> TextClassifier | None:
    """What a bot's turn says of the wish it answers.

    A reply that many intents share ("may I have your name?") teaches by itself that it tells little, so no small talk
    is needed here.
    """
    said = {
        playbook.intent: [action.reply for action in playbook.actions if action.reply] for playbook in domain.playbooks
    }
    if not any(said.values()):
        return None
    return train({label: (*own[label], *said.get(label, ())) for label in wishes.labels}, embedder)
