"""What is noted of a packet."""

import json

from assist.domain.packet import KnowledgeHit, Provenance
from assist.ports import Observation
from evals.watching.features import Seen, features_in, features_of
from tests.unit.evals.watching.packets import NOW, feedback, of_conversation


def hit(article_id: str, score: float) -> KnowledgeHit:
    """Return an article as a packet shows it."""
    return KnowledgeHit(article_id=article_id, version=1, title="T", passage="P", score=score)


def test_an_edit_is_measured_against_the_statement_it_replaces() -> None:
    """Twelve of twelve characters are new: distance 1; the same words again are distance 0."""
    packet = of_conversation(("aaaaaaaaaaaa", (0,)), ("They ask for a human.", (4,)))
    said = [
        feedback("summary.lines[0]", "edited", "bbbbbbbbbbbb"),
        feedback("summary.lines[1]", "edited", "They ask for a human."),
        feedback("summary.lines[7]", "edited", "nothing stands there"),
    ]
    found = features_of(packet, said)
    assert found.edits == (1.0, 0.0)
    assert found.judged == 3


def test_of_two_verdicts_the_later_counts() -> None:
    """An agent who thinks again is believed."""
    said = [feedback("summary.lines[0]", "wrong"), feedback("summary.lines[0]", "right")]
    found = features_of(of_conversation(), said)
    assert (found.judged, found.wrong) == (1, 0)


def test_articles_count_as_shown_once_an_agent_said_anything() -> None:
    """Nobody can take an article from a packet that nobody opened."""
    packet = of_conversation(knowledge=(hit("a", 0.9), hit("b", 0.2)))
    assert features_of(packet).shown == 0
    found = features_of(packet, [feedback("knowledge[a]", "accepted")])
    assert (found.shown, found.taken, found.relevant) == (2, 1, True)
    assert features_of(of_conversation(knowledge=(hit("a", 0.2),))).relevant is False


def test_dropped_statements_and_failures_come_from_provenance() -> None:
    """Three statements of the model's were not believed."""
    provenance = {"summary": Provenance(dropped={"UNSUPPORTED_CLAIM": 2, "CITATION_FAILED": 1})}
    found = features_of(of_conversation(provenance=provenance))
    assert (found.dropped, found.degraded) == (3, False)


def test_no_word_of_the_conversation_is_noted() -> None:
    """Of order, address, statement and edit nothing stands in what is stored."""
    packet = of_conversation(("The customer ada@example.com was charged twice for #W4410973.", (0, 2)))
    said = [feedback("summary.lines[0]", "edited", "Ada wants #W4410973 refunded")]
    text = features_of(packet, said, Seen(checks={"unsupported": 1}, statements=1)).model_dump_json()
    assert [word for word in ("ada", "example", "W4410973", "charged", "refund") if word.lower() in text.lower()] == []


def test_an_observation_of_another_release_is_read_as_far_as_it_goes() -> None:
    """Unknown numbers are left out, and one that cannot be read at all says nothing."""
    body = json.loads(features_of(of_conversation()).model_dump_json()) | {"later": 3}
    assert features_in(Observation("ho_1", NOW, 1, 0, checked=False, body=body)).intent == "unknown"
    assert features_in(Observation("ho_1", NOW, 1, 0, checked=False, body={"judged": "many"})).intent is None
