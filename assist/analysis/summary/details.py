"""What else the customer told that a colleague needs: what happened, what they tried, by when, what they hold in their hands.

Sentences of their own, the most telling first; a sentence is left out where its meaning hangs on the one before it.
"""

import re
from collections.abc import Iterator

from assist.analysis.speech.clauses import Clause
from assist.analysis.speech.questions import indirect
from assist.analysis.speech.sentences import Sentence, sentences
from assist.analysis.speech.values import plain
from assist.analysis.speech.wishes import BARE_ACT_WORD, wish_in
from assist.analysis.speech.wording import calmed, opened, sentence, shortened, third_person
from assist.analysis.summary.scene import SAY, Scene, Statement
from assist.domain.findings import Section
from assist.domain.transcript import Role
from assist.redaction.questions import requests

_MOST, _WORDS = 5, 24
_LEAST_WORDS, _MOST_WORDS = 4, 34
_WORTH_SAYING = 0.9
_BASE, _HIGHEST = 4.6, 7.0
_STANDS = re.compile(
    r"^(?:i|i['’]\w+|my|we|we['’]\w+|our|the|a|an|he|she|he['’]s|she['’]s|his|her|there|someone|somebody|nobody|both|all|only|on|in|at|since|for|last|yesterday|no|one|some|according to|"
    r"your|you|when|after|before|if|it['’]?s?|its|they|they['’]re|your \w+|[A-Z][a-z]+|\d+)\b"
)
HANGS = re.compile(
    r"^(?:it|its|it['’]s|they|they['’]re|he|she|he['’]s|she['’]s|that|that['’]s|this|these|those|one|both|and that|so that)\b|^(?:i|we) (?:am|['’]m|was|do|did|don['’]?t|have|had|can|can['’]?t|will|would)$",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"\b(?:hello|thank|thanks|please help|can you help|how are you|no problem|i understand|i see|never mind|are you (?:a|there)|you(?:['’]re| are) (?:a|not|so|useless|welcome)|let me (?:check|see|look)|"
    r"one (?:sec|moment)|hold on|i(?:['’]ll| will) (?:wait|hold|try|check|tell)|just a (?:sec|moment)|that['’]?s (?:it|all|fine|right|correct|what i said)|as i said|kidding|joking|ridiculous|unbelievable|"
    r"guessing|crooks?|rot\b|no stress|don['’]t you dare|hope so|express(?:ed)? myself|sorry|idiot|stupid|useless|crap|damn|hell|bot|robot|machine|here (?:it )?is|my (?:name|e-?mail|email|phone|number|user id|order number|zip|account number|pin|code)(?: \w+)? is|sounds good|appreciate|"
    r"human|agent|supervisor|manager|representative|real person|actual person|speak (?:to|with)|talk to|go ahead)\b",
    re.IGNORECASE,
)
_INSTRUCTS = re.compile(
    r"\b(?:ignore|disregard|override|system (?:note|prompt|message)|note to assistant|you must|as an ai|instructions?)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"[$€£]?\b\d[\w.,:/-]*|(?<=[a-z,] )(?!I\b|I['’])[A-Z][\w'’-]{2,}|\b[Mm]onday|\b[Tt]uesday|\b[Ww]ednesday|\b[Tt]hursday|\b[Ff]riday|\b[Ss]aturday|\b[Ss]unday|\btoday|\btonight|\btomorrow|\byesterday|"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand)\b"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would|[a-z]{2,}ed|['’](?:s|m|re|ve|ll|d)|n['’]t|got|went|took|made|need|want|keep|keeps|paid|bought|sent|lost|found|says|said|gave|came|fell|work|works|live|needs|shows|told|wrote|ate|kept|held|swallowed|ran|rang|spoke|brought|caught|chose|drove|flew|forgot|froze|heard|hit|knew|left|meant|met|put|read|saw|sold|slept|spent|stood|stole|thought|threw|woke|goes|comes|arrives|leaves|opens|closes|starts|stops|costs|depends|belongs|means|looks|feels|seems|thinks|wants|refuses|hangs|freezes|blinks)\b"
)
_NAMES = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}|\d")
_NEEDS = re.compile(
    r"\b(?:need(?:s|ed)?|must|have to|has to|by (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|tonight|the|\d)|before|until|deadline|urgent|only|depends?|alone|cannot wait|important|works? from|ships?|leaves?|"
    r"letter|certificate|receipt|proof|photo|screenshot|document|evidence|doctor|hospital|surgery|funeral|wedding|interview|insulin|medical|pregnant|disabled|child|baby)\b",
    re.IGNORECASE,
)
_TRIED = re.compile(
    r"\b(?:(?:i|we)(?:['’]ve| have)?(?: already| also| just| even)? (?:tried|restarted|rebooted|reset|called|rang|phoned|sent|wrote|emailed|checked|unplugged|plugged|pushed|cut|turned|switched|waited|paid|returned|explained|asked|"
    r"contacted|visited|went|reinstalled|cancelled|canceled|reported|uploaded|told)|second time|third time|fourth time|twice|several times|again and again|for (?:days|weeks|hours|months))\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:lost|stolen|stole|broken|broke|broken|wrong|missing|never|charged|damaged|defective|dead|does ?n[o']t|did ?n[o']t|won['’]?t|can['’]?t|cannot|not working|failed|error|late|delayed|cancel(?:l?ed)|fraud|down|"
    r"melted|smok\w+|burn\w*|hurt|fell|ill|sick|died|moved|changed|closed|expired|instead of|but|because|although|should have|supposed to|promised|says|said|shows?|was told)\b",
    re.IGNORECASE,
)


def details(scene: Scene) -> Iterator[Statement]:
    """Yield what the customer told besides the wish, each sentence once, the most telling with the highest weight."""
    found: list[tuple[float, Sentence, str]] = []
    for index, turn in scene.case.transcript.of(Role.CUSTOMER):
        asked = _asked(scene, index)
        found += [
            (worth, said, _told(said))
            for said in sentences(index, turn.text)
            if (worth := _worth(scene, said, asked=asked)) > _WORTH_SAYING
        ]
    found.sort(key=lambda entry: -entry[0])
    for worth, said, told in sorted(found[:_MOST], key=lambda entry: entry[1].turn):
        yield Statement(Section.WANTS, sentence(f"{SAY}{told}"), (said.turn,), _weight(scene, said, worth), lead=SAY)


def _weight(scene: Scene, said: Sentence, worth: float) -> float:
    """Return the weight of a sentence; what they opened with is what it is about."""
    first = said.turn == scene.first_matter_turn
    return min(_HIGHEST + 1.2 * first, _BASE + worth + 0.6 * first)


def specified(scene: Scene) -> Iterator[Statement]:
    """Yield, in their own words, answers that name several values without being a sentence: a route with its dates, a size and a colour."""
    found: list[tuple[int, str, int]] = []
    known = [fact.value for fact in scene.case.facts if fact.name in _WHO]
    for index, turn in scene.case.transcript.of(Role.CUSTOMER):
        spoken = list(sentences(index, turn.text))
        for said, following in zip(spoken, [*spoken[1:], None], strict=True):
            words = said.core.split()
            values = len(_VALUE.findall(said.core))
            if (
                any(plain(value) in plain(said.core) for value in known)
                or _INTERJECTS.match(said.text)
                or not _NAMES.search(said.core)
            ):
                continue
            if (
                1 < len(words) <= _QUOTED_WORDS
                and values > 1
                and not _VERB.search(said.core)
                and not _PRIVATE.search(said.core)
                and not said.is_question
            ):
                corrected = following is not None and _CORRECTS.search(following.text)
                text = f"{said.text} {following.text}" if corrected and following else said.text
                found.append((values, text, index))
    for values, text, index in sorted(found, key=lambda entry: -entry[0])[:2]:
        yield Statement(Section.WANTS, f"They specified “{text.strip(' .,!;')}”.", (index,), 6.6 + 0.2 * min(values, 4))


_CORRECTS = re.compile(
    r"^\W*(?:sorry|oops|no wait|wait|correction|i (?:mean|meant)|actually)\b|\bnot \d", re.IGNORECASE
)


_QUOTED_WORDS = 16
_WHO = frozenset(("name", "postcode", "date_of_birth", "email", "phone", "account_number", "user_id", "username"))
_INTERJECTS = re.compile(
    r"^(?:oh|wow|dear|yes|yeah|no|ok|okay|ha|haha|well|hi|hello|thanks?)\b|.*\bnot \d|.*\bi think\b", re.IGNORECASE
)
_PRIVATE = re.compile(
    r"\[|@|^\W*[\w#-]*\d[\w-]*\W*$|\b(?:name|e-?mail|phone|zip|pin|code|user id|born|birth|hi|hello|thanks?)\b",
    re.IGNORECASE,
)


def quoted(scene: Scene) -> Iterator[Statement]:
    """Yield sentences with much matter that cannot be turned into reported speech, to the letter; they only fill what room is left."""
    found: list[tuple[float, Sentence]] = []
    for index, turn in scene.case.transcript.of(Role.CUSTOMER):
        asked_who = _asked(scene, index)
        for said in sentences(index, turn.text):
            words = said.core.split()
            if (
                said.is_question
                or not _QUOTED_LEAST <= len(words) <= _MOST_WORDS
                or _EMPTY.search(said.core)
                or "[" in said.text
                or "“" in said.text
                or '"' in said.text
            ):
                continue
            if _INSTRUCTS.search(turn.text) or _worth(scene, said, asked=asked_who) > _WORTH_SAYING:
                continue
            worth = matter_in(said.core)
            if worth > _WORTH_QUOTING and _reads_new(scene, said.core) and not _is_known(scene, said.core):
                found.append((worth, said))
    for worth, said in sorted(found, key=lambda entry: -entry[0])[:2]:
        shown = said.core if said.core in said.text else said.text
        text = f"They wrote: “{shown.strip(' .,!;')}”."
        yield Statement(Section.WANTS, text, (said.turn,), min(5.2, 3.0 + worth), lead="They wrote: ")


_QUOTED_LEAST, _WORTH_QUOTING = 5, 0.7


def _is_known(scene: Scene, core: str) -> bool:
    """Say whether a sentence only lists who they are and what it is about, which other lines tell."""
    rest = f" {plain(core)} "
    for value in sorted((plain(fact.value) for fact in scene.case.facts), key=len, reverse=True):
        rest = rest.replace(f" {value} ", " ")
    return len(set(rest.split()) - _LISTING) <= 1


_LISTING = frozenset(
    [
        "a",
        "and",
        "are",
        "booking",
        "code",
        "customer",
        "e",
        "email",
        "for",
        "from",
        "i",
        "id",
        "is",
        "it",
        "its",
        "mail",
        "my",
        "name",
        "number",
        "of",
        "on",
        "order",
        "phone",
        "reservation",
        "s",
        "the",
        "this",
        "user",
    ]
)


def _reads_new(scene: Scene, core: str) -> bool:
    """Say whether a sentence is more than a wish that is told anyway."""
    wish = wish_in(core)
    told = {plain(clause.text) for clause in scene.of(Clause.WISH, Clause.THING, Clause.HELP)}
    return wish is None or not any(plain(wish[1]).startswith(text) for text in told)


def matter_in(core: str) -> float:
    """Return how much a sentence holds for a colleague: values, needs, things tried, things that happened."""
    content = len(set(re.findall(r"[a-z]{4,}", core.lower())))
    return (
        0.35 * min(len(_VALUE.findall(core)), 3)
        + 0.12 * min(content, 9)
        + 0.7 * bool(_NEEDS.search(core))
        + 0.6 * bool(_TRIED.search(core))
        + 0.5 * bool(_HAPPENED.search(core))
    )


def asked(scene: Scene) -> Iterator[Statement]:
    """Yield what the customer asked, in indirect speech, the question with most matter in it."""
    questions = [
        c
        for c in scene.of(Clause.QUESTION)
        if _hasmatter_in(c.text) and not _EMPTY.search(c.text) and not _INSTRUCTS.search(c.text)
    ]
    if not questions:
        return
    best = max(questions, key=lambda c: (len(_NAMES.findall(c.text)), min(len(c.text.split()), 12)))
    told = indirect(opened(calmed(best.text)))
    if not told.startswith("“"):
        yield Statement(Section.WANTS, sentence(f"They asked {shortened(told, words=_WORDS)}"), (best.turn,), 6.2)


def _hasmatter_in(text: str) -> bool:
    return bool(_NAMES.search(text)) or len(set(re.findall(r"[a-z]{5,}", text.lower()))) >= _LEAST_WORDS


def _asked(scene: Scene, index: int) -> bool:
    """Say whether the turn before asked who they are: then the answer is told elsewhere."""
    before = next((t for t in reversed(scene.case.turns[:index]) if t.role in {Role.BOT, Role.AGENT}), None)
    return before is not None and bool(requests(before.text))


def _told(said: Sentence) -> str:
    return shortened(third_person(opened(calmed(said.core)), by_customer=True), words=_WORDS)


def _worth(scene: Scene, said: Sentence, *, asked: bool) -> float:
    core = said.core
    words = core.split()
    if (
        said.is_question
        or not _LEAST_WORDS <= len(words) <= _MOST_WORDS
        or not _STANDS.match(core)
        or HANGS.match(core)
    ):
        return 0
    if (
        BARE_ACT_WORD.fullmatch(words[0])
        or _EMPTY.search(core)
        or _INSTRUCTS.search(scene.case.turns[said.turn].text)
        or "[" in core
    ):
        return 0
    if not _VERB.search(core):
        return 0
    content = len(set(re.findall(r"[a-z]{4,}", plain(core))))
    first = said.turn == scene.first_customer_turn
    return matter_in(core) + 0.6 * first - 0.8 * (asked and content < _LEAST_WORDS) - 0.3 * (len(words) > _WORDS)
