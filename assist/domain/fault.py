"""What is wrong with something an operator wrote, and where."""

from typing import NamedTuple


class Fault(NamedTuple):
    """One sentence that says what is wrong and what to do; `place` leads to it, key by key from the top of the file."""

    place: tuple[str | int, ...]
    text: str
