// A battery that dies where there is no network: nothing is lost, and nothing is sent twice.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { shop } from "./photo.mjs";
import { api, calm, keptPhone, launch, look, open, register, task } from "./world.mjs";

test("what is submitted without a network goes out once when it is back", async () => {
  const artist = await launch();
  const folder = await mkdtemp(join(tmpdir(), "phone-"));
  const submitted = [];
  /** The phone, turned on. */
  const on = async () => {
    const context = await keptPhone(folder);
    context.on("request", (request) => request.url().endsWith("/submit") && submitted.push(request.url()));
    return context;
  };
  let context = await on();
  try {
    const { task_id } = await task();
    const page = await open(context);
    await register(page, "Ada Lovelace");
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await page.goto(`${process.env.PAGES_URL}/#/task/${task_id}`);
    await page.getByRole("button", { name: "Accept this task" }).click();
    await page.getByLabel("Choose a picture").waitFor();
    await context.setOffline(true);
    await page.getByLabel("Choose a picture").setInputFiles(await shop(artist));
    await page.getByRole("img", { name: "Photo 1" }).waitFor();
    await page.getByLabel("Notes").fill("guardian:approve, from the tunnel");
    calm(page);
    await context.close();

    // Everything is there again, from this device alone.
    context = await on();
    await context.setOffline(true);
    const second = await open(context, `#/task/${task_id}`);
    await second.getByText("This is what was known last").waitFor();
    await second.getByRole("img", { name: "Photo 1" }).waitFor();
    assert.equal(await second.getByLabel("Notes").inputValue(), "guardian:approve, from the tunnel");
    await second.getByRole("button", { name: "Submit" }).click();
    await second.getByText("It goes out as soon as there is a network").waitFor();
    await look(second, "offline");
    calm(second);
    await context.close();

    context = await on();
    await context.setOffline(true);
    const third = await open(context, `#/task/${task_id}`);
    await third.getByText("1 waiting for the network").waitFor();
    await context.setOffline(false);
    await third.getByText("by the Guardian").waitFor();
    assert.equal(await third.getByText("waiting for the network").count(), 0);
    assert.equal(submitted.length, 1);
    const done = await api(`/tasks/${task_id}`);
    assert.deepEqual([done.status, done.proof.notes], ["COMPLETED", "guardian:approve, from the tunnel"]);
    calm(third);
  } finally {
    await Promise.all([context.close(), artist.close()]);
    await rm(folder, { recursive: true, force: true });
  }
});
