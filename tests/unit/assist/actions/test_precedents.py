"""What agents did next in similar conversations."""

from collections.abc import Sequence

import pytest

from assist.actions import ActionsStage
from assist.actions.precedents import Precedent, Precedents, state_of, trust, votes
from assist.domain.action import Citation
from assist.domain.findings import VerificationStatus
from assist.domain.transcript import Role, Turn
from knowledge import Vectors, VectorStoreUnavailable
from knowledge.ports import Near
from knowledge.stores.memory import MemoryVectorStore
from tests.builders import bot, customer, tool
from tests.unit.assist.actions.situations import FixedSituation, a_situation

VERIFIED = VerificationStatus.VERIFIED
LATE = bot("The parcel is late, I see.")


def late(*turns: Turn) -> FixedSituation:
    """Return a situation in which a parcel is late."""
    return a_situation(LATE, *turns, status=VERIFIED)


def taken(*actions: str, tenant: str = "default") -> Precedents:
    """Return precedents in which these actions were taken, each in a handoff of its own."""
    made = Precedents(MemoryVectorStore(), model="words")
    for number, action in enumerate(actions):
        made.add(tenant, "shop", late(), handoff_id=f"ho_{number}", action=action)
    return made


class Broken(MemoryVectorStore):
    """A store that does not answer."""

    def nearest(self, collection: str, vector: Vectors, *, limit: int) -> list[Near]:
        """Fail."""
        message = f"{collection}: no {limit} of {vector.shape}"
        raise VectorStoreUnavailable(message)


def test_what_agents_did_at_a_like_point_comes_first_and_is_cited() -> None:
    """Eight of eight explained the timing: it goes before the playbook's first step, with the handoffs that say so."""
    (first, *_) = ActionsStage(taken(*["explain_timing"] * 8)).by_rules(late())
    assert first.id == "explain_timing"
    assert "8 of the 8 most similar accepted handoffs" in first.rationale
    assert Citation(handoff_id="ho_0") in first.cites
    assert ActionsStage().by_rules(late())[0].id == "look_up_order"


def test_an_action_that_no_playbook_has_can_be_learnt() -> None:
    """It is suggested under its own name, and is judged like any other."""
    found = {action.id: action for action in ActionsStage(taken(*["send_flowers"] * 8)).by_rules(late())}
    assert found["send_flowers"].title == "Send flowers"
    assert found["send_flowers"].allowed


def test_what_is_done_is_not_suggested_for_all_precedents_say() -> None:
    """A precedent does not bring back a step that a call shows done."""
    done = late(tool("{}", name="get_order_details"))
    precedents = Precedents(MemoryVectorStore(), model="words")
    for number in range(8):
        precedents.add("default", "shop", done, handoff_id=f"ho_{number}", action="look_up_order")
    assert "look_up_order" not in {action.id for action in ActionsStage(precedents).by_rules(done)}


def test_said_twice_counts_once_and_taken_back_counts_never() -> None:
    """The same action of the same handoff is one precedent."""
    precedents = taken("send_flowers")
    precedents.add("default", "shop", late(), handoff_id="ho_0", action="send_flowers")
    assert [each.action for each in precedents.near("default", "shop", late())] == ["send_flowers"]
    precedents.forget("default", "shop", handoff_id="ho_0", action="send_flowers")
    assert precedents.near("default", "shop", late()) == []


def test_tenants_do_not_learn_from_one_another() -> None:
    """Another tenant's agents say nothing here."""
    assert taken("send_flowers", tenant="other").near("default", "shop", late()) == []


def test_a_store_that_fails_costs_the_precedents_only() -> None:
    """The playbook goes on alone."""
    stage = ActionsStage(Precedents(Broken(), model="words"))
    assert stage.by_rules(late())[0].id == "look_up_order"


def test_the_state_tells_points_of_a_conversation_apart() -> None:
    """The same words before and after a back end has answered are two points; each is most like itself."""
    before, after = state_of(late()), state_of(late(tool('{"status": "delivered"}')))
    assert float(before @ before) == pytest.approx(1.0)
    assert float(before @ after) < 0.9
    other = state_of(late(customer("Thanks, bye!")))
    assert float(before @ other) < 1.0
    assert state_of(a_situation()).shape == before.shape
    assert Turn(role=Role.BOT, text=LATE.text) == LATE


@pytest.mark.parametrize(
    ("similarities", "least", "most"),
    [((), 0.0, 0.0), ((0.3,) * 20, 0.0, 0.0), ((1.0,), 0.15, 0.25), ((1.0,) * 20, 0.8, 0.99)],
)
def test_precedents_count_by_how_many_are_how_near(similarities: Sequence[float], least: float, most: float) -> None:
    """None, or none that is like, count nothing; many that are the same count most."""
    near = [Precedent("a", f"ho_{number}", similarity) for number, similarity in enumerate(similarities)]
    assert least <= trust(near) <= most


def test_the_nearest_weigh_most() -> None:
    """One precedent that is the same outweighs two that are only like it."""
    share = votes([Precedent("a", "1", 1.0), Precedent("b", "2", 0.9), Precedent("b", "3", 0.9)])
    assert share["a"] > share["b"]
    assert sum(share.values()) == pytest.approx(1.0)


def test_ties_are_named() -> None:
    """Two steps that are as likely and as free name each other."""
    found = {action.id: action for action in ActionsStage(taken("send_flowers", "send_card")).by_rules(late())}
    assert found["send_flowers"].tied_with == ("send_card",)
    assert found["send_card"].tied_with == ("send_flowers",)
    assert found["look_up_order"].tied_with == ()
