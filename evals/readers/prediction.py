"""Runs cut before their end, to see whether a hand-over was to be foreseen; and dialogues in which all went well."""

from collections.abc import Iterator
from pathlib import Path

from assist.domain.transcript import Role
from evals.cases import Dataset, LabelledCase
from evals.readers import star, tau_airline
from evals.readers.examples import shuffled
from evals.readers.files import document, rows
from evals.readers.star_flows import taking_in

AHEAD = 2
"""So many turns of the customer are hidden, the one that brings the hand-over among them."""
_SOLVED = 300
_TROUBLE = ("fail", "unavailable", "nothing_found", "cannot", "no_availability", "out_of_scope", "custom")


def before_the_end(folder: Path) -> Dataset:
    """Return each run once, cut two turns of the customer before its hand-over or its end."""
    dataset = tau_airline.read(folder)
    cut = [points[-1] for case in dataset.cases if (points := list(_points(case)))]
    return dataset.model_copy(update={"cases": tuple(cut), "name": "tau airline, two turns ahead"})


def at_each_turn(folder: Path) -> Dataset:
    """Return each run cut before each turn of the customer, labelled with whether a hand-over came within the next two."""
    dataset = tau_airline.read(folder)
    cases = tuple(point for case in dataset.cases for point in _points(case, last=1))
    return dataset.model_copy(update={"cases": cases, "name": "tau airline, every turn"})


def solved(folder: Path, flows: Dataset) -> Dataset:
    """Return dialogues about one task whose customer got it without any failure; `flows` is the set they belong to.

    In these the bot sees the customer through to the end, a report of fraud too: the domain says so, as the flows do.
    """
    good = {
        row["id"]
        for row in rows(folder, star.DIALOGUES)
        if row["happy"] and not any(sign in (said.get("action") or "") for said in row["turns"] for sign in _TROUBLE)
    }
    kept = shuffled(case for case in star.single_task(flows).cases if case.case_id in good)[:_SOLVED]
    domain = taking_in(flows.domains[0], document(folder, star.TASKS), name=f"{star.NAME}_solved")
    cases = tuple(case.model_copy(update={"domain": domain.name}) for case in kept)
    return flows.model_copy(update={"cases": cases, "domains": (domain,), "name": "star solved"})


def _points(case: LabelledCase, *, last: int = AHEAD) -> Iterator[LabelledCase]:
    """The run before each turn of the customer but the first, `last` turns before the end at the latest."""
    more = case.model_extra or {}
    turns = case.turns[: more["transfer_turn"]] if more["transferred"] else case.turns
    heard = [at for at, said in enumerate(turns) if said.role is Role.CUSTOMER]
    for number in range(1, len(heard) - last + 1):
        left = len(heard) - number
        yield case.model_copy(
            update={
                "case_id": f"{case.case_id}-{number}",
                "turns": turns[: heard[number]],
                "handed_over": more["transferred"] and left <= AHEAD,
            }
        )
