// The SDK that most hosts still have: `node v1.mjs stdio|http`.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import assert from "node:assert/strict";
import { HTTP, run, STDIO } from "./scenario.mjs";

const [kind] = process.argv.slice(2);
const transport = kind === "http" ? new StreamableHTTPClientTransport(...HTTP) : new StdioClientTransport(STDIO);
// The transport is told which version was agreed on; the client keeps it to itself.
let version;
const told = transport.setProtocolVersion?.bind(transport);
transport.setProtocolVersion = (agreed) => {
  version = agreed;
  told?.(agreed);
};
const client = new Client({ name: "v1", version: "1.32.2" });
const complaints = [];
client.onerror = (error) => complaints.push(error);

await client.connect(transport);
assert.equal(version, "2025-11-25");
const list = async () => (await client.listTools()).tools;
const call = (name, args) => client.callTool({ name, arguments: args });
await run({ list, call, kind });
await client.close();
assert.deepEqual(complaints, []);
