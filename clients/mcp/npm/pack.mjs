// Packs the server for one platform: its npm package and `@humanops/mcp`, and with --mcpb a bundle for Claude Desktop.
// Builds nothing and publishes nothing. Prints the paths of what it packed, one a line.

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const USAGE = "node pack.mjs --binary PATH --out FOLDER [--target linux-x64] [--mcpb --tools FOLDER]";
// The first four bytes of a program.
const PROGRAMS = { linux: ["7f454c46"], darwin: ["cffaedfe", "cafebabe"] };

const here = dirname(fileURLToPath(import.meta.url));
const host = `${process.platform}-${process.arch}`;

const read = (path) => JSON.parse(readFileSync(join(here, path), "utf8"));
const write = (path, value) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function asked() {
  const text = { type: "string" };
  const wanted = { type: "string", default: host };
  const options = { binary: text, out: text, target: wanted, mcpb: { type: "boolean" }, tools: text };
  try {
    const { values } = parseArgs({ options });
    if (values.binary && values.out && (!values.mcpb || values.tools)) return values;
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
  }
  return stop(`usage: ${USAGE}`);
}

// What is written in several files must be the same everywhere.
function check(server, registry, manifest) {
  const versions = [registry, ...registry.packages, manifest].map(({ version }) => version);
  versions.push(...Object.values(server.optionalDependencies));
  if (versions.some((version) => version !== server.version)) stop(`not everything is version ${server.version}`);
  if (registry.name !== server.mcpName) stop(`server.json is ${registry.name}, package.json ${server.mcpName}`);
}

function checkBinary(binary, target, server, manifest) {
  const first = existsSync(binary) ? readFileSync(binary).toString("hex", 0, 4) : "";
  if (!PROGRAMS[target.split("-")[0]].includes(first)) stop(`${binary} is no program for ${target}`);
  // Only one for this machine can be asked what it is.
  if (target !== host) return;
  const ask = (argument) => execFileSync(binary, [argument], { encoding: "utf8" }).trim();
  const version = ask("--version");
  if (version !== `humanops-mcp ${server.version}`) stop(`${binary} is ${version}, not humanops-mcp ${server.version}`);
  const tools = ask("tools").split("\n").map((line) => line.replace(/ +/, " "));
  const listed = manifest.tools.map(({ name, description }) => `${name} ${description}`);
  if (tools.join("\n") !== listed.join("\n")) stop(`mcpb/manifest.json lists other tools than ${binary} tools`);
}

function place(binary, folder) {
  mkdirSync(folder, { recursive: true });
  copyFileSync(binary, join(folder, "humanops-mcp"));
  chmodSync(join(folder, "humanops-mcp"), 0o755);
}

function npmPack(folder, out) {
  const options = { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] };
  return join(out, execFileSync("npm", ["pack", "--silent", "--pack-destination", out], options).trim());
}

function platformPackage(binary, out, target, server) {
  const folder = join(out, `mcp-${target}`);
  const [os, cpu] = target.split("-");
  rmSync(folder, { recursive: true, force: true });
  place(binary, join(folder, "bin"));
  write(join(folder, "package.json"), {
    name: `${server.name}-${target}`,
    version: server.version,
    description: `The binary of ${server.name} for ${target}.`,
    license: server.license,
    os: [os],
    cpu: [cpu],
    files: ["bin"],
    preferUnplugged: true,
  });
  return npmPack(folder, out);
}

function bundle(binary, out, target, manifest, tool) {
  const folder = join(out, `mcpb-${target}`);
  const file = join(out, `${manifest.name}-${manifest.version}-${target}.mcpb`);
  rmSync(folder, { recursive: true, force: true });
  place(binary, join(folder, "server"));
  // A bundle has one binary, and so it is for one system.
  write(join(folder, "manifest.json"), { ...manifest, compatibility: { platforms: [target.split("-")[0]] } });
  const mcpb = (...args) => {
    execFileSync(tool, args, { stdio: ["ignore", process.stderr, "inherit"] });
  };
  mcpb("validate", join(folder, "manifest.json"));
  mcpb("pack", folder, file);
  return file;
}

const { target, mcpb, ...paths } = asked();
const [binary, out] = [resolve(paths.binary), resolve(paths.out)];
const server = read("packages/mcp-server/package.json");
const registry = read("server.json");
const manifest = read("mcpb/manifest.json");
const targets = Object.keys(server.optionalDependencies).map((name) => name.replace(`${server.name}-`, ""));
if (!targets.includes(target)) stop(`${target} is none of ${targets.join(", ")}`);
check(server, registry, manifest);
checkBinary(binary, target, server, manifest);

console.log(platformPackage(binary, out, target, server));
console.log(npmPack(join(here, "packages/mcp-server"), out));
if (mcpb) console.log(bundle(binary, out, target, manifest, resolve(paths.tools, "node_modules/.bin/mcpb")));
