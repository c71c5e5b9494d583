"""A running conversation with more turns: what of its head stays and what the addition replaces."""

from collections import Counter
from typing import Any

from assist.domain.transcript import Consent, RedactedTranscript, Transcript
from assist.errors import InvalidInput

_LONGEST_ID = 200  # as for a transcript that comes whole


def conversation_id_of(addition: RedactedTranscript) -> str:
    """Return the id of the conversation that turns are added to; InvalidInput where there is none to file them under."""
    conversation_id = addition.transcript.conversation_id
    if not conversation_id or len(conversation_id) > _LONGEST_ID:
        length = len(conversation_id or "")
        message = f"the conversation id has {length} characters, expected 1 to {_LONGEST_ID}; send another"
        raise InvalidInput(message, field="conversation_id")
    return conversation_id


def joined(before: RedactedTranscript | None, addition: RedactedTranscript) -> RedactedTranscript:
    """Return the whole conversation: all turns, the newest head fields that were set, and the redactions of both."""
    if before is None:
        return addition
    head = _set_fields(addition.transcript)
    if "consent" in head:
        head["consent"] = _consent(before.transcript.consent, addition.transcript.consent)
    head["turns"] = (*before.turns, *addition.turns)
    counts = Counter(before.redactions) + Counter(addition.redactions)
    return before.model_copy(
        update={"transcript": before.transcript.model_copy(update=head), "redactions": dict(counts)}
    )


def _set_fields(transcript: Transcript) -> dict[str, Any]:
    """Return what the caller set, fields that this service does not know among them."""
    given = {name: getattr(transcript, name) for name in transcript.model_fields_set}
    return {name: value for name, value in given.items() if value is not None}


def _consent(before: Consent, addition: Consent) -> Consent:
    # A consent that was refused stays refused until the caller says otherwise: a default is no answer of the customer.
    return before.model_copy(update={name: getattr(addition, name) for name in addition.model_fields_set})
