"""Secrets in a small body that is no conversation, such as an agent's note."""

from collections.abc import Mapping
from typing import Any

from assist.domain.transcript import Role, Transcript, Turn
from assist.redaction.masking import redact

_SILENCE = Turn(role=Role.SYSTEM, text="")


def redact_fields(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body with every secret masked, as it would be in an extra field of a transcript."""
    masked = redact(Transcript.model_validate({"turns": (_SILENCE,), "body": dict(body)})).transcript
    found: dict[str, Any] = masked.model_extra["body"] if masked.model_extra else {}
    return found
