"""What was learnt is kept, and learnt anew where it cannot be read."""

from pathlib import Path

import pytest

from assist.domain.business import Domain, IntentDefinition
from assist.wiring.training import learn
from tests.fakes.embedder import CountingEmbedder

_BAKERY = Domain(
    name="bakery",
    title="Bakery",
    intents=(
        IntentDefinition(label="order_bread", name="Order bread", utterances=("two loaves please", "some rye bread")),
        IntentDefinition(
            label="order_cake", name="Order a cake", utterances=("a birthday cake", "cake for ten people")
        ),
    ),
)


def test_what_was_learnt_is_not_learnt_again(tmp_path: Path) -> None:
    """The second start embeds no example, and knows the same."""
    learn({"bakery": _BAKERY}, CountingEmbedder(), folder=tmp_path)
    second = CountingEmbedder()
    again = learn({"bakery": _BAKERY}, second, folder=tmp_path)
    assert second.calls == []
    assert list(again.intents["bakery"].wishes.labels) == ["order_bread", "order_cake"]


def test_another_domain_is_learnt_by_itself(tmp_path: Path) -> None:
    """A change of the configuration is learnt, and replaces what was kept."""
    learn({"bakery": _BAKERY}, CountingEmbedder(), folder=tmp_path)
    second = CountingEmbedder()
    learn({"bakery": _BAKERY.model_copy(update={"title": "Old bakery"})}, second, folder=tmp_path)
    assert second.calls
    assert len(list(tmp_path.glob("*.pickle"))) == 1


def test_more_lessons_are_learnt(tmp_path: Path) -> None:
    """New utterances alone make what was kept outdated."""
    learn({"bakery": _BAKERY}, CountingEmbedder(), folder=tmp_path)
    second = CountingEmbedder()
    learn({"bakery": _BAKERY}, second, lessons={"bakery": {"order_cake": ("a gateau",)}}, folder=tmp_path)
    assert "a gateau" in second.texts


@pytest.mark.parametrize("content", [b"", b"no pickle", b"\x80\x05N."])
def test_a_damaged_file_costs_time_only(tmp_path: Path, content: bytes) -> None:
    """What cannot be read is learnt anew."""
    learn({"bakery": _BAKERY}, CountingEmbedder(), folder=tmp_path)
    (file,) = tmp_path.glob("*.pickle")
    file.write_bytes(content)
    second = CountingEmbedder()
    assert learn({"bakery": _BAKERY}, second, folder=tmp_path).intents
    assert second.calls
