// A credential: sealed in the page to the agent's key, and nowhere in the clear, on this device neither.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { api, calm, launch, look, open, phone, register, task } from "./world.mjs";

const { generateKeyPair, openCredential } = await import(join(process.env.SDK, "dist/esm/index.js"));
const SECRET = "hunter2-but-longer";

test("a credential is kept and handed in sealed, and the agent opens it", async () => {
  const browser = await launch();
  try {
    const { publicKey, privateKey } = await generateKeyPair();
    const wanted = { location: null, task_type: "API_KEY_PROCUREMENT", reward_usd: 50, agent_public_key: publicKey };
    const { task_id: id } = await task({ title: "Get an API key of Acme", ...wanted });
    const context = await phone(browser);
    const sent = [];
    context.on("request", (it) => sent.push(it.url(), it.postData(), JSON.stringify(it.headers())));
    const page = await open(context);
    await register(page, "Grace Hopper");
    await page.locator(`a[href="#/task/${id}"]`).click();
    await page.getByRole("button", { name: "Accept this task" }).click();
    await page.getByLabel("User name").fill("grace");
    await page.getByLabel("Password or key").fill(SECRET);
    await page.getByText("Locked. It cannot be shown again").waitFor();
    const digest = Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(publicKey, "base64"))).toString("hex");
    await page.getByText(digest.slice(0, 32).match(/.{4}/g).join(" ")).waitFor();
    await look(page, "credential");

    await page.reload();
    await page.getByText("Locked. It cannot be shown again").waitFor();
    assert.equal(await page.getByLabel("Password or key").inputValue(), "");
    const kept = await page.evaluate(everything);
    assert.ok(kept.includes("ephemeralPublicKey") && !kept.includes(SECRET) && !kept.includes("grace"), kept);

    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByText("The agent is asked to look").waitFor();
    const { encrypted_credential } = await api(`/tasks/${id}/retrieve-credential`);
    const opened = await openCredential(id, encrypted_credential, privateKey);
    assert.deepEqual(opened, { username: "grace", secret: SECRET });
    assert.ok(sent.some((it) => it?.includes("ephemeralPublicKey")), "it was handed in");
    assert.deepEqual(sent.filter((it) => it?.includes(SECRET) || it?.includes('"grace"')), []);
    calm(page);
  } finally {
    await browser.close();
  }
});

/** All that the page keeps, as one text. */
async function everything() {
  const done = (request) =>
    new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }));
  const found = [localStorage, sessionStorage].map((it) => JSON.stringify(it));
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      found.push(JSON.stringify(await done(database.transaction(store).objectStore(store).getAll())));
    }
  }
  return found.join("\n");
}
