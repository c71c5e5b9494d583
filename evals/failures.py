"""Stages that broke during a run: the service goes on without them, a measurement must not keep quiet about it."""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

_SERVICE = ("assist", "knowledge")


class _Count(logging.Handler):
    def __init__(self, seen: Counter[str]) -> None:
        super().__init__(logging.WARNING)
        self._seen = seen

    def emit(self, record: logging.LogRecord) -> None:
        stage = getattr(record, "stage", None)
        said = f"{record.getMessage()}: {stage}" if stage else record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        self._seen[f"{said} ({type(error).__name__}: {error})" if error else said] += 1


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Yield a counter of the warnings and errors that the service logs meanwhile, in place of printing them."""
    seen: Counter[str] = Counter()
    handler = _Count(seen)
    loggers = [logging.getLogger(name) for name in _SERVICE]
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
    try:
        yield seen
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.propagate = propagate
