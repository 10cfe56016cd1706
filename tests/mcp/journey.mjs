// What both JavaScript clients do with the server, which must use the demo account at a fixed time.

import { createRequire } from "node:module";
import { join } from "node:path";

const TODAY = "ticktick://today";

/** Loads a package from the folder in TICKTICK_MCP_CLIENTS, or from beside this file. */
export const load = createRequire(join(process.env.TICKTICK_MCP_CLIENTS || import.meta.dirname, "clients.js"));

/** Returns the installed version of a package. */
export function version(name) {
  return load(join(load.resolve.paths(name)[0], name, "package.json")).version;
}

export function check(condition, what, ...shown) {
  if (!condition) {
    console.error(`failed: ${what}`, ...shown);
    process.exit(1);
  }
}

/** Calls a tool, and returns its structured content. */
async function call(client, name, args = {}, fails = false) {
  const result = await client.callTool({ name, arguments: args });
  const text = result.content[0].text;
  check(Boolean(result.isError) === fails, `${name} ${fails ? "must fail" : "fails"}`, text);
  check(result.structuredContent.text === text, `${name} says the same in both places`, text);
  return result.structuredContent;
}

async function lists(client) {
  const tools = (await client.listTools()).tools;
  const tool = (name) => tools.find((one) => one.name === name);
  check(tools.length === 24, "there are 24 tools", tools.length);
  check(tool("agenda").annotations.readOnlyHint, "agenda only reads");
  check(tool("delete_tasks").annotations.destructiveHint, "delete_tasks is destructive");
  check(tools.every((one) => one.outputSchema), "every tool has an output schema");
  const resources = (await client.listResources()).resources.map((one) => one.uri);
  check(String(resources) === TODAY, "one resource is listed", resources);
  const templates = (await client.listResourceTemplates()).resourceTemplates.map((one) => one.uriTemplate);
  check(templates.length === 2 && templates.includes("ticktick://project/{name}"), "two templates", templates);
  const prompts = (await client.listPrompts()).prompts.map((one) => one.name);
  check(prompts.length === 4 && prompts.includes("plan_day"), "four prompts", prompts);
}

async function reads(client) {
  const agenda = await call(client, "agenda");
  check(agenda.text.includes("Overdue:") && agenda.text.includes("Europe/London"), "the agenda has a zone", agenda);
  const strings = await call(client, "agenda", { days: "3", overdue: "false" });
  check(!strings.text.includes("Overdue:") && strings.total > 0, "numbers may be texts", strings);
  const wrong = await call(client, "agenda", { days: "soon" }, true);
  check(wrong.text.includes("whole number"), "a wrong argument is explained", wrong);
  const today = (await client.readResource({ uri: TODAY })).contents[0].text;
  check(today.includes("Water the plants"), "today can be read", today);
  const prompt = (await client.getPrompt({ name: "plan_day", arguments: {} })).messages[0].content.text;
  check(prompt.includes("Water the plants"), "a prompt has its tasks", prompt);
  const ref = { type: "ref/resource", uri: "ticktick://project/{name}" };
  const found = await client.complete({ ref, argument: { name: "name", value: "wo" } });
  check(String(found.completion.values) === "💼 Work", "names are completed", found);
  for (const attempt of [
    () => client.callTool({ name: "nonsense", arguments: {} }),
    () => client.readResource({ uri: "ticktick://nonsense" }),
  ]) {
    const error = await attempt().then(() => undefined, (error) => error);
    check(error, "what does not exist is an error of the protocol");
  }
}

async function writes(client) {
  const tasks = [{ title: "Call the plumber", due: "2026-12-01", tags: ["home"] }, { title: "Buy a hose" }];
  const first = await call(client, "add_tasks", { tasks, key: "plumber" });
  check(first.text.startsWith("Created 2 tasks") && first.undo, "two tasks are added", first);
  const again = await call(client, "add_tasks", { tasks, key: "plumber" });
  check(again.text.includes("existed already") && !again.undo, "a key adds nothing twice", again);
  const changed = await call(client, "update_tasks", { changes: [{ task: "plumber", priority: "high" }] });
  check(/!!! Call the plumber.*#home/.test(changed.text), "other fields stay", changed);
  const count = async (text) => (await call(client, "find_tasks", { text })).total;
  const done = await call(client, "complete_tasks", { tasks: '["plumber", "a hose"]' });
  check((await count("plumber")) === 0, "it is done", done);
  await call(client, "undo", { id: done.undo });
  check((await count("plumber")) === 1, "it is open again");
  const ambiguous = await call(client, "complete_tasks", { tasks: ["call"] });
  check(ambiguous.text.includes("matches 3 tasks. Nothing was changed"), "a name is never guessed", ambiguous);
  const dry = await call(client, "delete_tasks", { tasks: ["a hose"], dry_run: "true" });
  check(!dry.undo && (await count("hose")) === 1, "a dry run", dry);
}

async function confirms(client) {
  const args = { action: "delete", project: "trip to japan" };
  const preview = await call(client, "edit_project", args);
  check(preview.text.includes("6 open tasks"), "the preview counts", preview);
  const forged = await call(client, "edit_project", { ...args, confirm: "forged" });
  check(!forged.undo && forged.confirm, "a forged token does nothing", forged);
  const deleted = await call(client, "edit_project", { ...args, confirm: preview.confirm });
  check(deleted.undo && !deleted.confirm, "the token is good once", deleted);
  await call(client, "edit_project", { ...args, confirm: preview.confirm }, true);
}

/** Expects to hear of a completed task. */
async function subscribes(client, subscription) {
  const { heard, end } = await subscription(client, TODAY);
  await call(client, "complete_tasks", { tasks: ["water the plants"] });
  const late = setTimeout(() => check(false, "an update of today within 20 s"), 20_000);
  check((await heard) === TODAY, "an update of today");
  clearTimeout(late);
  await end();
}

/** Expects a wrong token and a foreign web page to be refused. */
async function refuses(url) {
  const token = process.env.TICKTICK_MCP_TOKEN;
  const good = {
    Authorization: `Bearer ${token}`,
    Accept: "application/json, text/event-stream",
    "Content-Type": "application/json",
  };
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" });
  for (const [status, headers] of [
    [401, { ...good, Authorization: "Bearer wrong" }],
    [403, { ...good, Origin: "https://example.com" }],
  ]) {
    const answer = await fetch(url, { method: "POST", headers, body });
    check(answer.status === status, `status ${status}`, answer.status);
    check(!(await answer.text()).includes(token), "no token in an answer");
  }
}

/** Reads the command line: `stdio COMMAND [ARG...]`, or `http URL` with the token in TICKTICK_MCP_TOKEN. */
export async function run({ connect, subscription, name }) {
  const [transport, ...words] = process.argv.slice(2);
  if (transport === "http") {
    await refuses(words[0]);
  }
  const headers = { Authorization: `Bearer ${process.env.TICKTICK_MCP_TOKEN}` };
  const { client, protocol } = await connect(transport, words, { requestInit: { headers } });
  await lists(client);
  await reads(client);
  await writes(client);
  await subscribes(client, subscription);
  await confirms(client);
  console.log(`passed: ${name} ${version(name)}, ${transport}, ${protocol()}`);
  await client.close();
  process.exit(0);
}
