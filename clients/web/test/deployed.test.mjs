// A deployed stack in a browser: its pages, its API, and a photo that goes straight to its bucket.

import assert from "node:assert/strict";
import { test } from "node:test";
import { shop } from "./photo.mjs";
import { api, calm, launch, open, phone, register, task } from "./world.mjs";

test("somebody does a task on a deployed stack", async () => {
  const browser = await launch();
  try {
    const page = await open(await phone(browser));
    const uploaded = [];
    page.on("response", (it) => it.request().method() === "PUT" && uploaded.push([it.status(), new URL(it.url()).origin]));
    const { task_id } = await task({ deadline: new Date(Date.now() + 2 * 86_400_000).toISOString() });
    await register(page, "Jane Doe");
    await page.goto(`${process.env.PAGES_URL}/#/task/${task_id}`);
    await page.getByRole("button", { name: "Accept this task" }).click();
    await page.getByLabel("Choose a picture").setInputFiles(await shop(browser));
    await page.getByRole("img", { name: "Photo 1" }).waitFor();
    await page.getByRole("button", { name: "Check the photos" }).click();
    await page.getByText("Nothing found against them").waitFor();
    await page.getByLabel("Notes").fill("guardian:approve");
    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByText("by the Guardian").waitFor();
    await page.getByText("Completed").waitFor();
    const done = await api(`/tasks/${task_id}`);
    assert.deepEqual([done.status, done.proof.photos.length], ["COMPLETED", 1]);
    // Another origin than the pages': the bucket itself said that they may.
    const origin = new URL(process.env.API_URL).origin;
    assert.notEqual(origin, new URL(process.env.PAGES_URL).origin);
    assert.deepEqual(uploaded, [[200, origin]]);
    calm(page);
  } finally {
    await browser.close();
  }
});
