// Signs on, syncs and creates a task. docs/other-languages.md says how to run this file.
import { randomBytes } from "node:crypto";
import createClient from "openapi-fetch";
import type { components, paths } from "./ticktick.js";

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`set ${name}`);
  return value;
}

// Returns the response of a call, or throws the reason for which the service refused it.
async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (data === undefined) {
    const code = (error as components["schemas"]["ErrorBody"] | undefined)?.errorCode;
    throw new Error(`${new URL(response.url).pathname} answered ${response.status} ${code ?? ""}`);
  }
  return data;
}

// Keep one id for each installation, because the service may flag unknown devices.
const device = process.env.TICKTICK_DEVICE ?? randomBytes(12).toString("hex");
const client = createClient<paths>({
  baseUrl: process.env.TICKTICK_URL ?? "https://api.ticktick.com",
  headers: {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36",
    "X-Device": JSON.stringify({ platform: "web", os: "Windows 10", device: "Chrome 150.0.0.0", name: "", version: 8121, id: device }),
    Origin: "https://ticktick.com",
    Referer: "https://ticktick.com/",
  },
});

const credentials = { username: setting("TICKTICK_USERNAME"), password: setting("TICKTICK_PASSWORD") };
const signedOn = await answer(client.POST("/api/v2/user/signon", { body: credentials }));
if (!signedOn.token) throw new Error("this account asks for a second factor");
client.use({
  onRequest({ request }) {
    request.headers.set("Cookie", `t=${signedOn.token}`);
  },
});

const full = await answer(client.GET("/api/v3/batch/check/{checkpoint}", { params: { path: { checkpoint: 0 } } }));
console.log(`${full.syncTaskBean?.update?.length ?? 0} open tasks`);

// A batch answers 200 even if it refuses an item.
const task = { id: randomBytes(12).toString("hex"), projectId: full.inboxId ?? "inbox", title: "Buy milk" };
const stored = await answer(client.POST("/api/v2/batch/task", { body: { add: [task] } }));
if (!stored.id2etag?.[task.id]) throw new Error(`not stored: ${JSON.stringify(stored.id2error)}`);

const checkpoint = full.checkPoint;
const delta = await answer(client.GET("/api/v3/batch/check/{checkpoint}", { params: { path: { checkpoint } } }));
for (const { title } of delta.syncTaskBean?.update ?? []) console.log(`changed: ${title}`);
