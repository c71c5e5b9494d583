"""Walks through structured data."""

import re
from collections.abc import Iterator, Mapping

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def key_words(key: str) -> list[str]:
    """Return the lower-case words of a key in snake case, camel case or with dashes."""
    return [word.lower() for word in _WORDS.findall(key)]


def leaves(value: object, key: str = "") -> Iterator[tuple[str, object]]:
    """Yield every scalar with the snake-case key it lies under."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from leaves(inner, "_".join(key_words(str(name))))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from leaves(inner, key)
    else:
        yield key, value


def texts(value: object) -> Iterator[str]:
    """Yield every text, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from texts(key)
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)
