// Builds the apps into dist: a page for each, files with hashed names in assets, and sw.js, which knows those of the
// operators' app.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const here = import.meta.dirname;
const unchanged = readdirSync(join(here, "public"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => relative(join(here, "public"), join(parentPath, name)));

/** Scripts and styles of the operators' app, also those that are loaded later. */
function needed(bundle) {
  const names = new Set();
  const visit = (name) => {
    if (names.has(name)) return;
    names.add(name);
    const { imports, dynamicImports, viteMetadata } = bundle[name];
    for (const style of viteMetadata.importedCss) names.add(style);
    [...imports, ...dynamicImports].forEach(visit);
  };
  visit(Object.values(bundle).find(({ isEntry, name }) => isEntry && name === "index").fileName);
  return names;
}

/** Writes sw.js with the list of what it keeps, and a name for this build. */
function serviceWorker() {
  return {
    name: "service-worker",
    enforce: "post",
    generateBundle(_, bundle) {
      const code = readFileSync(join(here, "src/operator/sw.js"), "utf8");
      const files = ["", "config.json", ...needed(bundle), ...unchanged].map((name) => `/${name}`).sort();
      const digest = createHash("sha256").update(code).update(bundle["index.html"].source).update(files.join());
      for (const name of unchanged) digest.update(readFileSync(join(here, "public", name)));
      const build = digest.digest("hex").slice(0, 12);
      const constants = `const BUILD = ${JSON.stringify(build)};\nconst FILES = ${JSON.stringify(files)};\n`;
      this.emitFile({ type: "asset", fileName: "sw.js", source: constants + code });
    },
  };
}

export default defineConfig({
  root: here,
  plugins: [svelte(), serviceWorker()],
  resolve: { alias: { "@humanops/sdk": join(here, "../typescript/src/index.ts") } },
  build: {
    target: "es2022",
    // The policy of these pages takes no `data:` and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["index.html", "staff.html", "agent.html"].map((page) => join(here, page)) },
  },
  // Beside `cargo run -- --web-origins http://localhost:5173`, which the photos need.
  server: { proxy: { "/api": "http://127.0.0.1:8080", "/config.json": "http://127.0.0.1:8080" } },
});
