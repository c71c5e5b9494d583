"""Briefings over real HTTP: the gateway, litellm, and the scripted server."""

from collections.abc import Iterator

import pytest

from assist.analysis.pipeline import Reading
from assist.briefing import Briefing, Terms
from assist.domain.packet import Answerer, Failure
from assist.domain.transcript import Turn
from assist.llm import ScriptedServer
from assist.settings import Settings
from assist.wiring import build_model
from tests.unit.assist.briefing.conversations import KETTLE, RULES, a_reading
from tests.unit.assist.briefing.test_windows import LONG


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    """Return a scripted server that runs."""
    with ScriptedServer() as made:
        yield made


async def briefed(server: ScriptedServer, model: str, *turns: Turn, window: int = 12_000) -> Reading:
    """Return the kettle's reading, or that of these turns, after this scripted model's answer."""
    gateway = build_model(Settings(model=f"openai/{model}", model_api_base=server.url, model_retries=0, _env_file=None))
    try:
        return await Briefing(gateway, terms=Terms(window=window)).improve(
            a_reading(*turns), tenant="acme", deadline=60
        )
    finally:
        await gateway.close()


async def test_a_good_model_is_quoted_with_its_turns(server: ScriptedServer) -> None:
    """Its lines stand, with personal data back in place, and the packet says what it cost."""
    reading = await briefed(server, "good")
    stamp = reading.provenance["summary"]
    assert (stamp.by, stamp.prompt, stamp.failure) == (Answerer.MODEL, "handoff/1", None)
    assert stamp.tokens_in > 100
    assert f'The customer wrote: "{KETTLE[0].text}"' in reading.case.summary.text


async def test_a_long_conversation_is_read_in_parts_over_http(server: ScriptedServer) -> None:
    """Notes on every part, then one briefing."""
    reading = await briefed(server, "good", *LONG, window=800)
    assert reading.provenance["summary"].prompt == "window/1+merge/1"
    assert reading.provenance["summary"].by is Answerer.MODEL


@pytest.mark.parametrize(
    ("model", "failure"),
    [
        ("unsupported", Failure.UNSUPPORTED_CLAIM),
        ("wrong_language", Failure.LANGUAGE_MISMATCH),
        ("hollow", Failure.INSUFFICIENT_CONTENT),
        ("half_json", Failure.SCHEMA_INVALID),
    ],
)
async def test_a_bad_model_leaves_the_rules_summary(server: ScriptedServer, model: str, failure: Failure) -> None:
    """Each fault has its code."""
    reading = await briefed(server, model)
    assert reading.case.summary == RULES
    assert reading.provenance["summary"].failure is failure
