"""The Python SDK, with an agent whose account is new: `python python_client.py stdio|http [legacy|auto]`."""

import asyncio
import json
import os
import sys
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import httpx2
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

VERSIONS = {"legacy": "2025-11-25", "auto": "2026-07-28"}
TASK = {
    "title": "Verify storefront signage",
    "description": "Take a photo of the signage at 123 Main St",
    "location": {"lat": 40.7128, "lng": -74.006, "address": "123 Main St, NY"},
    "reward_usd": 25,
    "deadline": (datetime.now(UTC) + timedelta(days=2)).isoformat(),
    "proof_requirements": ["Photo of the storefront's sign"],
    "task_type": "VERIFICATION",
}


async def server(kind, stack):
    """What the client speaks to."""
    key, url = os.environ["HUMANOPS_API_KEY"], os.environ["HUMANOPS_API_URL"]
    if kind == "http":
        headers = {"Authorization": f"Bearer {key}"}
        http = await stack.enter_async_context(httpx2.AsyncClient(headers=headers))
        return streamable_http_client(f"{url}/mcp", http_client=http)
    env = {name: os.environ[name] for name in ("HUMANOPS_API_KEY", "HUMANOPS_API_URL", "HUMANOPS_HOME")}
    return StdioServerParameters(command=os.environ["HUMANOPS_MCP"], env=env)


async def play(client):
    """Answers how many calls were made."""
    calls = 0

    async def call(name, arguments=None):
        nonlocal calls
        calls += 1
        return await client.call_tool(name, arguments or {})

    async def ok(name, arguments=None):
        result = await call(name, arguments)
        assert not result.is_error, result.content[0].text
        assert json.loads(result.content[0].text) == result.structured_content
        return result.structured_content

    assert await ok("get_balance") == {"deposit_balance": 0, "escrow_balance": 0, "currency": "USD"}
    funded = await ok("fund_account", {"amount_usdc": 100, "tx_hash": "0xabc...def"})
    assert funded["amount_usd"] == 100
    first, second = await ok("post_task", TASK), await ok("post_task", TASK)
    assert (first["already_posted"], second["already_posted"]) == (False, True)
    assert first["task_id"] == second["task_id"]
    assert (await ok("get_balance"))["escrow_balance"] == first["total_escrow"]
    shown = await ok("get_task_result", {"task_id": first["task_id"]})
    assert (shown["status"], shown["proof"]) == ("PENDING", None)
    refused = await call("post_task", TASK | {"reward_usd": 5_000})
    assert refused.is_error and refused.structured_content is None
    assert refused.content[0].text.startswith("insufficient_balance: "), refused.content[0].text
    cancelled = await ok("cancel_task", {"task_id": first["task_id"]})
    assert cancelled["refunded_usd"] == first["total_escrow"]
    try:
        await call("no_such_tool")
    except MCPError as error:
        assert "no such tool here" in str(error), error
    else:
        raise AssertionError("a tool that is none was called")
    return calls


async def main(kind, mode="auto"):
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(Client(await server(kind, stack), mode=mode))
        assert client.protocol_version == VERSIONS[mode], client.protocol_version
        tools = (await client.list_tools()).tools
        assert all(tool.title and tool.annotations and tool.output_schema for tool in tools)
        print(f"tools {len(tools)} calls {await play(client)}")


asyncio.run(main(*sys.argv[1:]))
