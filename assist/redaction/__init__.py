"""The only door to the floors above: a transcript goes in, its secrets stay behind.

Secrets (card numbers, codes, PINs, passwords, security answers, national ids) are masked once, before anything is stored or
logged. Other personal data (names, e-mail and postal addresses, phones) stays readable for the human who takes over, and is
replaced by placeholders only on the way to a language model or a log.
"""

from assist.redaction.fields import redact_fields
from assist.redaction.kinds import SECRETS, Kind, Span
from assist.redaction.masking import redact
from assist.redaction.texts import RedactedText, find, redact_text
from assist.redaction.vault import Pseudonymised, Vault, pseudonymise

__all__ = [
    "SECRETS",
    "Kind",
    "Pseudonymised",
    "RedactedText",
    "Span",
    "Vault",
    "find",
    "pseudonymise",
    "redact",
    "redact_fields",
    "redact_text",
]
