"""Which tasks a suite holds, read from a folder of data sets that has one subfolder a set."""

import importlib.resources
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from assist.domain.transcript import Role
from evals.cases import Dataset, LabelledCase, labelled
from evals.errors import DataMissing
from evals.readers import abcd, banking77, gold, injection, multidogo, nlupp, pii, sentiment, star
from evals.readers.examples import shuffled
from evals.readers.next_actions import abcd_cut, star_cut
from evals.readers.prediction import at_each_turn, before_the_end, solved
from evals.tasks.actions import next_actions
from evals.tasks.dialogues import star_steps, star_verification
from evals.tasks.handoffs import handoffs
from evals.tasks.injection import hidden_orders, lookalikes
from evals.tasks.intents import out_of_domain, plain_intent, star_intent
from evals.tasks.prediction import foreseen, left_alone
from evals.tasks.strangers import strangers
from evals.tasks.task import Aim, Task
from evals.tasks.utterances import human_request, personal_data, slots, tweets

Tasks = Callable[[Path], Iterator[Task]]
_CARRIERS = 8  # conversations in which orders are hidden
_BANK = ("bank_balance", "bank_fraud_report")


def _gold(data: Path) -> Iterator[Task]:
    dataset = gold.read(data / "gold")
    domains = (
        *star.read(data / "star", apart=dataset.cases).domains,
        *abcd.read(data / "abcd", apart=dataset.cases).domains,
    )
    yield handoffs(dataset.model_copy(update={"domains": domains}))


def _star(data: Path) -> Iterator[Task]:
    dataset = star.read(data / "star", apart=_tested(data))
    yield star_intent(star.single_task(dataset))
    yield star_verification(dataset)
    yield star_steps(dataset)
    yield left_alone(solved(data / "star", dataset))
    yield next_actions(star_cut(data / "star", apart=_tested(data)), first=0.65, few=0.85)


def _tau_airline(data: Path) -> Iterator[Task]:
    folder = data / "tau-airline"
    yield foreseen(before_the_end(folder), name="handover-two-turns-ahead", aim=Aim(0.80), curves=True)
    yield foreseen(at_each_turn(folder), name="handover-at-each-turn")


def _abcd(data: Path) -> Iterator[Task]:
    yield plain_intent(abcd.folds(data / "abcd", apart=_tested(data)), name="accuracy, 55 intents, cross-validated")
    yield next_actions(abcd_cut(data / "abcd", apart=_tested(data)), first=0.55, few=0.80)


def _multidogo(data: Path) -> Iterator[Task]:
    folder = data / "multidogo"
    turns = _joined("multidogo", [multidogo.turns(folder, domain) for domain in multidogo.DOMAINS])
    yield plain_intent(turns, aim=Aim(0.92), name="accuracy, single turns, cross-validated")
    few = _joined("multidogo few", [multidogo.conversations(folder, domain) for domain in multidogo.DOMAINS])
    yield plain_intent(few, name="accuracy, conversations, 8 examples an intent")


def _unknown(data: Path) -> Iterator[Task]:
    tested = _tested(data)
    talks = star.single_task(star.read(data / "star", apart=tested))
    errands = [case for case in talks.cases if case.labels.intent not in _BANK]
    shop = abcd.read(data / "abcd", apart=tested)
    queries = banking77.read(data / "banking77").cases
    repairs = _joined(
        "", [multidogo.conversations(data / "multidogo", domain) for domain in ("insurance", "software")]
    ).cases
    homes: tuple[tuple[str, Sequence[LabelledCase]], ...] = (
        ("airline", queries),
        ("airline", shop.cases),
        ("retail", errands),
        ("retail", repairs),
        ("banking", errands),
        ("banking", repairs),
        ("telecom", errands),
        ("telecom", queries),
        (star.NAME, shop.cases),
        (star.NAME, repairs),
        (abcd.NAME, errands),
    )
    dataset = strangers(homes)
    yield out_of_domain(dataset.model_copy(update={"domains": (*talks.domains, *shop.domains)}))


def _nlupp(data: Path) -> Iterator[Task]:
    yield human_request(nlupp.read(data / "nlupp"))


def _sentiment(data: Path) -> Iterator[Task]:
    yield tweets(sentiment.read(data / "sentiment"))


def _pii(data: Path) -> Iterator[Task]:
    yield personal_data(pii.read(data / "pii"))
    found = _joined("multidogo", [multidogo.slots(data / "multidogo", domain) for domain in multidogo.DOMAINS])
    yield slots(found, announced=True)
    yield slots(found, announced=False)


def _injection(data: Path) -> Iterator[Task]:
    english = [case for task in shipped() for case in task.dataset.cases if case.language in {None, "en"}]
    carriers = [case for case in shuffled(english) if {each.role for each in case.turns} >= {Role.CUSTOMER, Role.TOOL}][
        :_CARRIERS
    ]
    yield hidden_orders(injection.attacks(data / "injection", carriers=carriers))
    yield lookalikes(injection.lookalikes(data / "injection"))


SHIPPED = "shipped"
"""The suite that needs no data folder."""

SUITES: Mapping[str, Tasks] = {
    "gold": _gold,
    "star": _star,
    "abcd": _abcd,
    "tau-airline": _tau_airline,
    "multidogo": _multidogo,
    "unknown": _unknown,
    "nlupp": _nlupp,
    "sentiment": _sentiment,
    "pii": _pii,
    "injection": _injection,
}
"""The suites that need a data folder, by name, in the order of the table."""


def suite(name: str, data: Path) -> list[Task]:
    """Return the tasks of a suite; DataMissing where its sets are not in the folder."""
    if name not in SUITES:
        message = f"{name!r} is not a suite; there are {SHIPPED}, {', '.join(SUITES)}"
        raise DataMissing(message)
    try:
        return list(SUITES[name](data))
    except (KeyError, TypeError, ValidationError) as exc:
        message = f"the data of {name!r} under {data} is not in the format that its reader knows: {exc!r}"
        raise DataMissing(message) from exc


def shipped() -> list[Task]:
    """Return the task over the labelled conversations that ship with the project."""
    folder = importlib.resources.files("evals") / "datasets"
    cases: list[LabelledCase] = []
    with importlib.resources.as_file(folder) as path:
        for file in sorted(path.glob("*.jsonl")):
            cases += labelled(file)
    return [handoffs(Dataset(name="shipped", cases=tuple(cases), licence="MIT"))]


def _tested(data: Path) -> Sequence[LabelledCase]:
    return gold.read(data / "gold").cases


def _joined(name: str, parts: list[Dataset]) -> Dataset:
    """One set of several; domains are kept by name."""
    return Dataset(
        name=name,
        cases=tuple(case for part in parts for case in part.cases),
        domains=tuple({domain.name: domain for part in parts for domain in part.domains}.values()),
        licence=parts[0].licence,
    )
