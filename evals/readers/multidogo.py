"""MultiDoGO: the customer's side of conversations in four domains, with an intent a turn and slots a token."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assist.domain.business import Domain, IntentDefinition
from assist.domain.transcript import Role
from evals.cases import Dataset, LabelledCase, Labels, SpanLabel, turn
from evals.readers.examples import shuffled
from evals.readers.files import rows

DOMAINS = ("airline", "finance", "insurance", "software")
FOLDS = 4
_LICENCE = "CDLA-Permissive-1.0, Amazon"
_GENERAL = frozenset(
    ("contentonly", "confirmation", "rejection", "openinggreeting", "closinggreeting", "thankyou", "outofdomain")
)
_MOST_A_LABEL = 1000  # training turns of one intent
_LEAST_A_LABEL = 5


def turns(folder: Path, domain: str) -> Dataset:
    """Return single turns with their intents, each conversation tested in a domain that the other folds' conversations teach.

    Turns with two intents, and intents that the teaching conversations hardly have, are left out.
    """
    found = _conversations(folder, domain)
    folds = [list(found)[number::FOLDS] for number in range(FOLDS)]
    name = f"multidogo_{domain}"
    cases: list[LabelledCase] = []
    domains: list[Domain] = []
    for number, tested in enumerate(folds):
        taught = _taught(row for conversation in found if conversation not in tested for row in found[conversation])
        home = _domain(f"{name}_fold{number}", taught)
        domains.append(home)
        cases += [
            LabelledCase(
                case_id=f"{name}-{conversation[:8]}-{index}",
                domain=home.name,
                turns=(turn("customer", row["text"]),),
                labels=Labels(intent=row["intent"]),
                group=conversation,
            )
            for conversation in tested
            for index, row in enumerate(found[conversation])
            if row["intent"] in taught and row["text"].strip()
        ]
    return Dataset(name=name, cases=tuple(cases), domains=tuple(domains), licence=_LICENCE)


def _taught(rows_of_others: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    known: dict[str, list[str]] = defaultdict(list)
    for row in rows_of_others:
        if "<div>" not in row["intent"]:
            known[row["intent"]].append(row["text"])
    return {label: texts for label, texts in known.items() if len(set(texts)) >= _LEAST_A_LABEL}


def conversations(folder: Path, domain: str) -> Dataset:
    """Return whole conversations about one thing, taught by at most 8 turns an intent of the other half."""
    found = _conversations(folder, domain)
    teaching, tested = _halves(found)
    taught: dict[str, list[str]] = defaultdict(list)
    for row in (row for conversation in teaching for row in found[conversation]):
        label = row["intent"]
        if label not in _GENERAL and "<div>" not in label and len(taught[label]) < 8:  # noqa: PLR2004 -- as elsewhere
            taught[label].append(row["text"])
    name = f"multidogo_{domain}_few"
    cases = []
    for conversation in tested:
        wishes = Counter(row["intent"] for row in found[conversation] if row["intent"] in taught)
        if len(wishes) == 1:
            said = tuple(turn("customer", row["text"]) for row in found[conversation])
            labels = Labels(intent=next(iter(wishes)))
            cases.append(LabelledCase(case_id=f"{name}-{conversation[:8]}", domain=name, turns=said, labels=labels))
    return Dataset(name=name, cases=tuple(cases), domains=(_domain(name, taught),), licence=_LICENCE)


def slots(folder: Path, domain: str) -> Dataset:
    """Return single turns with their slots as spans of characters."""
    cases = [
        LabelledCase(
            case_id=f"multidogo_{domain}-{conversation[:8]}-{index}",
            turns=(turn("customer", row["text"]),),
            labels=Labels(spans=_spans(row["text"], row["slots"].split())),
            group=conversation,
        )
        for conversation, found in _conversations(folder, domain).items()
        for index, row in enumerate(found)
        if row["text"].strip()
    ]
    return Dataset(name=f"multidogo_{domain}", cases=tuple(cases), licence=_LICENCE)


def _conversations(folder: Path, domain: str) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows(folder, f"{domain}.dev.jsonl.gz"):
        found[row["conversation"]].append(row)
    return dict(found)


def _halves(names: Iterable[str]) -> tuple[list[str], list[str]]:
    ordered = shuffled(LabelledCase(case_id=name, turns=(turn(Role.CUSTOMER, "-"),)) for name in names)
    ids = [case.case_id for case in ordered]
    return ids[: len(ids) // 2], ids[len(ids) // 2 :]


def _domain(name: str, taught: Mapping[str, Sequence[str]]) -> Domain:
    intents = tuple(
        IntentDefinition(label=label, name=label, utterances=tuple(texts[:_MOST_A_LABEL]))
        for label, texts in sorted(taught.items())
    )
    return Domain(name=name, title=name.replace("_", " "), intents=intents)


def _spans(text: str, labels: Sequence[str]) -> tuple[SpanLabel, ...]:
    """Tokens are parted by spaces; neighbours with the same label are one value."""
    spans: list[SpanLabel] = []
    words = list(re.finditer(r"\S+", text))
    if len(words) != len(labels):
        return ()
    before = "O"
    for word, label in zip(words, labels, strict=True):
        if label != "O" and label == before:
            spans[-1] = spans[-1].model_copy(update={"end": word.end()})
        elif label != "O":
            spans.append(SpanLabel(type=label, start=word.start(), end=word.end()))
        before = label
    return tuple(spans)
