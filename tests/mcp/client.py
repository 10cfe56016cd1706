"""Drives the server with the Python SDK, once in each era of the protocol.

Usage: client.py ERA stdio COMMAND [ARG...]
       client.py ERA http URL             (the token is in TICKTICK_MCP_TOKEN)

ERA is legacy (initialize) or auto (server/discover). The server must use the demo account at a fixed time.
"""

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from importlib.metadata import version

import httpx2
from mcp import Client, StdioServerParameters, types
from mcp.client.streamable_http import streamable_http_client

TODAY = "ticktick://today"


def check(condition, what, *shown):
    if not condition:
        raise SystemExit(f"failed: {what}\n" + "\n".join(str(one) for one in shown))


async def call(client, name, fails=False, **arguments):
    """Calls a tool, and returns its structured content."""
    result = await client.call_tool(name, arguments)
    text = result.content[0].text
    check(bool(result.is_error) == fails, f"{name} {'must fail' if fails else 'fails'}", text)
    check(result.structured_content["text"] == text, f"{name} says the same in both places", text)
    return result.structured_content


async def lists(client):
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    check(len(tools) == 24, "there are 24 tools", sorted(tools))
    check(tools["agenda"].annotations.read_only_hint, "agenda only reads")
    check(tools["delete_tasks"].annotations.destructive_hint, "delete_tasks is destructive")
    check(all(tool.output_schema for tool in tools.values()), "every tool has an output schema")
    resources = [str(one.uri) for one in (await client.list_resources()).resources]
    templates = [one.uri_template for one in (await client.list_resource_templates()).resource_templates]
    check(resources == [TODAY], "one resource is listed", resources)
    check(sorted(templates) == ["ticktick://project/{name}", "ticktick://task/{id}"], "two templates", templates)
    prompts = [one.name for one in (await client.list_prompts()).prompts]
    check(sorted(prompts) == ["habit_check", "inbox_zero", "plan_day", "weekly_review"], "four prompts", prompts)


async def reads(client):
    agenda = await call(client, "agenda")
    check("Overdue:" in agenda["text"] and "Europe/London" in agenda["text"], "the agenda has a zone", agenda)
    strings = await call(client, "agenda", days="3", overdue="false")
    check("Overdue:" not in strings["text"] and strings["total"] > 0, "numbers may be texts", strings)
    wrong = await call(client, "agenda", fails=True, days="soon")
    check("whole number" in wrong["text"], "a wrong argument is explained", wrong)
    today = (await client.read_resource(TODAY)).contents[0].text
    check("Water the plants" in today, "today can be read", today)
    prompt = (await client.get_prompt("plan_day", {})).messages[0].content.text
    check("Water the plants" in prompt, "a prompt has its tasks", prompt)
    template = types.ResourceTemplateReference(type="ref/resource", uri="ticktick://project/{name}")
    found = await client.complete(template, {"name": "name", "value": "wo"})
    check(found.completion.values == ["💼 Work"], "names are completed", found)
    for attempt in (client.call_tool("nonsense", {}), client.read_resource("ticktick://nonsense")):
        try:
            check(False, "what does not exist is an error of the protocol", await attempt)
        except Exception as error:
            check(type(error).__name__ == "MCPError", "an error of the protocol", repr(error))


async def writes(client):
    new = [{"title": "Call the plumber", "due": "2026-12-01", "tags": ["home"]}, {"title": "Buy a hose"}]
    first = await call(client, "add_tasks", tasks=new, key="plumber")
    check(first["text"].startswith("Created 2 tasks") and first["undo"], "two tasks are added", first)
    again = await call(client, "add_tasks", tasks=new, key="plumber")
    check("existed already" in again["text"] and "undo" not in again, "a key adds nothing twice", again)
    changed = await call(client, "update_tasks", changes=[{"task": "plumber", "priority": "high"}])
    check("!!! Call the plumber" in changed["text"] and "#home" in changed["text"], "other fields stay", changed)
    done = await call(client, "complete_tasks", tasks='["plumber", "a hose"]')
    check((await call(client, "find_tasks", text="plumber"))["total"] == 0, "it is done", done)
    await call(client, "undo", id=done["undo"])
    check((await call(client, "find_tasks", text="plumber"))["total"] == 1, "it is open again")
    ambiguous = await call(client, "complete_tasks", tasks=["call"])
    check("matches 3 tasks. Nothing was changed" in ambiguous["text"], "a name is never guessed", ambiguous)
    dry = await call(client, "delete_tasks", tasks=["a hose"], dry_run="true")
    check("undo" not in dry and (await call(client, "find_tasks", text="hose"))["total"] == 1, "a dry run", dry)


async def confirms(client):
    delete = {"action": "delete", "project": "trip to japan"}
    preview = await call(client, "edit_project", **delete)
    check("6 open tasks" in preview["text"], "the preview counts", preview)
    forged = await call(client, "edit_project", **delete, confirm="forged")
    check("undo" not in forged and forged["confirm"], "a forged token does nothing", forged)
    deleted = await call(client, "edit_project", **delete, confirm=preview["confirm"])
    check(deleted.get("undo") and "confirm" not in deleted, "the token is good once", deleted)
    await call(client, "edit_project", fails=True, **delete, confirm=preview["confirm"])


async def subscribes(client, updates):
    """Expects to hear of a completed task, and of nothing after the end."""
    if client.protocol_version >= "2026-07-28":
        async with client.listen(resource_subscriptions=[TODAY]) as events:
            await call(client, "complete_tasks", tasks=["water the plants"])
            event = await asyncio.wait_for(anext(aiter(events)), 20)
            check(event.uri == TODAY, "an update of today", event)
    else:
        await client.subscribe_resource(TODAY)
        await call(client, "complete_tasks", tasks=["water the plants"])
        check(await asyncio.wait_for(updates.get(), 20) == TODAY, "an update of today")
        await client.unsubscribe_resource(TODAY)


async def refuses(url):
    """Expects a wrong token and a foreign web page to be refused."""
    token = os.environ["TICKTICK_MCP_TOKEN"]
    good = {"Authorization": f"Bearer {token}", "Accept": "application/json, text/event-stream"}
    body = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    async with httpx2.AsyncClient(timeout=60) as http:
        for status, headers in [
            (401, {**good, "Authorization": "Bearer wrong"}),
            (401, {name: value for name, value in good.items() if name != "Authorization"}),
            (403, {**good, "Origin": "https://example.com"}),
            (403, {**good, "Host": "example.com"}),
        ]:
            answer = await http.post(url, headers=headers, json=body)
            check(answer.status_code == status, f"status {status}", answer.status_code, headers.keys())
            check(token not in answer.text, "no token in an answer")


@asynccontextmanager
async def connected(era, transport, words):
    updates = asyncio.Queue()

    async def heard(message):
        if isinstance(message, types.ResourceUpdatedNotification):
            updates.put_nowait(str(message.params.uri))

    if transport == "stdio":
        wire = StdioServerParameters(command=words[0], args=words[1:], env=dict(os.environ))
        async with Client(wire, mode=era, message_handler=heard) as client:
            yield client, updates
        return
    headers = {"Authorization": f"Bearer {os.environ['TICKTICK_MCP_TOKEN']}"}
    async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
        async with Client(streamable_http_client(words[0], http_client=http), mode=era, message_handler=heard) as client:
            yield client, updates


async def main(era, transport, *words):
    if transport == "http":
        await refuses(words[0])
    async with connected(era, transport, list(words)) as (client, updates):
        await lists(client)
        await reads(client)
        await writes(client)
        await subscribes(client, updates)
        await confirms(client)
        print(f"passed: mcp {version('mcp')}, {transport}, {client.protocol_version}")


asyncio.run(main(*sys.argv[1:]))
