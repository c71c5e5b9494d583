"""Real litellm over real HTTP against the scripted server: each fault, and what the service makes of it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from assist.domain.failures import failure_of
from assist.domain.packet import Failure
from assist.errors import (
    ModelBadReply,
    ModelEmptyReply,
    ModelError,
    ModelRateLimited,
    ModelRequestRefused,
    ModelTimeout,
    ModelUnavailable,
    ModelWindowExceeded,
)
from assist.llm import Gateway, NoModel, ScriptedServer
from assist.metrics import PrometheusMeter
from assist.settings import Settings
from assist.wiring import build_model
from tests.model_requests import Note, a_request

Opened = Callable[..., Gateway]
GENEROUS = 60.0  # seconds after which a test has hung; nothing here comes near


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    """Return the scripted model's server."""
    with ScriptedServer() as running:
        yield running


@pytest.fixture
async def opened(server: ScriptedServer) -> AsyncIterator[Opened]:
    """Return what opens a gateway to models of the scripted server; all are closed at the end."""
    made: list[Gateway] = []

    def open_gateway(*models: str, meter: PrometheusMeter | None = None, **settings: object) -> Gateway:
        patient = {"model_timeout_connect": 20, "model_timeout_first_token": 30, "model_timeout_total": 40}
        wanted = {**patient, "model_retries": 0, "model_api_base": server.url, **settings}
        names = ",".join(f"openai/{name}" for name in models)
        gateway = build_model(Settings(model=names, _env_file=None, **wanted), meter=meter)  # type: ignore[arg-type]  # checked by pydantic
        assert not isinstance(gateway, NoModel)
        made.append(gateway)
        return gateway

    async with asyncio.timeout(GENEROUS):
        yield open_gateway
        for gateway in made:
            await gateway.close()


def seen(server: ScriptedServer, since: int) -> list[str]:
    """Return the models that were called since."""
    return [str(request.body["model"]) for request in server.seen[since:]]


_SHORT = {"model_timeout_first_token": 0.4}

FAULTS = [
    pytest.param("bad_request", {}, ModelRequestRefused, Failure.MODEL_UNAVAILABLE, id="400"),
    pytest.param("too_long", {}, ModelWindowExceeded, Failure.MODEL_UNAVAILABLE, id="400 for the window"),
    pytest.param("unauthorized", {}, ModelUnavailable, Failure.MODEL_UNAVAILABLE, id="401"),
    pytest.param("not_found", {}, ModelUnavailable, Failure.MODEL_UNAVAILABLE, id="404"),
    pytest.param("request_timeout", {}, ModelTimeout, Failure.TIMEOUT, id="408"),
    pytest.param("rate_limited", {}, ModelRateLimited, Failure.MODEL_UNAVAILABLE, id="429"),
    pytest.param("out_of_quota", {}, ModelRateLimited, Failure.MODEL_UNAVAILABLE, id="429 for an hour"),
    pytest.param("server_error", {}, ModelUnavailable, Failure.MODEL_UNAVAILABLE, id="500"),
    pytest.param("overloaded", {}, ModelUnavailable, Failure.MODEL_UNAVAILABLE, id="503"),
    pytest.param("reset", {}, ModelUnavailable, Failure.MODEL_UNAVAILABLE, id="reset before an answer"),
    pytest.param("cut_off", {}, ModelUnavailable, Failure.MODEL_UNAVAILABLE, id="reset in the middle"),
    pytest.param("hanging", _SHORT, ModelTimeout, Failure.TIMEOUT, id="no answer"),
    pytest.param("slow_first_token", _SHORT, ModelTimeout, Failure.TIMEOUT, id="no first token"),
    pytest.param("stalled", _SHORT, ModelTimeout, Failure.TIMEOUT, id="silence in the middle"),
    pytest.param("dripping", {"model_timeout_total": 0.8}, ModelTimeout, Failure.TIMEOUT, id="no end"),
    pytest.param("truncated", {}, ModelBadReply, Failure.SCHEMA_INVALID, id="cut at the limit"),
    pytest.param("half_json", {}, ModelBadReply, Failure.SCHEMA_INVALID, id="half a JSON"),
    pytest.param("invalid_json", {}, ModelBadReply, Failure.SCHEMA_INVALID, id="no JSON"),
    pytest.param("wrong_types", {}, ModelBadReply, Failure.SCHEMA_INVALID, id="wrong types"),
    pytest.param("empty", {}, ModelEmptyReply, Failure.INSUFFICIENT_CONTENT, id="empty text"),
    pytest.param("hollow", {}, ModelEmptyReply, Failure.INSUFFICIENT_CONTENT, id="empty values"),
    pytest.param("filtered", {}, ModelEmptyReply, Failure.INSUFFICIENT_CONTENT, id="filtered"),
]


@pytest.mark.parametrize(("fault", "settings", "error", "code"), FAULTS)
async def test_each_fault_has_its_error_and_code(
    opened: Opened, fault: str, settings: dict[str, object], error: type[ModelError], code: Failure
) -> None:
    """It is exactly this error, it names the model, and a packet shows this code."""
    with pytest.raises(ModelError) as raised:
        await opened(fault, **settings).answer(a_request())
    assert type(raised.value) is error
    assert failure_of(raised.value) is code
    assert fault in str(raised.value) or code is not Failure.MODEL_UNAVAILABLE


@pytest.mark.parametrize("fault", ["fenced", "sloppy", "corrigible", "no_schema", "good"])
async def test_what_can_be_mended_is_an_answer(opened: Opened, fault: str) -> None:
    """Fences, prose, sloppy JSON, one wrong try and a refused schema all end in the value that was asked for."""
    reply = await opened(fault).answer(a_request())
    assert isinstance(reply.value, Note)
    assert reply.value.turns == (2,)
    assert "kettle" in reply.value.text
    assert reply.model == f"openai/{fault}"
    assert reply.tokens_in > 0
    assert reply.tokens_out > 0
    assert reply.cost is None


async def test_nobody_listening_is_unavailable(opened: Opened) -> None:
    """A refused connection is said as one."""
    with pytest.raises(ModelUnavailable, match="openai/good"):
        await opened("good", model_api_base="http://127.0.0.1:1/v1").answer(a_request())


async def test_the_schema_is_sent_where_it_may_be_and_said_in_words_where_not(
    opened: Opened, server: ScriptedServer
) -> None:
    """A model that refuses the schema is asked in words at once, and never sent one again."""
    gateway, since = opened("no_schema"), len(server.seen)
    await gateway.answer(a_request())
    await gateway.answer(a_request())
    first, second, third = (request.body for request in server.seen[since:])
    schema = first["response_format"]["json_schema"]
    assert schema["strict"] is True
    assert schema["schema"]["required"] == ["text", "turns"]
    assert schema["schema"]["additionalProperties"] is False
    for body in (second, third):
        assert "response_format" not in body
        assert '"required":["text","turns"]' in body["messages"][0]["content"]


async def test_a_reply_is_sent_back_once_with_what_was_wrong(opened: Opened, server: ScriptedServer) -> None:
    """The second request holds the reply and the validation error; a second bad reply is the end."""
    since = len(server.seen)
    with pytest.raises(ModelBadReply):
        await opened("wrong_types").answer(a_request())
    first, second = (request.body["messages"] for request in server.seen[since:])
    assert [message["role"] for message in first] == ["system", "user"]
    assert [message["role"] for message in second] == ["system", "user", "assistant", "user"]
    assert json.loads(second[2]["content"])["turns"] == {"not": "a list"}
    assert "text: Input should be a valid string" in second[3]["content"]


async def test_the_next_model_answers_for_one_that_fails(opened: Opened, server: ScriptedServer) -> None:
    """The order of preference is kept, and the reply says who answered."""
    since = len(server.seen)
    reply = await opened("unauthorized", "server_error", "good").answer(a_request())
    assert reply.model == "openai/good"
    assert reply.attempts == 3
    assert seen(server, since) == ["unauthorized", "server_error", "good"]


@pytest.mark.parametrize(
    ("fault", "calls"),
    [
        pytest.param("overloaded", 3, id="503 may pass"),
        pytest.param("reset", 3, id="a reset may pass"),
        pytest.param("request_timeout", 3, id="408 may pass"),
        pytest.param("unauthorized", 1, id="401 will not"),
        pytest.param("not_found", 1, id="404 will not"),
        pytest.param("out_of_quota", 1, id="an hour is too long"),
    ],
)
async def test_only_what_may_pass_is_tried_again(
    opened: Opened, server: ScriptedServer, fault: str, calls: int
) -> None:
    """Two retries are two more calls, and none where they cannot help."""
    since = len(server.seen)
    with pytest.raises(ModelError):
        await opened(fault, model_retries=2).answer(a_request())
    assert seen(server, since) == [fault] * calls


async def test_a_failure_that_passes_is_not_seen(opened: Opened, server: ScriptedServer) -> None:
    """The retry answers."""
    since = len(server.seen)
    reply = await opened("flaky", model_retries=1).answer(a_request())
    assert reply.attempts == 2
    assert seen(server, since) == ["flaky", "flaky"]


async def test_the_deadline_ends_everything(opened: Opened) -> None:
    """However patient the settings and however many models, the request's own time is the end."""
    gateway = opened("hanging", "stalled", "dripping", model_retries=5)
    with pytest.raises(ModelTimeout, match=r"within the 0\.6 s"):
        await gateway.answer(a_request(deadline=0.6))


async def test_a_deadline_leaves_no_call_behind(opened: Opened) -> None:
    """After a timeout the same gateway answers for another model of the list."""
    gateway = opened("hanging", "good", **_SHORT)
    reply = await gateway.answer(a_request())
    assert reply.model == "openai/good"


async def test_a_gateway_opened_after_another_was_closed_is_not_given_its_connections(opened: Opened) -> None:
    """Forty gateways one after another all answer: event loops come and go, and a new one may look like an old one."""
    for _ in range(40):
        gateway = opened("good")
        assert (await gateway.answer(a_request())).attempts == 1
        await gateway.close()


async def test_a_failing_model_is_left_alone_and_tried_again_later(opened: Opened, server: ScriptedServer) -> None:
    """After two failures no call is made; when the pause is over, one is."""
    gateway, since = opened("flaky", model_breaker_failures=1, model_breaker_seconds=0.3), len(server.seen)
    with pytest.raises(ModelUnavailable, match="status 503"):
        await gateway.answer(a_request())
    with pytest.raises(ModelUnavailable, match="left alone"):
        await gateway.answer(a_request())
    assert len(server.seen) == since + 1
    await asyncio.sleep(0.4)
    assert (await gateway.answer(a_request())).attempts == 1


async def test_operators_see_calls_tokens_and_failures(opened: Opened) -> None:
    """Counters name model, outcome and code."""
    meter = PrometheusMeter()
    await opened("overloaded", "good", meter=meter).answer(a_request())
    text = meter.exposition().decode()
    assert 'assist_model_calls_total{model="openai/overloaded",outcome="MODEL_UNAVAILABLE"} 1.0' in text
    assert 'assist_model_calls_total{model="openai/good",outcome="ok"} 1.0' in text
    assert 'assist_model_failures_total{code="MODEL_UNAVAILABLE",model="openai/overloaded"} 1.0' in text
    assert 'assist_model_tokens_total{direction="in",model="openai/good"}' in text
    assert 'assist_model_seconds_count{model="openai/good"} 1.0' in text


async def test_a_known_model_has_a_price(opened: Opened) -> None:
    """The cost of a model in the price list is counted in US dollars."""
    gateway = opened("gpt-4o-mini")
    reply = await gateway.answer(a_request())
    assert reply.cost == pytest.approx(reply.tokens_in * 0.15e-6 + reply.tokens_out * 0.6e-6)


async def test_a_gateway_works_again_after_it_was_closed(opened: Opened) -> None:
    """Another event loop, or the same one later, opens its connections anew."""
    gateway = opened("good")
    await gateway.warm()
    await gateway.answer(a_request())
    await gateway.close()
    assert (await gateway.answer(a_request())).attempts == 1


async def test_the_event_loop_goes_on_while_a_model_is_called(opened: Opened) -> None:
    """Other work of the service is done between the call and its answer."""
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0.01)

    ticking = asyncio.create_task(tick())
    with pytest.raises(ModelTimeout):
        await opened("hanging", **_SHORT).answer(a_request())
    ticking.cancel()
    assert ticks >= 10
