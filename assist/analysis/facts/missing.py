"""What the human still has to find out."""

import re
from collections.abc import Iterator

from assist.analysis.case import Case
from assist.analysis.facts.answers import unanswered
from assist.analysis.facts.asked_details import asked_details
from assist.analysis.facts.unknowns import unknowns
from assist.domain.findings import VerificationStatus

_SAME = {
    "name": {"customer_name", "patient_name", "full_name", "passenger"},
    "order_id": {"order_number"},
    "amount": {"disputed_amount", "amount_paid", "order_total", "item_price", "flight_price"},
    "date": {"day", "flight_date", "date_of_charge", "start_date", "purchase_date", "period"},
    "postcode": {"zip_code"},
    "address": {"street", "shipping_address", "new_address"},
    "account_number": {"account_id"},
    "item": {"product", "brand"},
    "cancellation_reason": {"reason", "return_reason"},
    "reason": {"cancellation_reason", "return_reason"},
    "last_seen": {"place", "period", "time"},
}
_UNPROVEN = frozenset((VerificationStatus.FAILED, VerificationStatus.NOT_ATTEMPTED))


class MissingStage:
    """Compares what the intent needs with the facts, and questions with answers."""

    name = "missing"

    def by_rules(self, case: Case) -> tuple[str, ...]:
        """Return what is missing as short texts: what the intent needs first, then what was asked in vain."""
        return tuple(dict.fromkeys(_sentence_case(text) for text in _texts(case)))


_IDENTITY = frozenset(
    ("name", "email", "phone", "postcode", "account_number", "account_id", "user_id", "username", "date_of_birth")
)


def _texts(case: Case) -> Iterator[str]:
    known = {fact.name for fact in case.facts}
    definition = case.domain.intent(case.intent.label)
    unproven = case.verification.status in _UNPROVEN
    needed = [name for name in (definition.needs if definition else ()) if not _is_known(name, known)]
    lacking = [_fact_name(word) for word in asked_details(case).lacking] if unproven else []
    asked = [name for name, _ in unanswered(case) if not _is_known(name, known)]
    asked = [name for name in asked if unproven or name not in _IDENTITY]
    yield from (_title(case, name) for name in dict.fromkeys([*needed, *lacking, *asked]))
    yield from (unknown.text for unknown in unknowns(case))
    if unproven and (needed or lacking):
        yield "Proof of who the customer is"


def _fact_name(word: str) -> str:
    """Return the fact name of a word for an identity detail."""
    return {"e-mail address": "email", "zip code": "postcode", "phone number": "phone"}.get(
        word, word.lower().replace(" ", "_")
    )


def _is_known(name: str, known: set[str]) -> bool:
    return bool(({name} | _SAME.get(name, set())) & known)


def _title(case: Case, name: str) -> str:
    title = next((fact.title for fact in case.domain.facts if fact.name == name and fact.title), "")
    return title or re.sub(r"_id$", " number", name).replace("_", " ")


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
