"""What every ConversationStore keeps: running conversations, turn by turn."""

import asyncio

import pytest

from assist.domain.transcript import Channel, Consent, Customer, RedactedTranscript
from assist.errors import Conflict, InvalidInput, NotFound
from assist.ports import ConversationStore
from assist.store import SqlConversationStore
from tests.builders import bot, customer, masked, tool
from tests.contracts.databases import Databases
from tests.fakes.conversation_store import MemoryConversationStore

TENANT = "acme"


@pytest.fixture
def pair(databases: Databases | None) -> tuple[ConversationStore, ConversationStore]:
    """Return two handles on one store."""
    if databases is None:
        memory = MemoryConversationStore()
        return memory, memory
    return SqlConversationStore(databases.one), SqlConversationStore(databases.two)


@pytest.fixture
def store(pair: tuple[ConversationStore, ConversationStore]) -> ConversationStore:
    """Return the store under test."""
    return pair[0]


@pytest.fixture
def other(pair: tuple[ConversationStore, ConversationStore]) -> ConversationStore:
    """Return the same store as another process sees it."""
    return pair[1]


def said(*texts: str, conversation_id: str = "c-1", **head: object) -> RedactedTranscript:
    """Return an addition of a customer's turns."""
    return masked(*(customer(text) for text in texts), conversation_id=conversation_id, **head)


def texts_of(conversation: RedactedTranscript | None) -> list[str]:
    """Return what was said."""
    assert conversation is not None
    return [turn.text for turn in conversation.turns]


async def test_a_conversation_nobody_began_is_none(store: ConversationStore) -> None:
    """There is nothing before the first turn."""
    assert await store.get(TENANT, "c-1") is None


async def test_turns_follow_one_another(store: ConversationStore, other: ConversationStore) -> None:
    """Each addition answers the whole, and another process reads the same."""
    first = masked(customer("one"), tool("{}", name="find", ok=False, id=7), conversation_id="c-1")
    assert await store.append(TENANT, first, expected=0) == first
    whole = await other.append(TENANT, masked(bot("three", nlu=None), conversation_id="c-1"), expected=2)
    assert texts_of(whole) == ["one", "{}", "three"]
    assert await store.get(TENANT, "c-1") == whole
    assert whole.turns[1].tool == first.turns[1].tool


@pytest.mark.parametrize("expected", [0, 1, 3])
async def test_an_addition_after_another_number_of_turns_is_a_conflict(store: ConversationStore, expected: int) -> None:
    """A writer that has not read the newest turns adds nothing."""
    await store.append(TENANT, said("one", "two"), expected=0)
    with pytest.raises(Conflict, match="c-1"):
        await store.append(TENANT, said("three"), expected=expected)
    assert texts_of(await store.get(TENANT, "c-1")) == ["one", "two"]


async def test_a_first_addition_expects_nothing(store: ConversationStore) -> None:
    """A conversation that nobody began has no turns."""
    with pytest.raises(Conflict):
        await store.append(TENANT, said("one"), expected=1)
    assert await store.get(TENANT, "c-1") is None


@pytest.mark.parametrize("already", [0, 1])
async def test_of_writers_at_once_one_wins(store: ConversationStore, other: ConversationStore, already: int) -> None:
    """The others get a conflict and leave nothing behind, on the first turn as on a later one."""
    if already:
        await store.append(TENANT, said("begin"), expected=0)
    answers = await asyncio.gather(
        *(handle.append(TENANT, said(f"{n}", "end"), expected=already) for n, handle in enumerate([store, other] * 4)),
        return_exceptions=True,
    )
    won = [answer for answer in answers if isinstance(answer, RedactedTranscript)]
    assert len(won) == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == 7
    assert await store.get(TENANT, "c-1") == won[0]


async def test_writers_that_read_again_all_get_their_turns_in(
    store: ConversationStore, other: ConversationStore
) -> None:
    """No turn is lost or doubled, and each addition stays together."""

    async def persist(handle: ConversationStore, name: str) -> None:
        while True:
            whole = await handle.get(TENANT, "c-1")
            try:
                await handle.append(TENANT, said(f"{name}1", f"{name}2"), expected=len(whole.turns) if whole else 0)
            except Conflict:
                continue
            return

    await asyncio.gather(*(persist(handle, name) for handle, name in zip([store, other] * 3, "abcdef", strict=True)))
    found = texts_of(await store.get(TENANT, "c-1"))
    assert sorted(found[::2]) == [f"{name}1" for name in "abcdef"]
    assert [text.replace("1", "2") for text in found[::2]] == found[1::2]


async def test_head_fields_that_are_set_replace_stored_ones(store: ConversationStore) -> None:
    """What the newest addition says of the conversation counts."""
    await store.append(
        TENANT, said("one", channel=Channel.VOICE, language="en", customer=Customer(id="u-1"), region="eu"), expected=0
    )
    whole = await store.append(
        TENANT, said("two", language="de", domain="retail", customer=Customer(id="u-1", name="Ada")), expected=1
    )
    head = whole.transcript
    assert (head.language, head.domain, head.customer) == ("de", "retail", Customer(id="u-1", name="Ada"))
    assert head.model_extra == {"region": "eu"}
    assert await store.get(TENANT, "c-1") == whole


async def test_head_fields_that_are_not_set_stay(store: ConversationStore) -> None:
    """A default is not an answer: neither it nor an explicit nothing replaces what was said."""
    await store.append(TENANT, said("one", channel=Channel.VOICE, language="en"), expected=0)
    whole = await store.append(TENANT, said("two", language=None), expected=1)
    again = await store.append(TENANT, said("three"), expected=2)
    assert (whole.transcript.channel, whole.transcript.language) == (Channel.VOICE, "en")
    assert (again.transcript.channel, again.transcript.language) == (Channel.VOICE, "en")


async def test_a_refused_consent_stays_refused_until_it_is_given(store: ConversationStore) -> None:
    """Silence on a consent does not give it; saying it does."""
    await store.append(TENANT, said("one", consent=Consent(model=False)), expected=0)
    silent = await store.append(TENANT, said("two", consent=Consent(processing=True)), expected=1)
    assert not silent.transcript.consent.model
    given = await store.append(TENANT, said("three", consent=Consent(model=True)), expected=2)
    assert given.transcript.consent.model


async def test_redaction_counts_add_up(store: ConversationStore) -> None:
    """The whole has as many redactions as its additions."""
    first = said("[PIN_1]").model_copy(update={"redactions": {"pin": 1}})
    second = said("[PIN_2] [CVV_1]").model_copy(update={"redactions": {"pin": 1, "cvv": 1}})
    await store.append(TENANT, first, expected=0)
    await store.append(TENANT, second, expected=1)
    found = await store.get(TENANT, "c-1")
    assert found is not None
    assert found.redactions == {"pin": 2, "cvv": 1}


async def test_tenants_have_conversations_of_their_own(store: ConversationStore) -> None:
    """The same id in two tenants is two conversations."""
    await store.append(TENANT, said("ours"), expected=0)
    assert await store.get("other", "c-1") is None
    await store.append("other", said("theirs"), expected=0)
    assert texts_of(await store.get(TENANT, "c-1")) == ["ours"]


@pytest.mark.parametrize("conversation_id", [None, "", "c" * 201], ids=["none", "empty", "long"])
async def test_a_conversation_needs_an_id(store: ConversationStore, conversation_id: str | None) -> None:
    """Turns without an id of 1 to 200 characters are refused, and the error names the field."""
    addition = said("one")
    head = addition.transcript.model_copy(update={"conversation_id": conversation_id})
    with pytest.raises(InvalidInput) as caught:
        await store.append(TENANT, addition.model_copy(update={"transcript": head}), expected=0)
    assert caught.value.field == "conversation_id"


async def test_characters_that_no_database_keeps_are_replaced_in_turns(store: ConversationStore) -> None:
    """NUL and lone surrogates become U+FFFD; the conversation is found by the id that held one."""
    addition = said("a\x00b", conversation_id="c\x001", customer=Customer(attributes={"note": "\ud800!"}))
    whole = await store.append(TENANT, addition, expected=0)
    assert texts_of(whole) == ["a\ufffdb"]
    assert whole.transcript.customer == Customer(attributes={"note": "\ufffd!"})
    assert await store.get(TENANT, "c\x001") == whole


async def test_texts_that_look_like_the_stores_own_are_kept(store: ConversationStore) -> None:
    """Quotes, brackets and the names of fields in what people write change nothing."""
    attributes = {"turns": [], '"turns":[]': ["}"], "redactions": {}}
    addition = said('"turns":[]}', '\\"', "{", "", customer=Customer(attributes=attributes), extra={"turns": []})
    whole = await store.append(TENANT, addition, expected=0)
    assert await store.get(TENANT, "c-1") == whole == addition


async def test_a_long_conversation_is_kept_whole(store: ConversationStore) -> None:
    """Two thousand turns come back in order."""
    texts = [f"turn {number} 🙂" for number in range(2_000)]
    await store.append(TENANT, said(*texts[:1_990]), expected=0)
    await store.append(TENANT, said(*texts[1_990:]), expected=1_990)
    assert texts_of(await store.get(TENANT, "c-1")) == texts


async def test_rules_that_fired_are_remembered_with_their_newest_turn(
    store: ConversationStore, other: ConversationStore
) -> None:
    """Another process sees them; an earlier turn does not replace a later one, and other conversations know nothing."""
    await store.append(TENANT, said("one", "two", "three"), expected=0)
    await store.append(TENANT, said("one", conversation_id="c-2"), expected=0)
    await store.note_fired(TENANT, "c-1", {"loop", "demand"}, turn=1)
    await other.note_fired(TENANT, "c-1", {"loop"}, turn=2)
    await store.note_fired(TENANT, "c-1", {"loop"}, turn=0)
    assert await other.fired(TENANT, "c-1") == {"loop": 2, "demand": 1}
    assert await store.fired(TENANT, "c-2") == {}
    assert await store.fired("other", "c-1") == {}


async def test_no_rule_fires_in_a_conversation_that_is_not_there(store: ConversationStore) -> None:
    """There is nothing to note it on."""
    with pytest.raises(NotFound):
        await store.note_fired(TENANT, "c-9", {"loop"}, turn=1)
