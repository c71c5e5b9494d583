"""A circuit breaker: a model that keeps failing is left alone for a while, so that nobody waits for it."""

import time
from collections.abc import Callable


class Breaker:
    """Opens after `failures` in a row, for `seconds`; then one call may try, and its outcome closes it or opens it again."""

    def __init__(self, *, failures: int, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._limit = failures
        self._seconds = seconds
        self._now = now
        self._failed = 0
        self._trial_from: float | None = None  # when a trial may be made; None while closed
        self._trial = False

    @property
    def open(self) -> bool:
        """Whether the model is left alone just now."""
        return self._trial_from is not None and (self._trial or self._now() < self._trial_from)

    def admit(self) -> bool:
        """Tell whether a call may be made; after the pause the first caller alone is the trial."""
        if self._trial_from is None:
            return True
        if self.open:
            return False
        self._trial = True
        return True

    def succeeded(self) -> None:
        """Close it."""
        self._failed, self._trial_from, self._trial = 0, None, False

    def failed(self, *, pause: float | None = None) -> bool:
        """Count a failure and tell whether that opened it; a `pause` that the provider asked for opens it at once."""
        self._failed += 1
        opens = self._trial or pause is not None or self._failed >= self._limit
        if opens:
            self._trial_from = self._now() + (self._seconds if pause is None else pause)
        self._trial = False
        return opens

    def abandoned(self) -> None:
        """Give the trial back: the call ended without saying anything about the model."""
        self._trial = False
