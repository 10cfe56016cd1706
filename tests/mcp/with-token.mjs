// Starts `ticktick-mcp --demo --http 0` and a proxy in front of it that adds the token, because the conformance suite sends none.
// Prints the address of the proxy. Usage: node with-token.mjs PROGRAM [PORT]
import { spawn } from "node:child_process";
import http from "node:http";
import readline from "node:readline";

const [program, port = "0"] = process.argv.slice(2);
const server = spawn(program, ["--demo", "--http", "0"], { stdio: ["ignore", "ignore", "pipe"] });
process.on("exit", () => server.kill());
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit());
const [line] = await new Promise((done) => {
  readline.createInterface({ input: server.stderr }).once("line", (...all) => done(all));
});
const { url, token } = JSON.parse(line);

const proxy = http.createServer((request, response) => {
  const headers = { ...request.headers, authorization: `Bearer ${token}` };
  const target = new URL(request.url, url);
  const onward = http.request(target, { method: request.method, headers, setHost: false }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => response.destroy());
  response.on("close", () => onward.destroy());
  request.pipe(onward);
});
proxy.listen(Number(port), "127.0.0.1", () => console.log(`http://127.0.0.1:${proxy.address().port}/mcp`));
