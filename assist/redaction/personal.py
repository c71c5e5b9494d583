"""Personal data of a whole conversation: what each text shows, what answers give, and what tools return as names."""

from collections.abc import Iterator, Mapping

from assist.domain.transcript import Role, Transcript
from assist.redaction.answers import answers
from assist.redaction.asking import Asking
from assist.redaction.kinds import SECRETS, Kind, Span, settle
from assist.redaction.structure import leaves
from assist.redaction.texts import find_in_masked

_NAME_KEYS = frozenset(
    (
        "first_name",
        "last_name",
        "full_name",
        "fullname",
        "customer_name",
        "surname",
        "firstname",
        "lastname",
        "patient_name",
        "account_holder",
    )
)
_LONG = 4


def personal(transcript: Transcript) -> Iterator[tuple[Kind, str]]:
    """Yield kind and value of the personal data that is not secret, as often as it stands there."""
    for text, spans in spoken(transcript):
        for span in spans:
            if span.type not in SECRETS:
                yield span.type, text[span.start : span.end]
    if transcript.customer is not None and transcript.customer.name:
        yield Kind.NAME, transcript.customer.name
    for turn in transcript.turns:
        if turn.tool is not None and turn.tool.arguments:
            yield from _fields(turn.tool.arguments)


def spoken(transcript: Transcript) -> Iterator[tuple[str, list[Span]]]:
    """Yield each turn's text with all personal data in it, understood by the question before."""
    asking = Asking()
    for turn in transcript.turns:
        topics = asking.asked if turn.role is Role.CUSTOMER else ()
        spans = list(find_in_masked(turn.text))
        if topics:
            spans = settle([*spans, *answers(turn.text, topics)])
        asking.hear(turn.role, turn.text, given=[span.type for span in spans])
        yield turn.text, spans


def _fields(arguments: Mapping[str, object]) -> Iterator[tuple[Kind, str]]:
    for key, value in leaves(arguments):
        if key in _NAME_KEYS and isinstance(value, str) and value:
            yield Kind.NAME, value
