// Compiles contracts/ into artifacts/, as the crate embeds them: `node compile.mjs`. With --check it writes nothing and
// fails where they differ. The compiler is the one that package.json pins, where `cargo xtask test` installs it.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

const here = import.meta.dirname;
const check = process.argv.includes("--check");
const solc = createRequire(join(here, "../../.tools/anvil/package.json"))("solc");

const sources = Object.fromEntries(
  readdirSync(join(here, "contracts"))
    .filter((name) => name.endsWith(".sol"))
    .sort()
    .map((name) => [name, { content: readFileSync(join(here, "contracts", name), "utf8") }]),
);
const settings = {
  evmVersion: "paris",
  optimizer: { enabled: true, runs: 200 },
  // Without the hash of the sources at its end the code depends on what it does alone, and not on a comment.
  metadata: { appendCBOR: false, bytecodeHash: "none" },
  outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
};
const output = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources, settings })));

const complaints = output.errors ?? [];
for (const { formattedMessage } of complaints) console.error(formattedMessage);
if (complaints.length > 0) process.exit(1);

const artifacts = Object.keys(sources).map((file) => {
  const name = basename(file, ".sol");
  const { abi, evm } = output.contracts[file][name];
  return [`${name}.json`, JSON.stringify({ abi, bytecode: `0x${evm.bytecode.object}` }, null, 1) + "\n"];
});
const folder = join(here, "artifacts");
mkdirSync(folder, { recursive: true });
const read = (name) => {
  try {
    return readFileSync(join(folder, name), "utf8");
  } catch {
    return undefined;
  }
};

if (check) {
  const stale = artifacts.filter(([name, text]) => read(name) !== text).map(([name]) => name);
  const expected = new Set(artifacts.map(([name]) => name));
  const strangers = readdirSync(folder).filter((name) => !expected.has(name));
  for (const name of [...stale, ...strangers]) console.error(`artifacts/${name} is not what contracts/ compile to`);
  process.exit(stale.length + strangers.length > 0 ? 1 : 0);
}
for (const [name, text] of artifacts) writeFileSync(join(folder, name), text);
