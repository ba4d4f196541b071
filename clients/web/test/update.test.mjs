// A newer build of the app: it asks before it takes over, and nothing that was typed is lost.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { listening, pass } from "./front.mjs";
import { calm, launch, look, open, phone, register, task } from "./world.mjs";

/** The system, which can show another build of the app's service worker than it has. */
async function front() {
  const shown = { newer: false };
  const newer = (body) => `// A newer one.\n${body}`.replace(/BUILD = ".*"/, 'BUILD = "newer"');
  const server = createServer((asked, answer) => pass(asked, answer, asked.url === "/sw.js" && shown.newer ? newer : undefined));
  return { shown, server, url: `http://127.0.0.1:${await listening(server)}` };
}

test("a newer build asks first, and what was typed is there after it", async () => {
  const browser = await launch();
  const { shown, server, url } = await front();
  try {
    const { task_id } = await task({ title: "Read the menu" });
    const page = await open(await phone(browser), "", url);
    await register(page, "Mary Shelley");
    await page.locator(`a[href="#/task/${task_id}"]`).click();
    await page.getByRole("button", { name: "Accept this task" }).click();
    await page.getByLabel("Notes").fill("Soup is off");
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);

    shown.newer = true;
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((it) => it.update()));
    await page.getByText("There is a new version").waitFor();
    await look(page, "update");
    assert.equal(await page.getByLabel("Notes").inputValue(), "Soup is off");
    assert.ok((await page.evaluate(() => caches.keys())).includes("app-newer"));
    await page.getByRole("button", { name: "Take it now" }).click();
    await page.waitForFunction(async () => (await caches.keys()).filter((it) => it.startsWith("app-")).join() === "app-newer");
    await page.getByText("There is a new version").waitFor({ state: "detached" });
    assert.equal(await page.getByLabel("Notes").inputValue(), "Soup is off");
    calm(page);
  } finally {
    await browser.close();
    server.close();
  }
});
