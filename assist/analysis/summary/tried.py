"""What was tried, with its result, and what the bot told the customer."""

import re
from collections.abc import Iterator

from assist.analysis.facts.answers import answered_values
from assist.analysis.facts.fields import Fields
from assist.analysis.speech.clauses import Clause
from assist.analysis.speech.refusals import is_refusal
from assist.analysis.speech.sentences import Sentence, sentences
from assist.analysis.speech.values import Found, plain
from assist.analysis.speech.wording import listed, opened, past, sentence, shortened, third_person
from assist.analysis.summary.records import failure, untold
from assist.analysis.summary.scene import TOLD, Scene, Statement, cited
from assist.domain.findings import Section, Step, StepBy, StepOutcome
from assist.domain.transcript import Role

_LOOKUP = re.compile(
    r"^(?:looked up|look up|found|find|searched|search|checked|check|retrieved|listed|identified|calculated)\b",
    re.IGNORECASE,
)
_IDENTITY = re.compile(r"\b(?:authenticat\w*|verif\w*|identity|collect\w*|obtain\w*|asked? for)\b", re.IGNORECASE)
_DOERS = {StepBy.BOT: "The bot", StepBy.CUSTOMER: "The customer", StepBy.AGENT: "An agent"}


def tried(scene: Scene) -> Iterator[Statement]:
    """Yield the steps, then what the bot told, what the records hold, and what the customer gave."""
    yield from in_records(scene)
    yield from _told(scene)
    yield from _recorded(scene)
    yield from untold(scene)
    yield from _collected(scene)


def in_records(scene: Scene) -> Iterator[Statement]:
    """Yield the steps: changes and failures one by one, successful look-ups together."""
    steps = [step for step in scene.case.steps_tried if step.outcome not in {StepOutcome.BLOCKED, StepOutcome.PENDING}]
    steps = [step for step in steps if not _IDENTITY.search(step.action) and not _SAID_ALREADY.match(step.action)]
    lookups = [step for step in steps if _LOOKUP.match(step.action) and step.outcome is StepOutcome.SUCCEEDED]
    if any(any(c.isdigit() for c in step.action) for step in lookups):
        done = _merged_actions(lookups)
        text = f"{_DOERS[lookups[0].by]} {shortened(done, words=20)}"
        weight = 3.5
        yield Statement(Section.TRIED, sentence(text), cited(*(step.turns for step in lookups)), weight)
    for alike in _alike([step for step in steps if step not in lookups]):
        yield _step(scene, alike)
    for step in scene.case.steps_tried:
        if step.outcome is StepOutcome.PENDING and _by_back_end(scene, step) and not _SAID_ALREADY.match(step.action):
            yield _awaited(step)
    for step in scene.case.steps_tried:
        told = any(is_refusal(scene.case.turns[turn].text) for turn in step.turns if turn < len(scene.case.turns))
        if step.outcome is StepOutcome.BLOCKED and not told and not _SAID_ALREADY.match(step.action):
            yield _refused(step)


_ABOUT = {
    "insurance": r"insur\w*",
    "member": r"member\w*|gold|silver|bronze|platinum|premium",
    "created": r"(?:booked|ordered|bought|purchased|made)\b[^.]{0,40}\b(?:ago|hours|today|yesterday)",
    "bag": r"bags?|baggage|luggage",
    "status": r"status|where is",
    "tier": r"gold|silver|bronze|platinum|premium",
}
"""By a part of the field's name: the words with which customers speak of it."""
_MOST_RECORDED = 3


def _recorded(scene: Scene) -> Iterator[Statement]:
    """Yield what the records hold on the matter in dispute: the human need not look it up again."""
    spoken = " ".join(turn.text for _, turn in scene.case.transcript.of(Role.CUSTOMER))
    disputed = " ".join(clause.text for clause in scene.of(Clause.CLAIM))
    found: list[tuple[bool, str, tuple[int, ...]]] = []
    for fact in scene.case.facts:
        turns = tuple(turn for turn in fact.turns if scene.case.turns[turn].role is Role.TOOL)
        pattern = next((pattern for part, pattern in _ABOUT.items() if part in fact.name), None)
        if pattern and turns and re.search(rf"\b(?:{pattern})\b", spoken, re.IGNORECASE):
            value = re.sub(r"T\d\d:.*$", "", fact.value).replace("_", " ")
            if "created" in fact.name and not any(value in scene.case.turns[turn].text for turn in _spoken(scene)):
                value = fact.value  # to the letter, where nobody told the day
            name = fact.name.replace("order_", "").replace("_", " ")
            shown = f"that it was created on {value}" if "created" in name else f"{name}: {value}"
            told = tuple(
                index
                for index, turn in enumerate(scene.case.turns)
                if "created" in fact.name and turn.role is not Role.TOOL and value in turn.text
            )
            is_disputed = bool(re.search(rf"\b(?:{pattern})\b", disputed, re.IGNORECASE))
            found.append((is_disputed, shown, cited(turns[-1:], told[-2:])))
    found.sort(key=lambda entry: not entry[0])
    if found:
        kept = found[:_MOST_RECORDED]
        text = f"The record shows {listed([text for _, text, _ in kept])}"
        yield Statement(
            Section.TRIED, sentence(text), cited(*(turns for _, _, turns in kept)), 8.2 if kept[0][0] else 6.6
        )


def _spoken(scene: Scene) -> list[int]:
    return [index for index, turn in enumerate(scene.case.turns) if turn.role is not Role.TOOL]


_TOLD_ELSEWHERE = frozenset(
    (
        "name", "email", "phone", "username", "user_id", "order_id", "reservation_id", "account_number", "account_id", "postcode", "date_of_birth", "reason", "request",
        "issue", "problem",
    )
)  # fmt: skip
_MOST_COLLECTED = 4


def _collected(scene: Scene) -> Iterator[Statement]:
    """Yield details that the customer gave in answer to questions and that no other sentence holds."""
    answered = answered_values(scene.case, Fields(scene.case.domain))
    who = {plain(fact.value) for fact in scene.case.facts if fact.name in _TOLD_ELSEWHERE}
    given = {
        value.name: value for value in answered if value.name not in _TOLD_ELSEWHERE and plain(value.value) not in who
    }
    kept = list(given.values())[:_MOST_COLLECTED]
    if kept:
        text = f"They gave the {listed([_named(value) for value in kept])}"
        yield Statement(Section.TRIED, sentence(text), cited(tuple(value.turn for value in kept)), 6.4)


def _named(value: Found) -> str:
    return f"{value.name.replace('_', ' ')} {value.value}"


def _merged_actions(lookups: list[Step]) -> str:
    """Return "looked up the profile, order 5 and order 7" for look-ups with the same verb."""
    actions = [past(step.action) for step in lookups]
    head = "looked up "
    if all(action.startswith(head) for action in actions):
        return head + listed(list(dict.fromkeys(action[len(head) :] for action in actions)))
    return listed(list(dict.fromkeys(actions)))


_SAID_ALREADY = re.compile(r"^(?:told|promised|asked|offered me)\b|^refused:", re.IGNORECASE)


def _refused(step: Step) -> Statement:
    action = third_person(past(step.action), by_customer=False)
    text = f"{_DOERS[step.by]} {action}"
    if not _FAILED_ALREADY.search(action):
        text += ", which was not allowed"
    return Statement(Section.BLOCKED, sentence(text), step.turns, 5.4)


def _by_back_end(scene: Scene, step: Step) -> bool:
    """Say whether a back-end call is among the step's turns: then it was done, and not only talked of."""
    return any(scene.case.turns[turn].role is Role.TOOL for turn in step.turns if turn < len(scene.case.turns))


def _alike(steps: list[Step]) -> Iterator[Step]:
    """Yield the steps, failures of the same attempt as one that counts them."""
    failed: dict[tuple[StepBy, str], list[Step]] = {}
    for step in steps:
        if step.outcome is StepOutcome.FAILED:
            failed.setdefault((step.by, step.action), []).append(step)
    for step in steps:
        same = failed.get((step.by, step.action), [step])
        if step is same[-1] or step not in same:
            often = {1: "", 2: " twice"}.get(len(same), f" {len(same)} times")
            action = step.action if _COUNTED.search(step.action) else f"{step.action}{often}"
            yield step.model_copy(update={"action": action, "turns": cited(*(each.turns for each in same))})


_COUNTED = re.compile(r"\b(?:\d+ times|twice)$")


def _awaited(step: Step) -> Statement:
    text = f"{_DOERS[step.by]} {past(step.action)}; the outcome is still open"
    return Statement(Section.TRIED, sentence(text), step.turns, 7.6)


def _step(scene: Scene, step: Step) -> Statement:
    action = _counted(past(step.action))
    text = f"{_DOERS[step.by]} {action}"
    late = step.turns[-1] / max(1, len(scene.case.turns))
    if step.outcome is StepOutcome.FAILED:
        why = failure(scene, step.turns)
        if why:
            text += f"; the system answered: {why}"
        elif not _FAILED_ALREADY.search(action):
            text += ", without success"
        return Statement(Section.TRIED, sentence(text), step.turns, 7.6 + 0.5 * late)
    if step.by is not StepBy.CUSTOMER and step.outcome is StepOutcome.SUCCEEDED and _by_back_end(scene, step):
        return Statement(Section.TRIED, sentence(text), step.turns, _CHANGE + 0.5 * late)
    exact = any(c.isdigit() for c in action)
    return Statement(Section.TRIED, sentence(text), step.turns, (6.9 if exact else 5.6) + 0.5 * late)


_CHANGE = 7.9  # what was changed already must not be done again


def _counted(action: str) -> str:
    """Return "tried to book it twice" for "tried to book it, 2 times"."""
    return re.sub(
        r", 2 times$", " twice", re.sub(r", (\d+) times$", lambda m: f" {m[1]} times" if m[1] != "2" else m[0], action)
    )


_FAILED_ALREADY = re.compile(
    r"^(?:tried|failed|refused)\b|\b(?:declin|reject|refus|forgot|without success|unsuccessful|fail)\w*", re.IGNORECASE
)

_SMALL_TALK = re.compile(
    r"\b(?:happy to|glad to|help you|assist you|let me know|feel free|one moment|hold on|thank you|thanks|sorry|apologi[sz]e|welcome|how (?:can|may)|please|i (?:truly |really |fully |completely )?understand|hard time|how upset|code (?:is|was|has been|to)\b|on its way to (?:the|your) (?:number|phone)|imagine|embarrassing|grateful|appreciate|frustrating|inconvenience|dear|authenticated|verified|"
    r"would you like|do you want|if you|once you|you confirm|i(?:'ll| will| can) (?:help|assist|check|look)|for example|speaking (?:to|with) (?:the|our|an?)|(?:automated|virtual|digital) assistant|need to confirm|to proceed|have a (?:nice|great))\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:is|are|was|were|has been|have been|can|will be|costs?|shows?|found|offer|includes?|you have|charged|booked|confirmed|submitted|upgraded|changed|cancel\w*|instructions)\b",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(?:i|we) (?:can|could|am able to|would like to) (?:only )?offer (?:you )?(?P<what>.+)", re.IGNORECASE
)
_ENTRY = re.compile(
    r"^(?![^:]*\b(?:are|is|shows?):)[\w ]{2,30}: |^(?:now |ok(?:ay)? |and |so )*(?:what|which|how|who|when|where|can|could|may|do)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?![^:]*\b(?:are|is):)[A-Z][\w ]{2,24}: (?=[A-Z])")
_HANGS = re.compile(
    r"^(?:that|this|these|those|which|such|so|here|let me|first|for that|in that case|it(?:'s| is| was| will)|they(?:'re| are)|you can type|a good choice|good)\b|\bas an? \w+ assistant\b",
    re.IGNORECASE,
)
_PITIES = re.compile(
    r"^\W*(?:oh \w+,? )?(?:i(?:['’]m| am) (?:\w+ )?sorry (?:you|that you|to|about|for)|you(?:['’]d| would) like|you want|thanks? (?:you )?for|welcome)\b",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[\"“”][^\"“”]*\b(?:you|your|my|i)\b", re.IGNORECASE)
_MOST_TOLD = 4
_WORTH_TELLING = 0.3
_SENTENCE = 4  # words; fewer are a fragment


def _told(scene: Scene) -> Iterator[Statement]:
    """Yield what the bot told the customer: sentences with a value or a result in them, the last ones first."""
    found: list[tuple[float, Sentence]] = []
    steps = plain(" ".join(step.action for step in scene.case.steps_tried))
    for index, turn in scene.case.transcript.of(Role.BOT, Role.AGENT):
        for said in sentences(index, turn.text):
            worth = _worth(scene, said, steps)
            if worth > _WORTH_TELLING:
                found.append((worth, said))
    found.sort(key=lambda entry: -entry[0])
    once = {plain(said.core): (worth, said) for worth, said in reversed(found)}
    best = sorted(once.values(), key=lambda entry: -entry[0])[:_MOST_TOLD]
    for worth, said in sorted(best, key=lambda entry: entry[1].turn):
        offer = _OFFER.search(said.core)
        if offer:
            text = f"The bot offered {third_person(offer['what'], by_customer=False)}"
        else:
            told = _LABEL.sub("", said.core)
            text = f"{TOLD}{third_person(opened(told), by_customer=False)}"
        lead = "" if offer else TOLD
        yield Statement(
            Section.TRIED, sentence(shortened(text, words=30)), (said.turn,), min(7.4, 4.5 + worth), lead=lead
        )


def _worth(scene: Scene, said: Sentence, steps: str) -> float:
    core = said.core
    words = core.split()
    if (
        _PITIES.match(said.text)
        or said.is_question
        or len(words) < _SENTENCE
        or said.text.rstrip("* ").endswith(":")
        or _SMALL_TALK.search(core)
        or is_refusal(core)
    ):
        return 0
    if not _TELLS.search(_LABEL.sub("", core)) or _ENTRY.match(core) or _HANGS.match(core) or _QUOTES.search(core):
        return 0
    values = len(
        set(re.findall(r"#?[\w$€£]*\d[\w.,:-]*", core))
        - {fact.value for fact in scene.case.facts if fact.name == "user_id"}
    )
    known = [fact for fact in scene.case.facts if fact.name not in {"user_id", "name", "email", "username"}]
    facts = sum(1 for fact in known if plain(fact.value) and f" {plain(fact.value)} " in f" {plain(core)} ")
    late = said.turn / max(1, len(scene.case.turns))
    done = any(
        said.turn in step.turns
        for step in scene.case.steps_tried
        if step.outcome is not StepOutcome.BLOCKED and not _LOOKUP.match(step.action)
    )
    overlap = sum(1 for word in words if word.lower() in steps.split()) / len(words)
    return 0.5 * min(values, 3) + 0.4 * min(facts, 3) + 1.0 * late + 0.4 + 0.7 * done - 1.0 * overlap
