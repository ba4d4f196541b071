// What an agent was told, and what did not arrive.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { listening } from "./inbox.mjs";
import { jane } from "./operator.mjs";
import { api, calm, desk, launch, look, open, task } from "./world.mjs";

test("events are listed as they came, told again, and mended where they do not arrive", async () => {
  const browser = await launch();
  const inbox = await listening();
  try {
    const page = await open(await desk(browser), "agent#/events");
    await page.getByLabel("API key").fill(process.env.AGENT_KEY);
    await page.getByRole("button", { name: "Sign in" }).click();
    await completed(`${inbox.address}/hook`);
    await told(page, inbox);
    await paged(page);
    await gone(page, inbox);
    calm(page);
  } finally {
    inbox.server.close();
    await browser.close();
  }
});

/** A task that the Guardian approves. */
async function completed(callback_url) {
  const wanted = { location: null, task_type: "CONTENT_REVIEW", title: "Is the page about bread right?", proof_requirements: ["A verdict"] };
  const { task_id } = await task({ ...wanted, callback_url });
  const operator = await jane();
  await api(`/operator/tasks/${task_id}/accept`, {}, operator);
  await api(`/operator/tasks/${task_id}/submit`, { confirmation_text: "guardian:approve, it is." }, operator);
}

async function told(page, inbox) {
  const event = page.locator(".events > li", { hasText: "task.verified" });
  await event.getByText("Arrived, attempt 1").waitFor();
  await event.getByRole("button", { name: "Send again" }).click();
  await event.getByText("Arrived, attempt 2").waitFor();
  const [{ id }] = (await api("/events?type=task.verified")).data;
  assert.deepEqual(inbox.received.filter((line) => line.includes(id)), Array(2).fill(`/hook ${id}`));

  await page.getByLabel("URL").fill(`${inbox.address}/test`);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText(`Sent as event`).waitFor();
  await page.locator(".events > li", { hasText: "test.ping" }).getByText("Arrived, attempt 1").waitFor();
  await event.getByText("What was told").click();
  await event.getByText(`"decided_by": "GUARDIAN"`).waitFor();
  await look(page, "agent-events");
}

/** More events than a page has: the newest are there at once, and the first can be reached. */
async function paged(page) {
  const { length } = (await api("/events?limit=100&type=deposit.confirmed")).data;
  for (let count = 0; count < 20; count++) {
    const tx_hash = `0x${createHash("sha256").update(crypto.randomUUID()).digest("hex")}`;
    await api("/agents/deposit/usdc", { tx_hash, amount_usdc: "5.00" });
  }
  const all = await numbers(length + 20);
  const shown = () => page.locator(".events > li strong").allInnerTexts();
  await page.reload();
  await page.locator(".events > li").first().waitFor();
  assert.deepEqual(await shown(), all.slice(-20).reverse());
  await page.getByRole("link", { name: "Oldest" }).click();
  await page.locator(".events > li").last().getByText("key.created", { exact: true }).waitFor();
  assert.deepEqual(await shown(), all.slice(0, 20).reverse());
  await page.getByRole("link", { name: "Newer" }).click();
  await page.locator(".events > li").last().getByText(all[20], { exact: true }).waitFor();
  assert.deepEqual(await shown(), all.slice(20).reverse());
  await page.getByRole("link", { name: "Newest" }).click();
}

/** The numbers of all events, as soon as that many deposits are among them. */
async function numbers(deposits) {
  const events = [];
  while (events.filter(({ type }) => type === "deposit.confirmed").length < deposits) {
    const after = events.at(-1)?.sequence ?? 0;
    events.push(...(await api(`/events?limit=100&wait_s=20&after=${after}`)).data);
  }
  return events.map(({ sequence }) => String(sequence));
}

/** A task whose URL is gone: that is said, and can be mended. */
async function gone(page, inbox) {
  await task({ callback_url: `${inbox.address}/gone`, callback_events: ["*"] });
  await page.locator(".events > li", { hasText: "Attempt 1 failed: 410" }).first().waitFor();
  await page.reload();
  await page.getByText("No more tried").waitFor();
  await look(page, "agent-endpoints");
  await page.getByRole("button", { name: "Try again from now on" }).click();
  await page.getByText("All callbacks arrive.").waitFor();
}
