"""How much of a statement an agent rewrote."""

from typing import Final

import numpy as np

LONGEST: Final = 2_000
"""Characters that are held against each other; the rest of a longer text is left out."""


def edit_distance(before: str, after: str) -> float:
    """Return the least number of characters to insert, delete or replace, divided by the longer text's length: 0 same, 1 all new.

    Levenshtein (1966), normalised by the longer length as in Marzal and Vidal (1993), without their correction for paths.
    """
    one, other = before.strip()[:LONGEST], after.strip()[:LONGEST]
    if one == other:
        return 0.0
    if not one or not other:
        return 1.0
    codes = np.array([ord(each) for each in other])
    places = np.arange(len(other) + 1)
    row = places.copy()
    for number, each in enumerate(one, start=1):
        step = np.empty_like(row)
        step[0] = number
        step[1:] = np.minimum(row[1:] + 1, row[:-1] + (codes != ord(each)))
        # An insertion costs 1 a place, so that the best way to each place is the least of those before it, each plus its distance.
        row = np.minimum.accumulate(step - places) + places
    return float(row[-1]) / max(len(one), len(other))
