"""What can go wrong while measuring.

```
EvalsError
├── DataMissing     a data folder or file that is not there, or that is not in the format its reader knows
├── NothingToScore  a measure was asked of no data at all: an error, since 0 would be a lie
├── Undefined       a measure that these data do not define, such as the rank correlation of equal values
└── Refused         a promotion that may not be
```
"""


class EvalsError(Exception):
    """Any error raised on purpose; `str()` is one sentence fit to show."""


class DataMissing(EvalsError):
    """A data folder or file is not there or cannot be read."""


class NothingToScore(EvalsError):
    """A measure was asked of no data."""


class Undefined(EvalsError):
    """The measure is not defined on these data."""


class Refused(EvalsError):
    """A promotion that may not be; the message says why."""
