"""What a tool call proves of the customer if it works: who they are, that an account exists, or nothing of the kind.

Every doubt lowers the answer: an unfamiliar tool proves identity only where it was given something that nobody else
knows, where its name says so and nothing else, or where the bot asked for exactly these details as proof.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from assist.analysis.case import Case
from assist.analysis.identity.answers import answers_check, declares_identity, finds_own_record
from assist.analysis.identity.details import Detail, argument_details
from assist.analysis.identity.questions import Exchange
from assist.analysis.speech.phrases import phrase_book
from assist.analysis.tools.names import is_like
from assist.analysis.tools.results import ResultKind, ToolResult
from assist.domain.business import Proof, VerificationMethod
from assist.domain.transcript import Role

_PROVING: Final = frozenset({Detail.PIN, Detail.PASSWORD, Detail.CODE, Detail.SECURITY_ANSWER})
"""What proves identity wherever the back end accepts it; a tax number may be given for other ends."""
_FINDING: Final = _PROVING | {
    Detail.USERNAME, Detail.EMAIL, Detail.PHONE, Detail.ACCOUNT, Detail.ORDER, Detail.CARD, Detail.NATIONAL_ID,
}  # fmt: skip
_NAMED_PLACE: Final = frozenset({Detail.NAME, Detail.ZIP})
_ELSEWHERE: Final = frozenset(
    {"outage", "outages", "incident", "incidents", "fault", "faults", "test", "diagnose", "diagnostics", "stock", "availability"}
)  # fmt: skip
"""Words of calls that look at a network or a shelf, and find nobody."""
_PROOF_WORDS: Final = frozenset({"authenticate", "authentication", "auth", "login", "signin"})
_CHECKING: Final = frozenset({"verify", "verification", "validate", "confirm", "check"})
_SECRET_WORDS: Final = frozenset({"identity", "pin", "password", "passcode", "otp", "security", "credentials", "kba"})
_PERSON_WORDS: Final = frozenset(
    {"user", "customer", "caller", "member", "traveller", "traveler", "passenger", "guest", "patient", "client", "subscriber", "holder",
     "policyholder", "owner", "tenant"}
)  # fmt: skip
_FILLING: Final = frozenset(
    {
        "by",
        "with",
        "the",
        "and",
        "id",
        "details",
        "info",
        "answer",
        "answers",
        "question",
        "questions",
        "code",
        "phone",
        "one",
        "time",
        "of",
        "api",
    }
)
_NOT_CHECKING: Final = frozenset(
    {"update", "change", "set", "reset", "create", "register", "open", "add", "edit", "modify", "save", "enroll", "send", "resend", "start", "begin",
     "request", "initiate", "generate"}
)  # fmt: skip
_SENDS: Final = frozenset({"send", "resend", "start", "request", "initiate", "generate", "issue"})
_EXISTING: Final = frozenset({"get", "find", "lookup", "retrieve", "fetch", "track", "status", "details"})
_RECORD_KEYS: Final = frozenset(
    f"{thing}_{key}"
    for thing in ("user", "customer", "account", "reservation", "order", "booking", "member", "profile", "policy")
    for key in ("id", "number")
)
_BARE_ID: Final = re.compile(r"^[\"']?[\w@.#-]{3,60}[\"']?$")


def configured_method(methods: Iterable[VerificationMethod], tool: str | None) -> VerificationMethod | None:
    """Return the domain's method that a tool runs, by name or glob."""
    if tool is None:
        return None
    return next((method for method in methods if is_like(tool, method.tools)), None)


def proof_of(case: Case, result: ToolResult, answered: Exchange | None, *, again: bool) -> Proof | None:
    """Return what a call shows if it works.

    `answered` is the last question for details with an answer that no call has used yet; `again` says that the proof
    before it failed, so that what is asked next is asked for the same end.
    """
    method = configured_method(case.domain.verification, result.name)
    if method is not None:
        return method.proves
    details = argument_details(result.arguments)
    words = frozenset(result.topic)
    if result.kind is ResultKind.UNPROVEN or _named_after_proof(words) or declares_identity(result):
        return Proof.IDENTITY
    if details & _PROVING and not words & _NOT_CHECKING:
        return Proof.IDENTITY
    finds = _finds_record(result, details) or finds_own_record(case, result)
    asked = answered is not None and _asked_as_proof(answered, details, again=again)
    if answered is not None and asked and (finds or answers_check(result)) and _follows(case, answered, result):
        return Proof.IDENTITY
    return Proof.ACCOUNT if finds else None


def only_checks(case: Case, result: ToolResult) -> bool:
    """Whether a call checks who the customer is and does nothing besides, as a balance look-up with a PIN does."""
    if configured_method(case.domain.verification, result.name) is not None and frozenset(result.topic) & _CHECKING:
        return True
    return _named_after_proof(frozenset(result.topic)) or declares_identity(result) or answers_check(result)


def sends_code(result: ToolResult) -> bool:
    """Whether a call sends the customer a code to type in."""
    words = frozenset(result.topic)
    return bool(words & _SENDS) and bool(words & {"code", "otp", "passcode", "pin", "2fa", "verification"})


def _named_after_proof(words: frozenset[str]) -> bool:
    if words & _NOT_CHECKING:
        return False
    if words & _PROOF_WORDS:
        return True
    about = words - _CHECKING - _FILLING
    if not words & _CHECKING or not about:
        return False
    # "check_user" may check anything of the user; "verify_user" and "check_pin" say what for.
    return about <= _SECRET_WORDS | _PERSON_WORDS and bool(about & _SECRET_WORDS or "check" not in words)


def _asked_as_proof(answered: Exchange, details: frozenset[Detail], *, again: bool) -> bool:
    """Whether the call runs on what was asked for as proof."""
    asked_for_it = answered.for_proof or (again and bool(answered.asked - {Detail.ORDER}))
    return asked_for_it and bool(details & (answered.given | answered.asked) if details else answered.given)


def _follows(case: Case, answered: Exchange, result: ToolResult) -> bool:
    """Whether the call is the first since the answer."""
    return not any(case.turns[index].role is Role.TOOL for index in range(answered.answers[-1] + 1, result.turn))


def _finds_record(result: ToolResult, details: frozenset[Detail]) -> bool:
    if result.acts or frozenset(result.topic) & _ELSEWHERE:
        return False
    if details & _FINDING or details >= _NAMED_PLACE:
        return True
    if details and all(_is_who(key) for key in result.arguments):
        # Keyed by nothing but who the customer is, or by a name and the number of something that exists already.
        return "id" not in {key.lower() for key in result.arguments} or bool(frozenset(result.words) & _EXISTING)
    if result.arguments or result.name:
        return False
    if result.failed:
        return phrase_book("identity_signs")["record_missing"].search(result.message)
    return _is_record(result)


def _is_who(key: str) -> bool:
    return bool(argument_details({key: "x"})) or key.lower() in {"name", "id"}


def _is_record(result: ToolResult) -> bool:
    if isinstance(result.data, Mapping):
        keys = {str(key).lower() for key in result.data}
        return bool(keys & _RECORD_KEYS) or ("name" in keys and bool(keys & {"email", "address", "dob", "phone"}))
    return isinstance(result.data, (str, int)) or (result.data is None and bool(_BARE_ID.match(result.message)))
