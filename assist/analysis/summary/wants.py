"""What the customer wants, why, and what happened to them."""

import re
from collections.abc import Iterator

from assist.analysis.speech.clauses import Clause, Said
from assist.analysis.speech.questions import indirect
from assist.analysis.speech.sentences import sentences
from assist.analysis.speech.values import plain
from assist.analysis.speech.wishes import is_generic
from assist.analysis.speech.wording import calmed, opened, sentence, shortened, third_person
from assist.analysis.summary.details import HANGS, matter_in
from assist.analysis.summary.orders import is_for_company, lowered
from assist.analysis.summary.scene import SAY, Scene, Statement, called, cited
from assist.domain.findings import Section
from assist.domain.transcript import Role

_WISHES = (Clause.WISH, Clause.THING, Clause.HELP)
_CLAUSE = re.compile(r"\b(?:they|it|he|she|is|are|was|were|has|have|had|did|does|\w+ed)\b", re.IGNORECASE)
_LONGEST, _REASON_LONGEST, _HEADLINE_LONGEST = 26, 18, 18
_REPORTS = "reports that"
_POINTS = re.compile(r"\b(?:it|that|this|there|them|those|these)\b", re.IGNORECASE)  # to what was said before


def wants(scene: Scene) -> Iterator[Statement]:
    """Yield the wish with its reason, then what else is wanted, then the trouble behind it."""
    wishes = scene.of(*_WISHES)
    problems = [clause for clause in scene.of(Clause.PROBLEM) if not HANGS.match(clause.text)]
    main = max(wishes, key=lambda clause: _fitness(scene, clause), default=None)
    if main is not None and problems and _is_beside_the_point(scene, main, problems[0]):
        main = None
    if main is not None:
        yield _named(scene, main) if _is_thin(scene, main) else _wish(scene, main)
        yield from _more(scene, main, wishes)
        yield from _trouble(scene, main, problems)
    elif problems:
        yield from _problems(scene, problems)
    else:
        yield _unclear(scene)


def _said_by_them(text: str) -> str:
    return third_person(text, by_customer=True)


def _name_turns(scene: Scene) -> tuple[int, ...]:
    return scene.name.turns[:1] if scene.name else ()


_SURE = 0.5
_SAYS_NOTHING = frozenset(
    [
        "all",
        "anything",
        "back",
        "both",
        "either",
        "get",
        "have",
        "him",
        "it",
        "its",
        "just",
        "know",
        "make",
        "me",
        "my",
        "need",
        "now",
        "one",
        "ones",
        "our",
        "put",
        "same",
        "something",
        "stop",
        "swap",
        "that",
        "their",
        "them",
        "then",
        "these",
        "they",
        "thing",
        "things",
        "this",
        "those",
        "too",
        "what",
        "with",
    ]
)


def _is_thin(scene: Scene, main: Said) -> bool:
    """Say whether a wish names nothing ("swap", "cancel both", "stop it") while the intent is known well enough to say what it is."""
    intent = scene.case.intent
    definition = scene.case.domain.intent(intent.label)
    if definition is None or not definition.wants or intent.confidence < _SURE:
        return False
    resolved = _resolved(scene, main)
    words = [word for word in re.findall(r"[\w#'-]+", resolved.text.lower()) if len(word) > 2]  # noqa: PLR2004 -- shorter ones name nothing
    telling = [word for word in words if word not in _SAYS_NOTHING]
    return len(telling) <= (0 if resolved.text.split()[0].lower() in _SAYS_NOTHING else 1)


def _named(scene: Scene, main: Said) -> Statement:
    """Return the wish as the domain words it, proven by the turn that asks for it."""
    definition = scene.case.domain.intent(scene.case.intent.label)
    text = f"{scene.who} wants to {definition.wants if definition else main.text}"
    headline = sentence(text)
    turns = cited(_name_turns(scene), scene.case.intent.turns, (main.turn,))
    subject = scene.subject_for(main.turn)
    if subject is not None:
        text += f" ({called(subject)} {subject.value})"
        turns = cited(turns, subject.turns[:1])
    return Statement(Section.WANTS, sentence(text), turns, 10, headline)


def _wish(scene: Scene, main: Said) -> Statement:
    resolved = _resolved(scene, main)
    clause = shortened(_said_by_them(opened(lowered(resolved.text))), words=_LONGEST)
    by_company = main.kind is Clause.WISH and is_for_company(scene, resolved)
    lead = (
        "wants the company to"
        if by_company
        else {Clause.WISH: "wants to", Clause.THING: "wants", Clause.HELP: "wants help with"}[main.kind]
    )
    text = f"{scene.who} {lead} {clause}"
    turns = cited(_name_turns(scene), (main.turn, resolved.turn))
    headline = _headline(scene, text)
    subject = scene.subject_for(main.turn)
    if subject is not None and plain(subject.value) not in plain(text) and not _SEVERAL.search(text):
        text += f" ({called(subject)} {subject.value})"
        turns = cited(turns, subject.turns[:1])
    reason = _reason(scene, main)
    if reason is not None:
        told = shortened(_said_by_them(opened(reason.text)), words=_REASON_LONGEST)
        is_clause = not reason.is_noun and _CLAUSE.search(told) and not _NOUN.match(told)
        text += f", because {told}" if is_clause else f" because of {told}"
        turns = cited(turns, (reason.turn,))
    return Statement(Section.WANTS, sentence(text), turns, 10, headline)


_NOUN = re.compile(
    r"^(?:a|an|the|their)\b(?!.*\b(?:is|are|was|were|has|have|had|did|does|passed|died|broke)\b)", re.IGNORECASE
)


_VERB_ALONE = re.compile(r"^(?P<verb>cancel|return|exchange|modify|change|refund|track|book)$", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(?:each|both|all|two|three|several) (?:of )?(?:my |their |the )?(?:orders?|reservations?|bookings?|flights?)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"^(?P<verb>\w+(?: up| out)?) (?:it|them|that|this|these|those)\b(?! \w+ (?:is|was))", re.IGNORECASE
)


def _resolved(scene: Scene, main: Said) -> Said:
    """Return a wish with the thing in the place of "it": the item that the customer named, else the id in question."""
    match = _PRONOUN.match(main.text) or _VERB_ALONE.match(main.text)
    if match is None:
        return main
    rest = main.text[match.end() :]
    item = scene.fact("item", "product", where=lambda fact: scene.spoken_of(fact) is not None)
    if item is not None:
        return Said(main.kind, f"{match['verb']} the {item.value.lower()}{rest}", scene.spoken_of(item) or main.turn)
    subject = scene.subject_for(main.turn)
    if subject is not None:
        return Said(main.kind, f"{match['verb']} {called(subject)} {subject.value}{rest}", subject.turns[0])
    return main


def _headline(scene: Scene, text: str) -> str:
    """Return the first sentence where it is short, else the wish as the domain words it."""
    if len(text.split()) <= _HEADLINE_LONGEST:
        return sentence(text)
    definition = scene.case.domain.intent(scene.case.intent.label)
    if definition is not None and definition.wants and scene.case.intent.label not in {"unknown", "other"}:
        return sentence(f"{scene.who} wants to {definition.wants}")
    return sentence(shortened(text, words=_HEADLINE_LONGEST))


def _reason(scene: Scene, main: Said) -> Said | None:
    """Return the reason that says most: a reason of its own, not a reference to one."""
    reasons = [
        clause
        for clause in scene.of(Clause.REASON)
        if not re.match(r"(?:this|that|it\b(?! is)|i (?:believe|think|feel))\b", clause.text, re.IGNORECASE)
    ]
    reasons = [clause for clause in reasons if plain(clause.text) not in plain(main.text)]
    asked = {
        i + 1
        for i, turn in enumerate(scene.case.turns)
        if turn.role is not Role.CUSTOMER and "reason" in turn.text.lower()
    }
    reasons = [c for c in reasons if c.turn in asked or _OWN_REASON.search(c.text) or _said_together(scene, main, c)]
    if not reasons:
        # "They are the wrong color" right after "I want to return my jeans" says why.
        reasons = [
            clause
            for clause in scene.of(Clause.PROBLEM)
            if clause.turn in {main.turn, main.turn + 1} and _TAKES_UP.match(clause.text)
        ]
    return max(reasons, key=lambda clause: (min(len(clause.text.split()), 8), -clause.turn), default=None)


_OWN_REASON = re.compile(r"\b(?:i|i'm|my|me|we|our|the|a|an|there|someone)\b", re.IGNORECASE)


def _said_together(scene: Scene, wish: Said, reason: Said) -> bool:
    """Say whether a reason stands in the sentence of the wish."""
    return any(
        plain(wish.text) in plain(s.text) and plain(reason.text) in plain(s.text)
        for s in sentences(wish.turn, scene.case.turns[wish.turn].text)
    )


_TAKES_UP = re.compile(r"(?:it|they|they['’]re|it['’]s|some of (?:it|them|its)|one of them)\b", re.IGNORECASE)


def _fitness(scene: Scene, clause: Said) -> float:
    """Return how far a clause is the wish that counts now: about the intent, full of matter, and late."""
    case = scene.case
    definition = case.domain.intent(case.intent.label)
    about = f"{case.intent.label} {definition.wants if definition else ''} {definition.description if definition else ''}".replace(
        "_", " "
    ).lower()
    words = set(re.findall(r"[a-z]{4,}", clause.text.lower()))
    fits = sum(1 for word in words if word[:5] in about)
    exact = len(re.findall(r"\b[A-Z]\w*\d\w*|\d[\d.,:-]*|(?<= )[A-Z][a-z]+", clause.text))
    late = clause.turn / max(1, len(case.turns))
    proof = 1.0 if clause.turn in case.intent.turns else 0.0
    return (
        1.5 * min(fits, 3)
        + 0.25 * min(len(words), 10)
        + 0.4 * min(exact, 3)
        + 2.2 * late
        + proof
        - 1.2 * bool(_POINTS.search(" ".join(clause.text.split()[:4])))
        - 4 * bool(is_generic(clause.text))
        - 1.5 * (clause.kind is Clause.HELP)
        - 3 * bool(re.search(r"\b(?:as well|also|too)$", clause.text, re.IGNORECASE))
    )


def _is_beside_the_point(scene: Scene, wish: Said, problem: Said) -> bool:
    """Say whether a first problem outweighs a wish that has nothing to do with the intent."""
    if any(word[:5] in scene.case.intent.label for word in re.findall(r"[a-z]{4,}", wish.text.lower())):
        return False
    return problem.turn < wish.turn and _fitness(scene, wish) < _fitness(scene, problem) - 1


def _more(scene: Scene, main: Said, wishes: list[Said]) -> Iterator[Statement]:
    """Yield further wishes that add something."""
    known = set(
        _content(f"{main.text} {scene.subject.value if scene.subject else ''} reservation order booking flight")
    )
    for clause in sorted(wishes, key=lambda other: -_fitness(scene, other)):
        words = set(_content(clause.text))
        points = _POINTS.search(" ".join(clause.text.split()[:4]))
        if clause is main or len(words - known) < 2 or is_generic(clause.text) or points:  # noqa: PLR2004 -- one word is a variant
            continue
        known |= words
        lead = "to " if clause.kind is Clause.WISH else "help with " if clause.kind is Clause.HELP else ""
        told = shortened(_said_by_them(opened(clause.text)), words=20)
        earlier = clause.turn < main.turn
        text = f"{'Earlier they wanted' if earlier else 'They also want'} {lead}{told}"
        yield Statement(Section.WANTS, sentence(text), (clause.turn,), 5.5 if earlier else 7.0)


def _content(text: str) -> list[str]:
    return [
        word[:5]
        for word in re.findall(r"[a-z0-9]{3,}", text.lower())
        if word not in {"the", "and", "for", "with", "that", "get", "back", "from", "want", "please"}
    ]


def _trouble(scene: Scene, main: Said, problems: list[Said]) -> Iterator[Statement]:
    reason = _reason(scene, main)
    seen = set(_content(f"{main.text} {reason.text if reason else ''}"))
    for clause in problems[:3]:
        if clause is not reason and _OWN.search(clause.text) and len(set(_content(clause.text)) - seen) >= 2:  # noqa: PLR2004 -- one word is a variant
            seen |= set(_content(clause.text))
            told = shortened(_said_by_them(opened(clause.text)), words=22)
            yield Statement(
                Section.WANTS,
                sentence(f"{SAY}{told}"),
                (clause.turn,),
                min(7.0, 5.0 + matter_in(clause.text)),
                lead=SAY,
            )


_OWN = re.compile(r"\b(?:i|i['’]\w+|my|me|we|our|there|someone|somebody|it|they)\b", re.IGNORECASE)


def _problems(scene: Scene, problems: list[Said]) -> Iterator[Statement]:
    first = max(
        problems,
        key=lambda c: (
            _fitness(scene, c)
            + matter_in(c.text)
            - 2 * c.turn / len(scene.case.turns)
            + (c.turn == scene.first_matter_turn)
        ),
    )
    told = shortened(_said_by_them(opened(first.text)), words=_LONGEST)
    text = f"{scene.who} {_REPORTS} {told}"
    headline = _headline(scene, text)
    subject = scene.subject_for(first.turn)
    if subject is not None and plain(subject.value) not in plain(text):
        text += f" ({called(subject)} {subject.value})"
    shown = subject.turns[:1] if subject is not None else ()
    yield Statement(Section.WANTS, sentence(text), cited(_name_turns(scene), (first.turn,), shown), 10, headline)
    known = set(_content(first.text))
    for clause in problems:
        if clause is not first and _OWN.search(clause.text) and len(set(_content(clause.text)) - known) >= 2:  # noqa: PLR2004 -- one word is a variant
            known |= set(_content(clause.text))
            told = shortened(_said_by_them(opened(clause.text)), words=20)
            yield Statement(
                Section.WANTS,
                sentence(f"They also say that {told}"),
                (clause.turn,),
                min(7.4, 5.4 + matter_in(clause.text)),
            )


def _unclear(scene: Scene) -> Statement:
    """Return the best that can be said of a wish that no sentence states."""
    case = scene.case
    definition = case.domain.intent(case.intent.label)
    questions, humans = scene.of(Clause.QUESTION), scene.of(Clause.HUMAN)
    turns: tuple[int, ...]
    opening = next((q for q in questions if q.turn <= scene.first_matter_turn), None)
    if opening is not None and not (asks := indirect(opened(calmed(opening.text)))).startswith("“"):
        text, turns = f"{scene.who} asks {asks}", (opening.turn,)
    elif definition is not None and definition.wants and case.intent.label not in {"unknown", "other"}:
        text, turns = f"{scene.who} wants to {definition.wants}", case.intent.turns or (scene.last_customer_turn,)
    elif questions:
        text, turns = f"{scene.who} asks {indirect(questions[0].text)}", (questions[0].turn,)
    elif humans:
        text, turns = f"{scene.who} asked for a human agent without saying what for", (humans[0].turn,)
    else:
        text, turns = f"{scene.who} has not said clearly what they want", (scene.first_customer_turn,)
    return Statement(Section.WANTS, sentence(text), cited(_name_turns(scene), turns), 10, _headline(scene, text))
