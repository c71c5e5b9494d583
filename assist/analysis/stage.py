"""One question, answered by rules always and by a model where one is wanted."""

from typing import Protocol, runtime_checkable

from assist.analysis.case import Case


@runtime_checkable
class Stage(Protocol):
    """Fills one field of the packet.

    `name` is the field of `Case` it fills and its key in `provenance`. `by_rules` is pure, quick and blocking; it may
    raise, which costs that one field. A stage that a language model can answer has `by_model` beside it.
    """

    @property
    def name(self) -> str:
        """The field this stage fills."""
        ...

    def by_rules(self, case: Case) -> object:
        """Return the field's value from the case alone."""
        ...
