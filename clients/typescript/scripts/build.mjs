// Compiles src into dist: modules for `import`, and the same for `require`.

import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript")), "tsc.js");

rmSync(join(root, "dist"), { recursive: true, force: true });
for (const [kind, module] of [["esm", "module"], ["cjs", "commonjs"]]) {
  const folder = join(root, "dist", kind);
  const options = ["--project", root, "--outDir", folder, "--module", module === "module" ? "nodenext" : "commonjs"];
  if (kind === "cjs") options.push("--moduleResolution", "node10", "--ignoreDeprecations", "5.0");
  execFileSync(process.execPath, [tsc, ...options], { stdio: "inherit" });
  writeFileSync(join(folder, "package.json"), `${JSON.stringify({ type: module, sideEffects: false })}\n`);
}
