"""The doctor's one tiny call to each language model."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assist.cli.model_trial import probed
from assist.llm import Fault, ScriptedServer
from assist.settings import Settings


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedServer]:
    """Start the scripted server."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_KEY", "sk-test-of-nobody")
        with ScriptedServer() as server:
            yield server


def a_setting(server: ScriptedServer, folder: Path, **more: Any) -> Settings:  # noqa: ANN401 -- any setting
    """Return settings that end quickly."""
    given: dict[str, Any] = {
        "model_api_base": server.url,
        "model_timeout_first_token": 10.0,
        "model_timeout_total": 20.0,
        "model_deadline": 20.0,
        "model_retries": 0,
    }
    return Settings(data_dir=folder, **{**given, **more}, _env_file=None)


async def test_a_model_that_answers_is_fine(model: ScriptedServer, tmp_path: Path) -> None:
    """Its name and time are told."""
    (check,) = await probed(a_setting(model, tmp_path, model="openai/good"))
    assert check.ok, check.detail
    assert check.detail.startswith("openai/good answered in ")


async def test_without_a_model_nothing_is_wrong(model: ScriptedServer, tmp_path: Path) -> None:
    """The rules answer alone, and no call is made."""
    before = len(model.seen)
    (check,) = await probed(a_setting(model, tmp_path))
    assert check.ok
    assert len(model.seen) == before


async def test_each_named_model_has_its_own_line(model: ScriptedServer, tmp_path: Path) -> None:
    """A broken first one is not hidden by a second one that works."""
    first, second = await probed(a_setting(model, tmp_path, model="openai/unauthorized,openai/good"))
    assert (first.ok, second.ok) == (False, True)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault.UNAUTHORIZED, "ASSIST_MODEL_KEY_FILE"),
        (Fault.NOT_FOUND, "ASSIST_MODEL"),
        (Fault.OVERLOADED, "ASSIST_MODEL_API_BASE"),
        (Fault.RATE_LIMITED, "wait"),
        (Fault.SLOW_FIRST_TOKEN, "ASSIST_MODEL_TIMEOUT_FIRST_TOKEN"),
        (Fault.HALF_JSON, "ASSIST_MODEL_SUMMARY_ONLY"),
        (Fault.EMPTY, "name another model"),
    ],
    ids=lambda value: value.value if isinstance(value, Fault) else "",
)
async def test_a_broken_model_is_named_with_what_to_do(
    model: ScriptedServer, tmp_path: Path, fault: Fault, told: str
) -> None:
    """The check fails, with the model's name and how to mend it."""
    patience = 0.5 if fault is Fault.SLOW_FIRST_TOKEN else 10.0
    named = f"openai/{fault.value}"
    (check,) = await probed(a_setting(model, tmp_path, model=named, model_timeout_first_token=patience))
    assert not check.ok
    assert named in check.detail
    assert told in check.detail


async def test_a_spent_budget_is_named(model: ScriptedServer, tmp_path: Path) -> None:
    """With the setting that stops the call."""
    (check,) = await probed(a_setting(model, tmp_path, model="openai/good", model_packet_tokens=10))
    assert not check.ok
    assert "ASSIST_MODEL_PACKET_TOKENS" in check.detail
