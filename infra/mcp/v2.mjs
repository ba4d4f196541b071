// The SDK of today: `node v2.mjs stdio|http legacy|modern`.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import assert from "node:assert/strict";
import { HTTP, run, STDIO } from "./scenario.mjs";

const [kind, era] = process.argv.slice(2);
const MODERN = "2026-07-28";
// What is negotiated how, and what comes of it.
const [negotiation, version] = {
  legacy: [{}, "2025-11-25"],
  modern: [{ versionNegotiation: { mode: { pin: MODERN } } }, MODERN],
}[era];
const transport = kind === "http" ? new StreamableHTTPClientTransport(...HTTP) : new StdioClientTransport(STDIO);
const client = new Client({ name: "v2", version: "2.4.0" }, negotiation);
const complaints = [];
client.onerror = (error) => complaints.push(error);

await client.connect(transport);
assert.equal(client.getNegotiatedProtocolVersion(), version);
assert.equal(client.getServerVersion().name, "humanops");
const list = async () => (await client.listTools()).tools;
const call = (name, args) => client.callTool({ name, arguments: args });
await run({ list, call, kind });
await client.close();
assert.deepEqual(complaints, []);
