"""What speaks against a statement, as numbers: each sign is 0 where nothing does, and can be read by a person."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assist.grounding.claim import Claim
from assist.grounding.signs.acts import (
    customer_act_unproven,
    done_unproven,
    failure_refuted,
    failure_unproven,
    lookup_unproven,
    not_done_refuted,
    plan_unproven,
)
from assist.grounding.signs.address import addresses_reader
from assist.grounding.signs.answers import answered_no, step_refuted
from assist.grounding.signs.binding import id_rebound, kind_rebound, name_rebound, value_apart, value_rebound
from assist.grounding.signs.bot import bot_word_unproven, grant_refuted, promise_unproven, refusal_unproven
from assist.grounding.signs.course import (
    act_unmentioned,
    not_all_done,
    only_asked,
    polarity_differs,
    scattered,
    status_differs,
    taken_back,
)
from assist.grounding.signs.customer import (
    consent_refuted,
    customer_word_unproven,
    decline_refuted,
    gave_unproven,
    wish_unproven,
    wrong_person,
)
from assist.grounding.signs.denials import absence_refuted, asserts_denied, could_refuted, denies_asserted
from assist.grounding.signs.direction import excluded, turned_round
from assist.grounding.signs.exact import (
    count_differs,
    count_missing,
    each_for_all,
    id_elsewhere,
    name_elsewhere,
    name_missing,
    number_rebound,
    value_elsewhere,
    value_missing,
)
from assist.grounding.signs.identity import identity_refuted, method_unproven
from assist.grounding.signs.wording import last_word_uncovered, opposite, other_of_its_kind, sweeping, uncovered

__all__ = ["NAMES", "Signs", "measured"]

Signs = NDArray[np.float64]

_SIGNS: Final[tuple[Callable[[Claim], float], ...]] = (
    count_differs,
    count_missing,
    each_for_all,
    id_elsewhere,
    name_elsewhere,
    name_missing,
    number_rebound,
    value_elsewhere,
    value_missing,
    last_word_uncovered,
    opposite,
    other_of_its_kind,
    sweeping,
    uncovered,
    excluded,
    turned_round,
    customer_act_unproven,
    done_unproven,
    failure_refuted,
    failure_unproven,
    lookup_unproven,
    not_done_refuted,
    plan_unproven,
    absence_refuted,
    asserts_denied,
    could_refuted,
    denies_asserted,
    bot_word_unproven,
    grant_refuted,
    promise_unproven,
    refusal_unproven,
    consent_refuted,
    customer_word_unproven,
    decline_refuted,
    gave_unproven,
    wish_unproven,
    wrong_person,
    identity_refuted,
    method_unproven,
    addresses_reader,
    answered_no,
    step_refuted,
    id_rebound,
    kind_rebound,
    name_rebound,
    value_apart,
    value_rebound,
    act_unmentioned,
    not_all_done,
    only_asked,
    polarity_differs,
    scattered,
    status_differs,
    taken_back,
)

NAMES: Final = tuple(sign.__name__ for sign in _SIGNS)
"""What each number of a row means; the sentence behind it is the docstring of the function of that name."""


def measured(claim: Claim) -> Signs:
    """Return the numbers of a statement, in the order of `NAMES`."""
    return np.array([sign(claim) for sign in _SIGNS])
