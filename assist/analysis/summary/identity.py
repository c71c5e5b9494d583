"""Who the customer is and whether that is proven; never more than the verification found."""

from collections.abc import Iterator

from assist.analysis.facts.asked_details import asked_details
from assist.analysis.facts.records import plain_argument
from assist.analysis.speech.wording import listed, sentence
from assist.analysis.summary.scene import Scene, Statement, called, cited
from assist.domain.findings import AttemptOutcome, Section, VerificationStatus
from assist.domain.transcript import Role
from assist.redaction import Kind
from assist.redaction.placeholders import PLACEHOLDER
from assist.redaction.structure import key_words, leaves

_KEYS = {
    "name": "name", "full_name": "name", "first_name": "name", "last_name": "name", "customer_name": "name", "email": "e-mail address", "zip": "zip code",
    "zip_code": "zip code", "postcode": "zip code", "phone": "phone number", "phone_number": "phone number", "date_of_birth": "date of birth", "dob": "date of birth",
    "account_number": "account number", "account_id": "account ID", "pin": "PIN", "password": "password", "ssn": "social security number",
    "security_answer_1": "security answers", "security_answer_2": "security answers", "security_answer": "security answer", "otp": "one-time code",
    "code": "code", "user_id": "user ID", "username": "username",
}  # fmt: skip
_SHOWN = frozenset(("account number", "account ID", "user ID", "username"))
_MOST = 5


def identity(scene: Scene) -> Iterator[Statement]:
    """Yield one sentence on who they are and what proves it, and one where a check was fed with something else."""
    yield _proof(scene)
    yield from _mismatch(scene)


_NAMES = {
    Kind.PIN: "PIN",
    Kind.PASSWORD: "password",
    Kind.NATIONAL_ID: "social security number",
    Kind.CARD_NUMBER: "card number",
    Kind.ONE_TIME_CODE: "code",
}


def _mismatch(scene: Scene) -> Iterator[Statement]:
    """Yield a secret that the tool was given and the customer never said: equal values share a placeholder."""
    said: dict[Kind, dict[str, int]] = {}
    sent: dict[Kind, dict[str, int]] = {}
    for index, turn in enumerate(scene.case.turns):
        source = (
            turn.text
            if turn.role is Role.CUSTOMER
            else str(turn.tool.arguments)
            if turn.tool and turn.tool.arguments
            else ""
        )
        for match in PLACEHOLDER.finditer(source):
            kinds = said if turn.role is Role.CUSTOMER else sent
            kinds.setdefault(Kind(match["kind"].lower()), {})[match[0]] = index
    for kind, values in sent.items():
        other = [turn for value, turn in values.items() if value not in said.get(kind, {})]
        if kind in _NAMES and other and kind in said:
            text = f"The {_NAMES[kind]} sent to the system differs from the {_NAMES[kind]} they gave"
            yield Statement(Section.IDENTITY, sentence(text), cited(tuple(said[kind].values()), tuple(other)), 9)


def _proof(scene: Scene) -> Statement:
    found = scene.case.verification
    details = asked_details(scene.case)
    given, lacking = list(details.given)[:_MOST], list(details.lacking)[:_MOST]
    proof = cited(found.turns, *(details.given[word] for word in given))
    lack = cited(*(details.lacking[word] for word in lacking))
    last = (len(scene.case.turns) - 1,)
    match found.status:
        case VerificationStatus.VERIFIED:
            by = _checked(scene) or [word for word in given if set(details.given[word]) & set(found.turns)]
            text = f"Their identity was verified{f' by {listed(by)}' if by else ''}"
            return Statement(Section.IDENTITY, sentence(text), found.turns or proof or last, 8)
        case VerificationStatus.IDENTIFIED:
            return _identified(scene, given, proof or last)
        case VerificationStatus.FAILED:
            failed = [attempt for attempt in found.attempts if attempt.outcome is AttemptOutcome.FAILED]
            tries = {1: "", 2: " in two attempts", 3: " in three attempts"}.get(len(failed), "")
            text = f"Their identity could not be verified{tries}" + _balance(given, lacking)
            tried = cited(*(attempt.turns for attempt in failed))
            return Statement(Section.IDENTITY, sentence(text), cited(proof, lack, tried) or last, 9)
        case _:
            text = _unchecked(given, lacking)
            return Statement(Section.IDENTITY, sentence(text), cited(proof, lack) or last, 7 + bool(lacking))


def _unchecked(given: list[str], lacking: list[str]) -> str:
    if len(given) + len(lacking) > 1:
        gave = f"They gave their {listed(given)}" if given else "They gave no proof of identity"
        lack = f", but not their {listed(lacking, last='or')}" if lacking else ""
        return f"{gave}{lack}; none of this was checked, so they are not verified" if given else f"{gave}{lack}"
    return "Their identity has not been checked" + _balance(given, lacking)


def _balance(given: list[str], lacking: list[str]) -> str:
    if given and lacking:
        return f": they gave their {listed(given)}, but not their {listed(lacking, last='or')}"
    if lacking:
        return f": they did not give their {listed(lacking, last='or')}"
    return f"; they gave their {listed(given)}" if given else ""


_KEYS_FIRST = ("user_id", "username", "account_number", "account_id", "email", "phone")
_BOOKINGS = ("reservation_id", "booking_id", "order_id")


def _identified(scene: Scene, given: list[str], turns: tuple[int, ...]) -> Statement:
    case = scene.case
    tools = {t for t in case.verification.turns if t < len(case.turns) and case.turns[t].role is Role.TOOL}
    if (found := scene.fact(*_KEYS_FIRST, *_BOOKINGS, where=lambda fact: bool(tools & set(fact.turns)))) is not None:
        text = f"They were found by {called(found)} {found.value}, but their identity was not checked"
        return Statement(Section.IDENTITY, sentence(text), cited(case.verification.turns, found.turns[:2]), 8)
    key = next((fact for name in _KEYS_FIRST if (fact := scene.fact(name, where=scene.is_from_customer))), None)
    if key is not None:
        others = [word for word in given if word not in {called(key), _KEYS.get(key.name), "order ID"}]
        lead = f"their {listed(others)} and the" if others else "the"
        text = f"They gave {lead} {called(key)} {key.value}; nothing confirms their identity"
        return Statement(Section.IDENTITY, sentence(text), cited(turns, key.turns[:2]), 8)
    text = (
        f"They gave their {listed(given)}; nothing confirms their identity"
        if given
        else "Nothing confirms their identity"
    )
    return Statement(Section.IDENTITY, sentence(text), turns, 7)


def _checked(scene: Scene) -> list[str]:
    """Return what the check that passed was given, by the keys of its call."""
    case = scene.case
    words: list[str] = []
    for turn in (t for t in case.verification.turns if t < len(case.turns)):
        tool = case.turns[turn].tool
        if tool is None or not tool.arguments or tool.ok is False:
            continue
        words = []
        for key, value in leaves(tool.arguments):
            word = _KEYS.get(key) or _KEYS.get("_".join(key_words(key)))
            text = plain_argument(value)
            if word and text and not any(known.startswith(word) for known in words):
                words.append(f"{word} {text}" if word in _SHOWN else word)
    return words
