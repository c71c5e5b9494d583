"""Where a provider's key comes from, and where it never goes."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from assist.errors import ModelError, SettingsInvalid
from assist.llm import Gateway, NoModel, ScriptedServer
from assist.settings import Settings
from assist.wiring import build_model
from tests.model_requests import a_request

KEY = "sk-test-5f2c9a71d04be83d6177"
SAID = "the customer said kumquat-7391"


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    """Return the scripted model's server."""
    with ScriptedServer() as running:
        yield running


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """Return a file with a key in it."""
    path = tmp_path / "key"
    path.write_text(f"{KEY}\n")
    return path


def rewrite(path: Path, content: str | None) -> None:
    """Put another content into a file, or remove it."""
    if content is None:
        path.unlink()
    else:
        path.write_text(content)


def gateway_to(server: ScriptedServer, model: str, key_file: Path | None) -> Gateway:
    """Return a gateway to one model of the scripted server."""
    settings = Settings(
        model=f"openai/{model}",
        model_api_base=server.url,
        model_key_file=key_file,
        model_retries=0,
        model_timeout_first_token=1.0 if model in {"hanging", "stalled"} else 30.0,
        _env_file=None,
    )
    made = build_model(settings)
    assert not isinstance(made, NoModel)
    return made


@pytest.fixture
async def everything_logged(caplog: pytest.LogCaptureFixture) -> AsyncIterator[pytest.LogCaptureFixture]:
    """Return the log of all loggers, at the finest level."""
    with caplog.at_level(logging.DEBUG):
        yield caplog


async def test_the_key_of_the_file_is_the_one_that_is_sent(server: ScriptedServer, key_file: Path) -> None:
    """It is read again for each call, so that a changed secret needs no restart."""
    gateway = gateway_to(server, "good", key_file)
    await gateway.answer(a_request())
    rewrite(key_file, "sk-changed")
    await gateway.answer(a_request())
    await gateway.close()
    assert [request.authorization for request in server.seen[-2:]] == [f"Bearer {KEY}", "Bearer sk-changed"]


async def test_the_key_of_the_environment_is_sent(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a file, the provider's own variable counts."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    gateway = gateway_to(server, "good", None)
    await gateway.answer(a_request())
    await gateway.close()
    assert server.seen[-1].authorization == f"Bearer {KEY}"


@pytest.mark.parametrize(
    "fault",
    ["good", "unauthorized", "bad_request", "server_error", "cut_off", "wrong_types", "hanging", "invalid_json"],
)
async def test_neither_key_nor_conversation_is_logged_or_told(
    server: ScriptedServer,
    key_file: Path,
    everything_logged: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    fault: str,
) -> None:
    """No log line, no error text, no cause of an error and nothing printed carries them, whatever goes wrong."""
    gateway = gateway_to(server, fault, key_file)
    told = ""
    try:
        await gateway.answer(a_request(user=SAID, system=f"secret instructions. {SAID}"))
    except ModelError as exc:
        told = "".join(traceback.format_exception(exc)) + repr(exc.__context__) + repr(exc.__cause__)
    await gateway.close()
    await asyncio.sleep(0)
    printed = capfd.readouterr()
    for text in (everything_logged.text, told, printed.out, printed.err):
        assert KEY not in text
        assert "kumquat" not in text


@pytest.mark.parametrize(
    "content", [pytest.param(None, id="none"), pytest.param("", id="empty"), pytest.param("two words", id="prose")]
)
def test_a_key_file_of_no_use_stops_the_start(server: ScriptedServer, tmp_path: Path, content: str | None) -> None:
    """The message names the setting and the file, not what is in it."""
    path = tmp_path / "key"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SettingsInvalid, match="ASSIST_MODEL_KEY_FILE") as raised:
        gateway_to(server, "good", path)
    assert "two words" not in str(raised.value)


async def test_a_key_file_that_vanishes_is_a_model_that_cannot_be_called(
    server: ScriptedServer, key_file: Path
) -> None:
    """The packet goes on without it."""
    gateway = gateway_to(server, "good", key_file)
    rewrite(key_file, None)
    with pytest.raises(ModelError, match="ASSIST_MODEL_KEY_FILE"):
        await gateway.answer(a_request())
    await gateway.close()
