"""What every Model keeps: an answer of the shape asked for, or one of our errors."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assist.errors import ModelError
from assist.llm import NoModel, Recorder, Replay, ScriptedServer
from assist.ports import Model
from assist.settings import Settings
from assist.wiring import build_model
from tests.fakes.model import ScriptedModel
from tests.model_requests import GOOD, Note, a_request


@pytest.fixture(params=["fake", "replay", "gateway"])
async def model(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Model]:
    """Return a model that has an answer to the request."""
    if request.param == "fake":
        yield ScriptedModel(GOOD, GOOD)
    elif request.param == "replay":
        file = tmp_path / "replies.jsonl"
        await Recorder(ScriptedModel(GOOD), file).answer(a_request())
        yield Replay(file)
    else:
        with ScriptedServer() as server:
            settings = Settings(model="openai/good", model_api_base=server.url, _env_file=None)
            gateway = build_model(settings)
            yield gateway
            await gateway.close()


@pytest.fixture(params=["none", "fake", "replay", "gateway"])
async def silent(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Model]:
    """Return a model that has no answer to the request."""
    if request.param == "none":
        yield NoModel()
    elif request.param == "fake":
        yield ScriptedModel()
    elif request.param == "replay":
        (tmp_path / "empty.jsonl").touch()
        yield Replay(tmp_path / "empty.jsonl")
    else:
        settings = Settings(
            model="openai/good", model_api_base="http://127.0.0.1:1/v1", model_retries=0, _env_file=None
        )
        gateway = build_model(settings)
        yield gateway
        await gateway.close()


async def test_the_value_has_the_shape_asked_for(model: Model) -> None:
    """It is an instance of the class in the request, and the text is what came."""
    reply = await model.answer(a_request())
    assert isinstance(reply.value, Note)
    assert reply.value.turns == (2,)
    assert reply.text


async def test_the_reply_says_who_answered_and_what_it_used(model: Model) -> None:
    """Model, tokens, time and attempts are told; a price that is not known is None."""
    reply = await model.answer(a_request())
    assert reply.model
    assert reply.tokens_in > 0
    assert reply.tokens_out > 0
    assert reply.cost is None or reply.cost >= 0
    assert reply.ms >= 0
    assert reply.attempts == 1


async def test_the_same_request_may_be_made_again(model: Model) -> None:
    """A model keeps nothing of a request that would change the next answer."""
    first = await model.answer(a_request())
    second = await model.answer(a_request())
    assert first.value == second.value


async def test_no_answer_is_one_of_our_errors(silent: Model) -> None:
    """Whatever the reason, it is a ModelError that says something, and it comes within the deadline."""
    async with asyncio.timeout(60):
        with pytest.raises(ModelError, match=r"\w+"):
            await silent.answer(a_request(deadline=30))
