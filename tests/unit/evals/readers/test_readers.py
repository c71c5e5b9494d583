"""Readers of public sets, on small folders in their formats."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assist.domain.business import Proof
from assist.redaction import Kind
from evals.cases import LabelledCase, SpanLabel, turn
from evals.errors import DataMissing
from evals.readers import (
    abcd,
    banking77,
    gold,
    multidogo,
    nlupp,
    pii,
    sentiment,
    star,
    tau2_banking,
    tau_airline,
)
from tests.unit.evals.readers.folders import a_dialogue, a_star_folder, an_abcd_folder, said, write_rows


@pytest.mark.parametrize(
    "read",
    [
        gold.read,
        star.read,
        abcd.read,
        abcd.folds,
        banking77.read,
        nlupp.read,
        pii.read,
        sentiment.read,
        tau_airline.read,
        tau2_banking.articles,
    ],
)
def test_a_missing_folder_is_named(read: Callable[[Path], object], tmp_path: Path) -> None:
    """What is not there is said with its path."""
    with pytest.raises(DataMissing, match=str(tmp_path / "nowhere")):
        read(tmp_path / "nowhere")


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    """A line that is not JSON is said with its number."""
    with (an_abcd_folder(tmp_path) / abcd.CONTEXTS).open("a", encoding="utf-8") as lines:
        lines.write("{\n")
    with pytest.raises(DataMissing, match="line 9"):
        abcd.read(tmp_path)


def test_a_label_that_does_not_fit_names_line_and_place(tmp_path: Path) -> None:
    """A gold case without turns is refused with its place."""
    write_rows(tmp_path, gold.FILE, [{"case_id": "a", "turns": [said("customer", "x")]}, {"case_id": "b", "turns": []}])
    with pytest.raises(DataMissing, match=r"line 2: turns"):
        gold.read(tmp_path)


def test_star_teaches_eight_dialogues_an_intent_and_tests_the_others(tmp_path: Path) -> None:
    """Of twelve dialogues a task eight teach and four are tested; the one about two tasks has no single intent."""
    dataset = star.read(a_star_folder(tmp_path))
    domain = dataset.domains[0]
    assert {intent.label: len(intent.utterances) for intent in domain.intents} == {
        "vault_balance": 8,
        "boat_status": 8,
        "boat_book": 8,
    }
    assert len(dataset.cases) == 3 * 4 + 1
    assert len(star.single_task(dataset).cases) == 3 * 4
    taught = {text for intent in domain.intents for text in intent.utterances}
    assert not taught & {said.text for case in dataset.cases for said in case.turns}


def test_star_uses_no_dialogue_that_is_tested_elsewhere(tmp_path: Path) -> None:
    """A conversation kept apart, or the beginning of one under another name, neither teaches nor is tested here."""
    folder = a_star_folder(tmp_path)
    copy = LabelledCase(case_id="another-name", turns=(turn("customer", "hello, my BOAT_BOOK wish has number 3"),))
    named = LabelledCase(case_id="boat_book-4", turns=(turn("customer", "?"),))
    dataset = star.read(folder, apart=(copy, named))
    used = {case.case_id for case in dataset.cases}
    taught = {text for intent in dataset.domains[0].intents for text in intent.utterances}
    assert not {"boat_book-3", "boat_book-4"} & used
    assert not any("boat_book wish has number 3" in text or "boat_book wish has number 4" in text for text in taught)


def test_star_hides_the_labels_from_the_service(tmp_path: Path) -> None:
    """The assistant's action labels do not travel with the turns."""
    dataset = star.read(a_star_folder(tmp_path))
    assert not any(said.model_extra for case in dataset.cases for said in case.turns)


def test_star_steps_are_calls_with_the_word_that_tells_their_result(tmp_path: Path) -> None:
    """The label of the assistant's next action says how the call ended."""
    case = star.read(a_star_folder(tmp_path)).cases[0]
    assert [(step.outcome, step.turns) for step in case.labels.steps_tried or ()] == [
        ("failed", (3, 4)),
        ("succeeded", (5, 6)),
    ]


def test_star_states_of_verification_are_ours(tmp_path: Path) -> None:
    """Failed and then verified is verified, with a failed attempt before."""
    write_rows(
        tmp_path,
        star.DIALOGUES,
        [
            a_dialogue(f"d{n}", "vault_balance", f"Hi {n}", tasks=["a", "b"], authentication=state)
            for n, state in enumerate(("verified", "failed_then_verified", "failed", "none", None))
        ],
    )
    (tmp_path / star.TASKS).write_text("{}", encoding="utf-8")
    labels = [case.labels.verification for case in star.read(tmp_path).cases]
    assert [(label.status, label.failed_before) if label else None for label in labels] == [
        ("verified", False),
        ("verified", True),
        ("failed", True),
        ("not_attempted", False),
        None,
    ]


def test_star_flows_say_what_proves_who(tmp_path: Path) -> None:
    """A flow that can refuse proves identity, a look-up by name finds an account, a booking checks nobody."""
    domain = star.read(a_star_folder(tmp_path)).domains[0]
    assert [(method.tools, method.proves) for method in domain.verification] == [
        (("vault_balance",), Proof.IDENTITY),
        (("boat_status",), Proof.ACCOUNT),
    ]
    assert domain.verification[0].failed_phrases == ("I cannot let you in.",)
    book = domain.playbook("vault_balance")
    assert book is not None
    assert [action.id for action in book.actions] == [
        "hello",
        "ask_name",
        "vault_ask_account_number",
        "vault_inform_cannot_authenticate",
    ]


def test_abcd_folds_are_taught_by_the_others_only(tmp_path: Path) -> None:
    """No conversation is tested on a domain that it taught."""
    dataset = abcd.folds(an_abcd_folder(tmp_path))
    assert len(dataset.domains) == min(abcd.FOLDS, len(dataset.cases))
    for domain in dataset.domains:
        taught = {text for intent in domain.intents for text in intent.utterances}
        tested = {case.turns[1].text for case in dataset.cases if case.domain == domain.name}
        assert tested
        assert not taught & tested
        assert domain.intents[0].description == "The customer asks about a hat. Do it."


def test_abcd_keeps_apart_what_is_tested_elsewhere(tmp_path: Path) -> None:
    """A conversation named apart teaches nothing."""
    apart = (LabelledCase(case_id="shop-2", turns=(turn("customer", "?"),)),)
    domain = abcd.read(an_abcd_folder(tmp_path), apart=apart).domains[0]
    assert not any("number 2" in text for intent in domain.intents for text in intent.utterances)


def a_multidogo_folder(folder: Path) -> Path:
    """Write twenty conversations of two wishes, each with a greeting and a bare value."""
    rows = []
    for number in range(20):
        wish = ("fixboat", "sellboat")[number % 2]
        name = f"conversation-{number}"
        rows += [
            {"conversation": name, "turn": 0, "text": f"hi {number}", "slots": "O O", "intent": "openinggreeting"},
            {"conversation": name, "turn": 2, "text": f"{wish} please {number}", "slots": "O O O", "intent": wish},
            {"conversation": name, "turn": 4, "text": "ssn 12 34", "slots": "O ssn ssn", "intent": "contentonly"},
            {"conversation": name, "turn": 6, "text": "both", "slots": "O", "intent": "fixboat<div>sellboat"},
        ]
    write_rows(folder, "software.dev.jsonl.gz", rows)
    return folder


def test_multidogo_folds_share_no_conversation(tmp_path: Path) -> None:
    """Every conversation is tested once, where only others taught, and turns of two intents are left out."""
    dataset = multidogo.turns(a_multidogo_folder(tmp_path), "software")
    for domain in dataset.domains:
        taught = {text for intent in domain.intents for text in intent.utterances}
        tested = {
            case.turns[0].text
            for case in dataset.cases
            if case.domain == domain.name and case.labels.intent != "contentonly"
        }
        assert tested
        assert not taught & tested
        assert "both" not in tested
    assert len({case.group for case in dataset.cases}) == 20


def test_multidogo_conversations_have_the_one_wish_in_them(tmp_path: Path) -> None:
    """Greetings and values are no wishes; at most eight turns teach each."""
    dataset = multidogo.conversations(a_multidogo_folder(tmp_path), "software")
    assert {case.labels.intent for case in dataset.cases} == {"fixboat", "sellboat"}
    assert all(len(case.turns) == 4 for case in dataset.cases)
    assert all(len(intent.utterances) <= 8 for intent in dataset.domains[0].intents)


def test_multidogo_slots_are_spans_of_characters(tmp_path: Path) -> None:
    """Neighbouring tokens of one slot are one value: "12 34" stands at 4 to 9."""
    dataset = multidogo.slots(a_multidogo_folder(tmp_path), "software")
    spans = {case.labels.spans for case in dataset.cases if case.turns[0].text == "ssn 12 34"}
    assert spans == {(SpanLabel(type="ssn", start=4, end=9),)}


def test_single_utterances_keep_their_labels(tmp_path: Path) -> None:
    """A query's intent, a wish for a human, a rater's mean and a span arrive as labels."""
    write_rows(tmp_path, banking77.FILE, [{"text": "where is it", "intent": "arrival"}])
    write_rows(tmp_path, nlupp.FILE, [{"domain": "hotels", "text": "a person!", "intents": ["handoff"]}])
    write_rows(tmp_path, sentiment.FILE, [{"id": "7", "mean": -1.5, "text": "bad"}])
    write_rows(tmp_path, pii.FILE, [{"text": "I am Ada", "spans": [{"type": "PERSON", "start": 5, "end": 8}]}])
    assert banking77.read(tmp_path).cases[0].labels.intent == "arrival"
    escalation = nlupp.read(tmp_path).cases[0].labels.escalation
    assert escalation is not None
    assert escalation.asks_for_human is True
    mood = sentiment.read(tmp_path).cases[0].labels.sentiment
    assert mood is not None
    assert mood.score == -1.5
    assert pii.read(tmp_path).cases[0].labels.spans == (SpanLabel(type="PERSON", start=5, end=8),)
    assert pii.KINDS["PERSON"] is Kind.NAME


def test_airline_runs_say_when_the_bot_transferred(tmp_path: Path) -> None:
    """The first transfer call is the turn of the transfer; runs of a task stay together."""
    runs = [
        {
            "id": "tau-airline-3-1",
            "reward": 0.0,
            "turns": [said("customer", "hi"), said("tool", "ok", tool={"name": "transfer_to_human_agents"})],
        },
        {"id": "tau-airline-3-2", "reward": 1.0, "turns": [said("customer", "hi")]},
    ]
    write_rows(tmp_path, tau_airline.FILE, runs)
    cases = tau_airline.read(tmp_path).cases
    assert [(case.model_extra or {})["transfer_turn"] for case in cases] == [1, None]
    assert {case.group for case in cases} == {"tau-airline-3"}


def test_banking_documents_become_articles_that_situations_name(tmp_path: Path) -> None:
    """Ids with signs that an article id may not have are changed alike on both sides."""
    write_rows(tmp_path, tau2_banking.DOCUMENTS, [{"id": "doc_(a)_1", "title": "A", "content": "text"}])
    task = {"id": "t", "instructions": "i", "required_documents": ["doc_(a)_1"], "actions": ["open"]}
    write_rows(tmp_path, tau2_banking.TASKS, [task])
    article = tau2_banking.articles(tmp_path)[0]
    assert tau2_banking.situations(tmp_path)[0].needed == (article.article_id,)
