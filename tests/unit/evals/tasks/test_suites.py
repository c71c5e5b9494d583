"""What the suites read and ask, on small folders and a stub."""

from pathlib import Path

import pytest

from evals.cases import UNKNOWN, LabelledCase, Labels, turn
from evals.errors import DataMissing
from evals.metrics import Pair, called_unknown
from evals.readers import gold, nlupp, pii, sentiment
from evals.runner import Run, run
from evals.tasks import shipped, suite
from evals.tasks.strangers import strangers
from tests.unit.evals.readers.folders import a_star_folder, an_abcd_folder, said, write_rows
from tests.unit.evals.stub_production import StubProduction


def a_gold_folder(folder: Path) -> None:
    """Write one labelled handoff."""
    labels = {"intent": "boat_book", "verification": {"status": "failed"}}
    write_rows(
        folder, gold.FILE, [{"case_id": "g", "domain": "star", "turns": [said("customer", "x")], "labels": labels}]
    )


def test_the_gold_suite_brings_the_domains_of_its_cases(tmp_path: Path) -> None:
    """Handoffs of other sets are answered in domains made from those sets."""
    a_gold_folder(tmp_path / "gold")
    a_star_folder(tmp_path / "star")
    an_abcd_folder(tmp_path / "abcd")
    (task,) = suite("gold", tmp_path)
    assert {domain.name for domain in task.dataset.domains} == {"star", "abcd"}


def test_star_is_cut_after_three_customer_turns_for_intent_only(tmp_path: Path) -> None:
    """The intent task sees the beginning, the others the whole dialogue."""
    a_gold_folder(tmp_path / "gold")
    a_star_folder(tmp_path / "star")
    intent, _, steps, *_ = suite("star", tmp_path)
    assert intent.name == "star-intent-3"
    assert max(len(case.turns) for case in steps.dataset.cases) == 7
    assert intent.dataset.cases[0].until(customer_turns=1).turns[-1].text.startswith("Hello, my")


def test_a_case_is_cut_after_the_customers_turn() -> None:
    """What comes after that turn is not shown; a shorter conversation stays whole."""
    case = LabelledCase(
        case_id="a", turns=(turn("customer", "1"), turn("bot", "2"), turn("customer", "3"), turn("bot", "4"))
    )
    assert [said.text for said in case.until(customer_turns=2).turns] == ["1", "2", "3"]
    assert case.until(customer_turns=5) == case


def test_unknown_suites_and_missing_sets_are_named(tmp_path: Path) -> None:
    """The message lists the suites, or the file that is not there."""
    with pytest.raises(DataMissing, match="shipped, gold"):
        suite("golden", tmp_path)
    with pytest.raises(DataMissing, match=r"handoffs\.dev\.jsonl"):
        suite("gold", tmp_path)


def test_a_set_in_another_format_is_refused(tmp_path: Path) -> None:
    """A row without the field that the reader needs is no crash."""
    write_rows(tmp_path / "nlupp", nlupp.FILE, [{"words": "x"}])
    with pytest.raises(DataMissing, match="format"):
        suite("nlupp", tmp_path)


def test_single_utterance_suites_measure_end_to_end(tmp_path: Path) -> None:
    """By hand: both wishes for a human are right, moods are ordered right, the card is found and nothing else."""
    rows = [
        {"domain": "banking", "text": "a human please", "intents": ["handoff"]},
        {"domain": "hotels", "text": "a room please", "intents": ["booking"]},
    ]
    write_rows(tmp_path / "nlupp", nlupp.FILE, rows)
    moods = [{"id": "1", "mean": -2, "text": "bad day"}, {"id": "2", "mean": 2, "text": "fine day"}]
    write_rows(tmp_path / "sentiment", sentiment.FILE, moods)
    card = {"text": "card 4111 1111 1111 1111", "spans": [{"type": "CREDIT_CARD", "start": 5, "end": 24}]}
    write_rows(tmp_path / "pii", pii.FILE, [card])
    slot_rows = [{"conversation": "c", "text": "hi", "slots": "O", "intent": "openinggreeting"}]
    for domain in ("airline", "finance", "insurance", "software"):
        write_rows(tmp_path / "multidogo", f"{domain}.dev.jsonl.gz", slot_rows)
    tasks = [task for name in ("nlupp", "sentiment", "pii") for task in suite(name, tmp_path)]
    log = run(Run(tasks=tasks, production=StubProduction(), configuration={}), tmp_path / "log.jsonl")
    values = {(row.task, row.name): row.value for row in log.rows}
    assert values["asks-for-human", "asks for a human, F1"] == 1.0
    assert values["sentiment", "rank correlation"] == pytest.approx(1.0)
    assert values["redaction", "secrets, recall"] == 1.0


def test_strangers_are_labelled_unknown_in_each_home() -> None:
    """The longest opening turn of a foreign customer lands in the home domain, at most so many of each."""
    foreign = [
        LabelledCase(case_id=str(n), turns=(turn("customer", "hi"), turn("customer", "my boat leaks")), labels=Labels())
        for n in range(5)
    ]
    dataset = strangers((("shop", foreign), ("bank", foreign)), each=2)
    assert [case.domain for case in dataset.cases] == ["shop", "shop", "bank", "bank"]
    assert {case.labels.intent for case in dataset.cases} == {UNKNOWN}
    assert {case.turns[0].text for case in dataset.cases} == {"my boat leaks"}


def test_only_known_wishes_count_as_called_unknown() -> None:
    """By hand: of three known wishes one was called unknown; the truly unknown one does not count."""
    pairs = [("a", "a"), ("a", "unknown"), ("b", "a"), ("unknown", "unknown")]
    assert called_unknown([Pair(truth=truth, guess=guess) for truth, guess in pairs]) == pytest.approx(1 / 3)


def test_the_shipped_cases_are_whole() -> None:
    """Every shipped case has all labels, its proofs point at turns that are there, and no id comes twice."""
    (task,) = shipped()
    cases = task.dataset.cases
    assert len({case.case_id for case in cases}) == len(cases) >= 12
    for case in cases:
        labels = case.labels
        stated = [*(labels.nuggets or ()), *(labels.traps or ())]
        proofs = [step.turns for step in labels.steps_tried or ()]
        proofs += [fact.turns for fact in labels.facts or ()]
        proofs += [statement.turns for statement in stated]
        assert labels.intent
        assert labels.verification
        assert labels.escalation
        assert labels.reference_summary
        assert any(nugget.importance == "vital" for nugget in labels.nuggets or ())
        assert all(0 <= index < len(case.turns) for proof in proofs for index in proof)


def test_the_values_of_shipped_labels_stand_in_their_turns() -> None:
    """A labelled fact is written exactly as in one of the turns that prove it."""
    (task,) = shipped()
    for case in task.dataset.cases:
        for fact in case.labels.facts or ():
            texts = " ".join(case.turns[index].model_dump_json() for index in fact.turns)
            assert fact.value in texts, (case.case_id, fact.name)
