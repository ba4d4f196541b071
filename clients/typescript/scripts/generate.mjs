// Writes src/generated from the description of the API, and touches nothing else.
// usage: node scripts/generate.mjs OPENAPI FOLDER

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";

const NOTE = "// From docs/openapi.json, by scripts/generate.mjs. Not edited by hand.\n\n";

const [description, folder] = process.argv.slice(2);
const document = JSON.parse(readFileSync(description, "utf8"));
mkdirSync(folder, { recursive: true });

// What this SDK does not read would be most of it: what is refused, the headers of answers, and examples.
const described = structuredClone(document);
for (const operation of Object.values(described.paths).flatMap(Object.values)) {
  const succeeded = Object.entries(operation.responses).filter(([status]) => status < "300");
  operation.responses = Object.fromEntries(succeeded);
  for (const part of [...Object.values(operation.responses), operation.requestBody ?? {}]) {
    delete part.headers;
    for (const media of Object.values(part.content ?? {})) delete media.example;
  }
}

const types = astToString(await openapiTS(described, { alphabetize: false, defaultNonNullable: false }));
writeFileSync(join(folder, "schema.ts"), NOTE + types);

const rows = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId, security }]) => {
    const credential = Object.keys(security?.[0] ?? {})[0];
    return `  ${operationId}: "${[method.toUpperCase(), path, credential].filter(Boolean).join(" ")}",\n`;
  }),
);
const once = Object.values(document.paths)
  .flatMap(Object.values)
  .filter((operation) => operation["x-once"])
  .map(({ operationId }) => operationId)
  .sort();
const table = `/** Method, path and credential of each operation. */\nexport const OPERATIONS = {\n${rows.sort().join("")}} as const;\n`;
const repeated = `/** Sent twice they are done twice. */\nexport const ONCE: readonly string[] = ${JSON.stringify(once)};\n`;
writeFileSync(join(folder, "operations.ts"), `${NOTE}${table}\n${repeated}\nexport type Operations = typeof OPERATIONS;\n`);
