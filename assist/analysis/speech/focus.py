"""Which back-end records a conversation is about, among those the bot looked up."""

from collections import Counter, defaultdict

from assist.analysis.speech.values import Found, occurs, plain

_BY_ID, _SAID, _TOLD = 6.0, 2.0, 0.5
_CLOSE = 0.6  # of the best score: records that are nearly as much spoken of count too
_MOST = 3
_TELLING = 3  # shorter values occur by chance


def focus(found: list[Found], customer: str, others: str) -> set[str]:
    """Return the ids of the records that the conversation is about: those whose own values are spoken of."""
    values: dict[str, set[str]] = defaultdict(set)
    last: dict[str, int] = {}
    for value in found:
        if value.record:
            values[value.record].add(value.value)
            last[value.record] = value.turn
    shared = Counter(plain(value) for record in values.values() for value in record)
    scores: dict[str, float] = {}
    for record, own in values.items():
        telling = [value for value in own if len(values) == 1 or shared[plain(value)] == 1]
        scores[record] = (
            _BY_ID * occurs(record, customer)
            + _BY_ID / 3 * occurs(record, others)
            + sum(
                _SAID * occurs(value, customer) + _TOLD * occurs(value, others)
                for value in telling
                if len(plain(value)) >= _TELLING
            )
            + 0.001 * last[record]
        )
    best = max(scores.values(), default=0.0)
    close = sorted((record for record in scores if scores[record] >= _CLOSE * best), key=lambda record: -scores[record])
    return set(close[:_MOST])
