"""What the keys of tool calls are called in a packet, and how much a human needs their values."""

import re
from collections.abc import Mapping
from functools import lru_cache

from assist.domain.business import Domain

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

_NAMES: Mapping[str, str] = {
    "userid": "user_id",
    "customer_id": "user_id",
    "member_id": "user_id",
    "user_name": "username",
    "login": "username",
    "booking_id": "reservation_id",
    "booking_reference": "reservation_id",
    "confirmation_number": "reservation_id",
    "pnr": "reservation_id",
    "order_number": "order_id",
    "accountnumber": "account_number",
    "account_no": "account_number",
    "full_name": "name",
    "fullname": "name",
    "customer_name": "name",
    "patient_name": "patient_name",
    "guest_name": "name",
    "e_mail": "email",
    "email_address": "email",
    "phone_number": "phone",
    "mobile": "phone",
    "telephone": "phone",
    "zip": "postcode",
    "zip_code": "postcode",
    "postal_code": "postcode",
    "post_code": "postcode",
    "dob": "date_of_birth",
    "birth_date": "date_of_birth",
    "birthday": "date_of_birth",
    "address1": "street",
    "street_address": "street",
    "membership_level": "membership",
    "member_level": "membership",
    "tier": "membership",
    "bank_balance": "balance",
    "bank_name": "bank",
    "tracking_id": "tracking_number",
    "payment_id": "payment_method",
    "payment_method_id": "payment_method",
    "last_four": "card_ending",
    "created_at": "created_at",
    "hotel_name": "hotel",
    "display_name": "name",
    "holder": "name",
    "holder_name": "name",
    "account_holder": "name",
    "customer": "name",
    "state": "status",
    "booking_code": "reservation_id",
    "reservation_code": "reservation_id",
    "pax": "passenger",
    "passengers": "passenger",
    "total_amount": "total",
    "last4": "card_ending",
    "mandate": "mandate_number",
    "doctor_name": "doctor",
    "start_date": "start_date",
    "day": "day",
}
"""Keys that platforms use for the same thing."""

_IN_LISTS: Mapping[tuple[str, str], str] = {
    ("flight", "date"): "flight_date",
    ("flight", "price"): "flight_price",
    ("flight", "origin"): "leg_origin",
    ("flight", "destination"): "leg_destination",
    ("item", "name"): "item",
    ("product", "name"): "item",
    ("item", "price"): "item_price",
    ("passenger", "name"): "passenger",
    ("payment_history", "amount"): "amount_paid",
    ("passenger", "dob"): "passenger_date_of_birth",
    ("passenger", "date_of_birth"): "passenger_date_of_birth",
    ("saved_passenger", "name"): "saved_passenger",
    ("saved_passenger", "dob"): "saved_passenger_date_of_birth",
    ("payment_method", "amount"): "payment_method_balance",
    ("payment_method", "id"): "payment_method",
    ("flight", "no"): "flight_number",
    ("flight", "from"): "origin",
    ("flight", "to"): "destination",
    ("segment", "flight"): "flight_number",
    ("segment", "date"): "flight_date",
    ("segment", "from"): "origin",
    ("segment", "to"): "destination",
    ("line", "title"): "item",
    ("line", "name"): "item",
    ("item", "title"): "item",
    ("product", "title"): "item",
    ("order", "no"): "order_id",
    ("order", "number"): "order_id",
    ("reservation", "code"): "reservation_id",
    ("booking", "code"): "reservation_id",
    ("total", "value"): "total",
    ("price", "value"): "item_price",
    ("order", ""): "order_id",
    ("reservation", ""): "reservation_id",
}
"""What a key means in a list of such things: `items[].name` is an item."""

_SKIPPED = re.compile(
    r"id|(?:.*_)?(?:thought|expression|query|limit|page|request_type|api_?name|country|source|transaction_type|type|lang|language|"
    r"timestamp|session|locale|version|score|confidence|seats|est|options?|product_id|brand|question_num|minutes_till_pickup|summary)",
)

_WITH_ID = frozenset(
    (
        "customer",
        "user",
        "member",
        "account",
        "order",
        "reservation",
        "booking",
        "ticket",
        "case",
        "claim",
        "payment",
        "transaction",
        "transfer",
        "refund",
        "return",
        "mandate",
        "loan",
        "line",
    )
)
_STATED = frozenset(
    ("", "order", "reservation", "booking", "account", "claim", "case", "ticket", "application", "return", "line")
)
"""Things whose state is the state of the matter; that of a payment or a parcel is named after it."""

_WEIGHTS: Mapping[str, float] = {
    "reservation_id": 10,
    "order_id": 10,
    "account_number": 10,
    "account_id": 10,
    "name": 10,
    "patient_name": 9,
    "user_id": 9,
    "username": 9,
    "email": 7,
    "phone": 7,
    "date_of_birth": 5,
    "amount": 7,
    "address": 7,
    "postcode": 5,
    "street": 4,
    "city": 3,
    "status": 6,
    "item": 6,
    "cabin": 6,
    "insurance": 6,
    "balance": 8,
    "bank": 6,
    "membership": 6,
    "payment_method": 6,
    "amount_paid": 6,
    "flight_number": 5,
    "flight_date": 6,
    "created_at": 5,
    "tracking_number": 5,
    "origin": 4.5,
    "destination": 4.5,
    "passenger": 4,
    "leg_origin": 1,
    "leg_destination": 1,
    "total_baggages": 2,
    "nonfree_baggages": 2,
    "flight_type": 2,
    "message": 4,
    "item_id": 4,
    "item_price": 4,
    "hotel": 7,
    "error_code": 6,
    "reference": 6,
    "quantity": 2.5,
    "quoted": 2.5,
    "entry": 4,
    "doctor": 7,
    "product_id": 1,
    "saved_passenger": 0,
    "payment_method_balance": 1,
}
_DEFAULT_WEIGHT = 3.0
_DEFINED_WEIGHT = 6.0


_CORE = frozenset(
    (
        "status", "order_status", "amount_paid", "payment_method", "cabin", "insurance", "membership", "created_at", "origin", "destination", "flight_date",
        "balance", "bank", "tracking_number", "item", "hotel", "doctor", "plan", "total",
    )
)  # fmt: skip


def is_core(name: str) -> bool:
    """Say whether a value tells what a record is: its state, its price, what it covers."""
    return name in _CORE


@lru_cache(maxsize=2048)
def key_words(key: str) -> str:
    """Return a key in snake case: `AccountNumber` is `account_number`."""
    return "_".join(word.lower() for word in _WORDS.findall(key))


class Fields:
    """Names the fields of tool calls for one domain."""

    def __init__(self, domain: Domain) -> None:
        self._keys = {key_words(key): fact.name for fact in domain.facts for key in fact.keys}
        self._names = frozenset(fact.name for fact in domain.facts)
        self._known: dict[tuple[str, str], str | None] = {}

    def name(self, key: str, parent: str = "") -> str | None:
        """Return the fact name of a key below `parent` (singular, snake case); None where nobody needs its value."""
        if (key, parent) not in self._known:
            self._known[key, parent] = self._named(key_words(key), parent)
        return self._known[key, parent]

    def _named(self, own: str, parent: str) -> str | None:
        if (listed := _IN_LISTS.get((parent, own))) is not None:
            return listed
        if (defined := self._keys.get(own)) is not None:
            return defined
        if own == "id" and parent in _WITH_ID:
            return _NAMES.get(f"{parent}_id", f"{parent}_id")
        if _SKIPPED.fullmatch(own) or not own:
            return None
        if own in {"status", "state"} and parent not in _STATED:
            return f"{parent}_status"
        return _NAMES.get(own, own)

    def usefulness(self, name: str) -> float:
        """Return how much a human needs values of this name, before the conversation is looked at."""
        if name in _WEIGHTS:
            return _WEIGHTS[name]
        if name.endswith(("_id", "_number")):
            return _DEFINED_WEIGHT
        return _DEFINED_WEIGHT - 1 if name in self._names else _DEFAULT_WEIGHT
