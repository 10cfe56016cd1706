// Drives the server with @modelcontextprotocol/client, which speaks 2026-07-28.

import { load, run } from "./journey.mjs";

const name = "@modelcontextprotocol/client";
const { Client, StreamableHTTPClientTransport } = load(name);
const { StdioClientTransport } = load(`${name}/stdio`);

async function connect(transport, [target, ...args], options) {
  const client = new Client({ name: "journey", version: "1" }, { versionNegotiation: { mode: "auto" } });
  const wire =
    transport === "http"
      ? new StreamableHTTPClientTransport(new URL(target), options)
      : new StdioClientTransport({ command: target, args, env: process.env });
  await client.connect(wire);
  return { client, protocol: () => client.getNegotiatedProtocolVersion() };
}

async function subscription(client, uri) {
  const heard = new Promise((resolve) =>
    client.setNotificationHandler("notifications/resources/updated", ({ params }) => resolve(params.uri)),
  );
  const listening = await client.listen({ resourceSubscriptions: [uri] });
  return { heard, end: () => listening.close() };
}

await run({ connect, subscription, name });
