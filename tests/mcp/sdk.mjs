// Drives the server with @modelcontextprotocol/sdk, which speaks the versions up to 2025-11-25.

import { load, run } from "./journey.mjs";

const name = "@modelcontextprotocol/sdk";
const { Client } = load(`${name}/client/index.js`);
const { StdioClientTransport } = load(`${name}/client/stdio.js`);
const { StreamableHTTPClientTransport } = load(`${name}/client/streamableHttp.js`);
const { ResourceUpdatedNotificationSchema } = load(`${name}/types.js`);

async function connect(transport, [target, ...args], options) {
  const client = new Client({ name: "journey", version: "1" }, { capabilities: {} });
  const wire =
    transport === "http"
      ? new StreamableHTTPClientTransport(new URL(target), options)
      : new StdioClientTransport({ command: target, args, env: process.env });
  let version = "2025-11-25";
  wire.setProtocolVersion = (negotiated) => {
    version = negotiated;
    wire._protocolVersion = negotiated;
  };
  await client.connect(wire);
  return { client, protocol: () => version };
}

async function subscription(client, uri) {
  const heard = new Promise((resolve) =>
    client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => resolve(params.uri)),
  );
  await client.subscribeResource({ uri });
  return { heard, end: () => client.unsubscribeResource({ uri }) };
}

await run({ connect, subscription, name });
