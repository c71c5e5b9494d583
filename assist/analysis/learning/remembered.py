"""Readings of a case that several stages need, made once.

A case only grows: each stage hands on the same transcript, domain and vectors. So what is read from these alone is the
same for all stages, and is kept for the last few cases. Old cases drop out; nothing is kept by content.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Final, TypeVar

from assist.analysis.case import Case

T = TypeVar("T")

_CASES: Final = 8
"""So many cases are worked on at once, roughly: one a thread."""


class _Same:
    """A case as far as it does not change, known by identity and not by its content."""

    __slots__ = ("case", "parts")

    def __init__(self, case: Case) -> None:
        self.case = case
        self.parts: tuple[Any, ...] = (case.transcript, case.domain, case.vectors)

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.parts)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and all(mine is its for mine, its in zip(self.parts, other.parts, strict=True))


def once_per_case(read: Callable[[Case], T]) -> Callable[[Case], T]:
    """Return the function so that a second call on the same transcript, domain and vectors gives the first answer.

    The function must read nothing else of the case, and its answer must not be changed by those who get it.
    """
    kept = lru_cache(maxsize=_CASES)(lambda same: read(same.case))

    @wraps(read)
    def remembered(case: Case) -> T:
        return kept(_Same(case))

    return remembered
