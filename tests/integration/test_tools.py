"""Knowledge and packets over the Model Context Protocol, asked with the protocol's own client."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent
from starlette.testclient import TestClient

from assist.tools import tool_server
from assist.wiring import Assist
from tests.builders import a_complaint
from tests.conftest import KeyMaker

_Ask = Callable[..., Any]


def told(result: CallToolResult) -> str:
    """Return the text of an answer."""
    return "".join(part.text for part in result.content if isinstance(part, TextContent))


def secret_of(headers: dict[str, str]) -> str:
    """Return the key in these headers."""
    return headers["Authorization"].removeprefix("Bearer ")


async def ask(assist: Assist, secret: str | None, tool: str, **arguments: object) -> CallToolResult:
    """Call a tool with this key."""
    async with Client(tool_server(assist, secret)) as client:
        return await client.call_tool(tool, arguments)


async def test_the_tools_say_what_they_do(assist: Assist) -> None:
    """Names, descriptions and the shape of their arguments."""
    async with Client(tool_server(assist, None)) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == {"search_knowledge", "get_handoff", "find_handoffs"}
    assert all(tool.description for tool in tools.values())
    assert tools["search_knowledge"].input_schema["required"] == ["query"]


async def test_knowledge_is_found(client: TestClient, assist: Assist) -> None:
    """The hits are those of the API, with passages and scores; a far question says that nothing is relevant."""
    found = await ask(assist, assist.local_key, "search_knowledge", query="I was charged twice", domain="retail")
    assert not found.is_error, told(found)
    by_api = client.post("/v1/knowledge/search", json={"query": "I was charged twice", "domain": "retail"}).json()
    assert found.structured_content == by_api
    far = await ask(assist, assist.local_key, "search_knowledge", query="boiling point of tungsten", domain="retail")
    assert far.structured_content is not None
    assert far.structured_content["nothing_relevant"]


async def test_packets_are_looked_up(client: TestClient, assist: Assist) -> None:
    """By id, and by conversation."""
    made = client.post("/v1/handoffs", json=a_complaint(conversation_id="c-tools")).json()
    one = await ask(assist, assist.local_key, "get_handoff", handoff_id=made["id"])
    assert json.loads(told(one))["summary"] == made["summary"]
    listed = await ask(assist, assist.local_key, "find_handoffs", conversation_id="c-tools")
    assert made["id"] in told(listed)
    assert made["summary"]["headline"] in told(listed)


async def test_a_key_sees_what_its_role_and_tenant_may(client: TestClient, assist: Assist, key_of: KeyMaker) -> None:
    """No key and an unknown one open nothing; a knowledge manager reads no packets; a bot sees no agents' articles."""
    article = {"title": "Zeppelin secrets", "body": "Only agents know of zeppelins.", "audience": "agent"}
    client.put("/v1/articles/tool-secret", json=article)
    for secret, said in ((None, "no key was sent"), ("hk_wrong", "not known")):
        answer = await ask(assist, secret, "search_knowledge", query="zeppelin secrets")
        assert answer.is_error
        assert said in told(answer)
    refused = await ask(assist, secret_of(key_of("knowledge")), "find_handoffs", conversation_id="c-tools")
    assert refused.is_error
    assert "may not read handoffs" in told(refused)
    agent = await ask(assist, secret_of(key_of("agent")), "search_knowledge", query="zeppelin secrets")
    robot = await ask(assist, secret_of(key_of("bot")), "search_knowledge", query="zeppelin secrets")
    assert "tool-secret" in told(agent)
    assert "tool-secret" not in told(robot)
    client.delete("/v1/articles/tool-secret")


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        pytest.param("search_knowledge", {"query": "x", "domain": "bakery"}, "bakery", id="domain"),
        pytest.param("search_knowledge", {"query": " "}, "empty", id="blank"),
        pytest.param("get_handoff", {"handoff_id": "ho_nothing"}, "ho_nothing", id="packet"),
    ],
)
async def test_a_bad_call_is_one_clear_sentence(
    assist: Assist, tool: str, arguments: dict[str, object], said: str
) -> None:
    """What was wrong is said, and nothing of the inside."""
    answer = await ask(assist, assist.local_key, tool, **arguments)
    assert answer.is_error
    assert said in told(answer)
    assert "Traceback" not in told(answer)


async def test_the_command_serves_on_standard_input_and_output(client: TestClient, data_dir: Path) -> None:
    """A framework starts `assist mcp` and calls a tool; the local key does."""
    del client
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "assist", "mcp"], env={**os.environ, "ASSIST_DATA_DIR": str(data_dir)}
    )
    async with Client(command) as remote:
        found = await remote.call_tool("search_knowledge", {"query": "charged twice", "domain": "retail", "limit": 1})
    assert not found.is_error
    assert "retail-duplicate-charge" in told(found)
