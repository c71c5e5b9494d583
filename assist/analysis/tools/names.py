"""Names of tools, whatever the platform's style: `find_order`, `findOrder`, `orders.find` and `OrderService.find` are one."""

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from typing import Final

from assist.analysis.tools.verbs import is_verb

_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_PART: Final = re.compile(r"[./:]+")
_SERVICE: Final = frozenset({"service", "api", "client", "controller", "tool", "tools", "backend"})
_SHORT: Final = 3


def name_words(name: str) -> tuple[str, ...]:
    """Return the lower-case words of a name in snake_case, camelCase, dots or dashes."""
    return tuple(word.lower() for word in _WORD.findall(name))


def is_like(name: str, globs: Iterable[str]) -> bool:
    """Whether a tool's name fits one of these names or globs, in whatever style it is written."""
    forms = _forms(name)
    return any(fnmatchcase(form, glob.lower()) for glob in globs for form in forms)


def spoken_words(name: str) -> tuple[str, ...]:
    """Return the words of a name with the verb before its thing: `orders.findById` is find, order, by, id."""
    first, *others = (name_words(part) for part in _PART.split(name))
    rest = [word for part in others for word in part]
    if not rest or not is_verb(rest[0]):
        return name_words(name)
    many = rest[0] in {"list", "search"}
    thing = (word if many else _singular(word) for word in first if word not in _SERVICE)
    return (rest[0], *thing, *rest[1:])


@cache
def _forms(name: str) -> frozenset[str]:
    return frozenset(_written(name))


def _written(name: str) -> Iterator[str]:
    yield name.lower()
    yield "_".join(name_words(name))
    yield "_".join(spoken_words(name))


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > _SHORT else word
