#!/usr/bin/env node
// Runs the HumanOps MCP server, a native binary: with the same arguments and standard streams, to the same end.
// Written by hand, not built. Says nothing on standard output, which is the protocol's alone.
"use strict";

const { spawn } = require("node:child_process");
const { existsSync, statSync } = require("node:fs");
const { dirname, join } = require("node:path");

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const platform = `${process.platform}-${process.arch}`;

function packaged() {
  try {
    return require.resolve(`@humanops/mcp-${platform}/bin/humanops-mcp`);
  } catch {
    return undefined;
  }
}

// In a checkout of the repository: whichever build is newer.
function built() {
  let root = __dirname;
  while (!existsSync(join(root, "clients/mcp/Cargo.toml"))) {
    if (root === dirname(root)) return undefined;
    root = dirname(root);
  }
  const builds = ["release", "debug"].map((profile) => join(root, "target", profile, "humanops-mcp"));
  return builds.filter(existsSync).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

function fail(sentence) {
  process.stderr.write(`humanops-mcp: ${sentence}\n`);
  process.exit(1);
}

const binary = process.env.HUMANOPS_MCP_BINARY || packaged() || built();
if (!binary) {
  const build = "run `cargo build --release -p humanops-mcp` in a checkout of the repository";
  fail(`no binary for ${platform} is installed: ${build}, or set HUMANOPS_MCP_BINARY to the path of one.`);
}

const cannot = (error) => fail(`${binary} cannot be started: ${error.message}`);
let child;
// Before it is started: a signal that came in between would end this process only.
for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
try {
  child = spawn(binary, process.argv.slice(2), { stdio: "inherit" });
} catch (error) {
  cannot(error);
}
child.on("error", cannot);
child.on("exit", (code, signal) => {
  if (signal === null) process.exit(code);
  for (const name of SIGNALS) process.removeAllListeners(name);
  process.exitCode = 1;
  process.kill(process.pid, signal);
});
