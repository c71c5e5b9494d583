"""What every HandoffStore keeps: packets, revisions, repeats, and transcripts."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from assist.domain.findings import Summary
from assist.domain.packet import HandoffPacket
from assist.domain.transcript import Customer
from assist.errors import AssistError, Conflict, IdempotencyConflict, NotFound
from assist.ports import HandoffStore, Idempotency
from tests.builders import customer, masked
from tests.contracts.packets import a_packet

TENANT = "acme"
KEY = Idempotency("key-1", "digest-1")


async def test_a_packet_is_handed_back_as_the_bytes_that_were_stored(
    handoffs: HandoffStore, elsewhere: HandoffStore
) -> None:
    """What `add` answers, `get` answers, in another process as well."""
    packet = a_packet(summary=Summary(headline="Doppelt abgebucht 💳 كلمة"))
    added = await handoffs.add(TENANT, packet, masked())
    found = await elsewhere.get(TENANT, "ho_01")
    assert (added.handoff_id, added.revision, added.created) == ("ho_01", 1, True)
    assert (found.handoff_id, found.revision, found.body) == ("ho_01", 1, added.body)
    assert HandoffPacket.model_validate_json(found.body) == packet


async def test_fields_that_the_service_does_not_know_are_kept(handoffs: HandoffStore) -> None:
    """An extra field of a packet is in its stored body."""
    await handoffs.add(TENANT, a_packet(queue="vip"), masked())
    assert json.loads((await handoffs.get(TENANT, "ho_01")).body)["queue"] == "vip"


async def test_an_unknown_packet_is_not_found_by_name(handoffs: HandoffStore) -> None:
    """The error names the id that was asked for."""
    with pytest.raises(NotFound, match="ho_99"):
        await handoffs.get(TENANT, "ho_99")


@pytest.mark.parametrize(
    "handoff_id", ["", "ho_\x00", "ho_\ud800", "x" * 100_000], ids=["empty", "nul", "surrogate", "long"]
)
async def test_an_odd_id_is_not_found(handoffs: HandoffStore, handoff_id: str) -> None:
    """No id breaks the look-up."""
    with pytest.raises(NotFound):
        await handoffs.get(TENANT, handoff_id)


async def test_another_tenants_packet_is_not_found(handoffs: HandoffStore) -> None:
    """No call reaches over to another tenant."""
    await handoffs.add(TENANT, a_packet(), masked())
    with pytest.raises(NotFound):
        await handoffs.get("other", "ho_01")
    with pytest.raises(NotFound):
        await handoffs.transcript("other", "ho_01")
    with pytest.raises(NotFound):
        await handoffs.revise("other", a_packet(revision=2))
    assert (await handoffs.page("other")).items == ()


async def test_two_tenants_may_use_one_id(handoffs: HandoffStore) -> None:
    """An id is a tenant's own."""
    await handoffs.add(TENANT, a_packet(language="en"), masked())
    await handoffs.add("other", a_packet(language="de"), masked())
    assert json.loads((await handoffs.get(TENANT, "ho_01")).body)["language"] == "en"
    assert json.loads((await handoffs.get("other", "ho_01")).body)["language"] == "de"


async def test_an_id_is_stored_once(handoffs: HandoffStore) -> None:
    """A second packet of one id is a conflict, and the first stays."""
    await handoffs.add(TENANT, a_packet(language="en"), masked())
    with pytest.raises(Conflict, match="ho_01"):
        await handoffs.add(TENANT, a_packet(language="de"), masked())
    assert json.loads((await handoffs.get(TENANT, "ho_01")).body)["language"] == "en"


async def test_a_new_packet_begins_with_revision_1(handoffs: HandoffStore) -> None:
    """A packet that begins with another revision is a conflict."""
    with pytest.raises(Conflict):
        await handoffs.add(TENANT, a_packet(revision=2), masked())


async def test_every_revision_is_kept(handoffs: HandoffStore, elsewhere: HandoffStore) -> None:
    """The newest is found without a number, each with its own."""
    await handoffs.add(TENANT, a_packet(language="en"), masked())
    second = await handoffs.revise(TENANT, a_packet(revision=2, language="de"))
    third = await elsewhere.revise(TENANT, a_packet(revision=3, language="fr"))
    assert (second.revision, third.revision) == (2, 3)
    assert (await handoffs.get(TENANT, "ho_01")).body == third.body
    assert (await handoffs.get(TENANT, "ho_01", revision=2)).body == second.body
    assert json.loads((await handoffs.get(TENANT, "ho_01", revision=1)).body)["language"] == "en"


@pytest.mark.parametrize("revision", [0, -1, 2, 2**31, 2**70])
async def test_a_revision_that_is_not_there_is_not_found(handoffs: HandoffStore, revision: int) -> None:
    """Any number but those stored is not found, however large."""
    await handoffs.add(TENANT, a_packet(), masked())
    with pytest.raises(NotFound):
        await handoffs.get(TENANT, "ho_01", revision=revision)


@pytest.mark.parametrize("revision", [1, 3])
async def test_only_the_next_revision_is_taken(handoffs: HandoffStore, revision: int) -> None:
    """A revision that is not the newest plus one is a conflict."""
    await handoffs.add(TENANT, a_packet(), masked())
    with pytest.raises(Conflict):
        await handoffs.revise(TENANT, a_packet(revision=revision))
    assert (await handoffs.get(TENANT, "ho_01")).revision == 1


async def test_an_unknown_packet_cannot_be_revised(handoffs: HandoffStore) -> None:
    """There must be a first revision."""
    with pytest.raises(NotFound):
        await handoffs.revise(TENANT, a_packet(revision=2))


async def test_of_two_writers_of_one_revision_one_wins(handoffs: HandoffStore, elsewhere: HandoffStore) -> None:
    """The loser gets a conflict, and the winner's body stays."""
    await handoffs.add(TENANT, a_packet(), masked())
    answers = await asyncio.gather(
        *(
            handle.revise(TENANT, a_packet(revision=2, language=language))
            for handle, language in ((handoffs, "de"), (elsewhere, "fr"), (handoffs, "es"), (elsewhere, "it"))
        ),
        return_exceptions=True,
    )
    won = [answer for answer in answers if not isinstance(answer, BaseException)]
    assert len(won) == 1
    assert all(isinstance(answer, Conflict) for answer in answers if isinstance(answer, BaseException))
    assert (await handoffs.get(TENANT, "ho_01")).body == won[0].body


async def test_a_key_that_came_before_gives_the_packet_made_then(handoffs: HandoffStore) -> None:
    """A repeat stores nothing and says so."""
    first = await handoffs.add(TENANT, a_packet("ho_01"), masked(), idempotency=KEY)
    again = await handoffs.add(TENANT, a_packet("ho_02"), masked(), idempotency=KEY)
    found = await handoffs.find_repeat(TENANT, KEY)
    assert first.created
    assert not again.created
    assert (again.handoff_id, again.body) == ("ho_01", first.body)
    assert found == again
    assert [item.handoff_id for item in (await handoffs.page(TENANT)).items] == ["ho_01"]


async def test_a_repeat_gets_the_newest_revision(handoffs: HandoffStore) -> None:
    """What came to the packet meanwhile, a repeat sees."""
    await handoffs.add(TENANT, a_packet(), masked(), idempotency=KEY)
    newest = await handoffs.revise(TENANT, a_packet(revision=2))
    repeat = await handoffs.find_repeat(TENANT, KEY)
    assert repeat is not None
    assert (repeat.revision, repeat.body) == (2, newest.body)


async def test_a_key_with_another_body_is_a_conflict(handoffs: HandoffStore) -> None:
    """The same key must come with the same body; the error names the key."""
    await handoffs.add(TENANT, a_packet("ho_01"), masked(), idempotency=KEY)
    changed = Idempotency(KEY.key, "digest-2")
    with pytest.raises(IdempotencyConflict, match="key-1"):
        await handoffs.add(TENANT, a_packet("ho_02"), masked(), idempotency=changed)
    with pytest.raises(IdempotencyConflict):
        await handoffs.find_repeat(TENANT, changed)
    with pytest.raises(NotFound):
        await handoffs.get(TENANT, "ho_02")


async def test_a_new_key_has_no_repeat(handoffs: HandoffStore) -> None:
    """A key is a tenant's own."""
    await handoffs.add(TENANT, a_packet(), masked(), idempotency=KEY)
    assert await handoffs.find_repeat(TENANT, Idempotency("key-2", "digest-1")) is None
    assert await handoffs.find_repeat("other", KEY) is None


@pytest.mark.parametrize(
    "key", ["", "k" * 100_000, "k\x00", "k\ud800", "schlüssel 🔑"], ids=["empty", "long", "nul", "half", "other"]
)
async def test_any_text_is_a_key(handoffs: HandoffStore, key: str) -> None:
    """A key of any length and letters makes a request repeatable, and is not mixed up with a like one."""
    given = Idempotency(key, "digest")
    await handoffs.add(TENANT, a_packet(), masked(), idempotency=given)
    assert not (await handoffs.add(TENANT, a_packet("ho_02"), masked(), idempotency=given)).created
    assert await handoffs.find_repeat(TENANT, Idempotency(key + "\ufffd", "digest")) is None


async def test_adds_at_once_with_one_key_make_one_packet(handoffs: HandoffStore, elsewhere: HandoffStore) -> None:
    """Whoever comes first, all get the same packet."""
    answers = await asyncio.gather(
        *(
            handle.add(TENANT, a_packet(f"ho_{number:02}"), masked(), idempotency=KEY)
            for number, handle in enumerate([handoffs, elsewhere] * 5)
        )
    )
    assert len({(answer.handoff_id, answer.body) for answer in answers}) == 1
    assert [answer.created for answer in answers].count(True) == 1
    assert len((await handoffs.page(TENANT)).items) == 1


async def test_adds_at_once_with_one_key_and_other_bodies_conflict(
    handoffs: HandoffStore, elsewhere: HandoffStore
) -> None:
    """One is stored, every other is refused."""
    answers = await asyncio.gather(
        *(
            handle.add(
                TENANT, a_packet(f"ho_{number:02}"), masked(), idempotency=Idempotency("key", f"digest-{number}")
            )
            for number, handle in enumerate([handoffs, elsewhere] * 3)
        ),
        return_exceptions=True,
    )
    refused = [answer for answer in answers if isinstance(answer, AssistError)]
    assert len(refused) == 5
    assert all(isinstance(answer, IdempotencyConflict) for answer in refused)
    assert len((await handoffs.page(TENANT)).items) == 1


async def test_the_transcript_of_a_packet_is_kept(handoffs: HandoffStore) -> None:
    """It comes back as it was given, unknown fields and redaction counts too."""
    given = masked(
        customer("My PIN is [PIN_1]", at=datetime(2026, 11, 20, 9, tzinfo=UTC), mood="🙁"),
        conversation_id="c-1",
        customer=Customer(id="u-7", attributes={"tier": "gold", "orders": [1, 2.5, None]}),
        region="eu",
    ).model_copy(update={"redactions": {"pin": 1}})
    await handoffs.add(TENANT, a_packet(), given)
    assert await handoffs.transcript(TENANT, "ho_01") == given


async def test_a_packet_that_is_not_there_has_no_transcript(handoffs: HandoffStore) -> None:
    """The error names the id."""
    with pytest.raises(NotFound, match="ho_99"):
        await handoffs.transcript(TENANT, "ho_99")


async def test_a_conflict_leaves_nothing_behind(handoffs: HandoffStore) -> None:
    """Packet, transcript and key are stored together or not at all."""
    await handoffs.add(TENANT, a_packet(), masked(customer("first")))
    with pytest.raises(Conflict):
        await handoffs.add(TENANT, a_packet(), masked(customer("second")), idempotency=KEY)
    assert await handoffs.find_repeat(TENANT, KEY) is None
    assert (await handoffs.transcript(TENANT, "ho_01")).turns[0].text == "first"


async def test_characters_that_no_database_keeps_are_replaced(handoffs: HandoffStore) -> None:
    """NUL and lone surrogates become U+FFFD wherever they stand; the packet is found by the id that held one."""
    odd = "a\x00b\ud800c"
    transcript = masked(customer("nul \x00 \\u0000"), customer=Customer(attributes={"a\x00": odd, "fine": "😀"}))
    packet = a_packet(conversation_id="c\x001", summary=Summary(headline="one\x00two"), note=odd)
    added = await handoffs.add(TENANT, packet, transcript)
    body = json.loads(added.body.decode())
    kept = await handoffs.transcript(TENANT, "ho_01")
    assert (body["summary"]["headline"], body["note"]) == ("one\ufffdtwo", "a\ufffdb\ufffdc")
    assert (await handoffs.get(TENANT, "ho_01")).body == added.body
    assert kept.turns[0].text == "nul \ufffd \\u0000"
    assert kept.transcript.customer is not None
    assert kept.transcript.customer.attributes == {"a\ufffd": "a\ufffdb\ufffdc", "fine": "😀"}
    assert len((await handoffs.page(TENANT, conversation_id="c\x001")).items) == 1


async def test_a_large_packet_is_kept_whole(handoffs: HandoffStore) -> None:
    """A megabyte is no more than a long text."""
    added = await handoffs.add(TENANT, a_packet(summary=Summary(text="ä" * 1_000_000)), masked())
    assert (await handoffs.get(TENANT, "ho_01")).body == added.body
