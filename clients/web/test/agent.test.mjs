// What an agent's owner sees at a desk: a key, money, and a task from its form to its end.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { handIn, jane } from "./operator.mjs";
import { shop } from "./photo.mjs";
import { api, calm, desk, launch, look, open, task } from "./world.mjs";

const { encode } = createRequire(`${process.env.TOOLS}/web/`)("uqr");

test("an agent is registered, funded, and its task posted, judged, paid and disputed", async () => {
  const browser = await launch();
  try {
    const page = await open(await desk(browser), "agent");
    const agent = await registered(page);
    await funded(page, agent);
    const id = await posted(page, agent);
    const operator = await jane();
    await done(page, browser, id, agent, operator);
    await decided(page, id, agent);
    await rejected(page, agent, operator);
    await cancelled(page, agent);
    await withdrawn(page, agent);
    await left(page);
    calm(page);
  } finally {
    await browser.close();
  }
});

/** Chromium says in the console what became of requests; here it was wanted. */
function complained(page, wanted) {
  const complaints = page.seen.complaints.splice(0);
  assert.ok(complaints.length === wanted.length && wanted.every((what, index) => complaints[index].includes(what)), String(complaints));
}

async function registered(page) {
  await page.getByLabel("API key").fill("ho_test_not-a-key");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").getByText("This is not an API key.").waitFor();
  await look(page, "agent-sign-in");
  complained(page, ["status of 401"]);
  await page.getByRole("link", { name: "Register an agent" }).click();
  await page.getByLabel("Name of the agent").fill("Shop watcher");
  await page.getByLabel("E-mail address").fill("agent@example.com");
  await look(page, "agent-register");
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByText("It is shown once").waitFor();
  const key = await page.locator("code").innerText();
  await page.getByRole("button", { name: "Copy the key" }).click();
  await page.getByText("Copied").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), key);
  await look(page, "agent-key");
  await page.getByRole("button", { name: "I have it" }).click();
  await page.getByText("No deposits yet.").waitFor();
  const kept = await page.evaluate(() => [JSON.stringify(localStorage), sessionStorage.getItem("agent-key")]);
  assert.deepEqual([kept[0].includes(key), kept[1]], [false, key]);
  return { "x-api-key": key };
}

async function funded(page, agent) {
  const { address, payment_link } = await api("/agents/deposit-address", undefined, agent);
  await page.getByText(address, { exact: true }).waitFor();
  const drawn = await page.getByRole("img", { name: "QR code" }).locator("path").getAttribute("d");
  const dark = encode(payment_link, { ecc: "M", border: 4 }).data.flatMap((row, y) => row.flatMap((is, x) => (is ? `${x} ${y}` : [])));
  assert.deepEqual([...drawn.matchAll(/M(\d+ \d+)h1v1h-1z/g)].map(([, at]) => at), dark);
  await page.getByLabel("Amount in USDC").fill("100.00");
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByText("Credited.", { exact: true }).waitFor();
  await page.locator(".sums .sum").getByText("$100.00").waitFor();
  assert.equal((await api("/agents/balance", undefined, agent)).deposit_balance, 100);
  await look(page, "agent-money");
}

/** Refused first: nothing that was typed is lost, by a reload neither. */
async function posted(page, agent) {
  await page.getByRole("link", { name: "Tasks" }).click();
  await page.getByText("No tasks here.").waitFor();
  await look(page, "agent-no-tasks");
  await page.getByRole("link", { name: "Post a task" }).click();
  await page.getByLabel("Title").fill("Verify storefront signage");
  await page.getByLabel("Description").fill("Take a clear photo of the sign at 123 Main St.");
  await page.getByLabel("Address").fill("123 Main St, New York, NY");
  await page.getByLabel("Latitude").fill("40.7128");
  await page.getByLabel("Requirement 1", { exact: true }).fill("The whole sign is visible");
  await page.getByRole("button", { name: "Add a requirement" }).click();
  await page.getByLabel("Requirement 2", { exact: true }).fill("The name can be read");
  await page.getByLabel("Callback URL").fill("http://127.0.0.1:9/hook");
  await page.getByLabel("Callback secret").fill("a-secret-of-this-test");
  await page.getByLabel("Reward in USD").fill("5");
  await page.getByRole("button", { name: "Post, and pay into escrow" }).click();
  const wrong = page.locator(".field", { has: page.getByLabel("Reward in USD") });
  await wrong.getByText("Must be between 10.00 and 10000.00").waitFor();
  await page.locator(".field", { has: page.getByLabel("Longitude") }).getByText("Is required beside lat.").waitFor();
  await page.getByText("Not posted. Some fields need a change.").waitFor();
  await look(page, "agent-post-refused");
  complained(page, ["status of 400"]);

  await page.reload();
  assert.equal(await page.getByLabel("Requirement 2", { exact: true }).inputValue(), "The name can be read");
  await page.getByLabel("Longitude").fill("-74.006");
  await page.getByLabel("Reward in USD").fill("25");
  await page.getByText("$29.50").waitFor();
  await page.getByText("$70.50").waitFor();
  await look(page, "agent-post");
  await unheard(page, () => page.getByRole("button", { name: "Post, and pay into escrow" }).click());
  await page.reload();
  await page.getByText("$29.50").waitFor();
  await page.getByRole("button", { name: "Post, and pay into escrow" }).click();
  await page.getByText("An operator is to accept it.").waitFor();
  const id = page.url().split("/").at(-1);
  assert.equal((await api("/tasks", undefined, agent)).pagination.total, 1);
  assert.equal((await api(`/tasks/${id}`, undefined, agent)).callback_url, "http://127.0.0.1:9/hook");
  await look(page, "agent-open");
  return id;
}

/** The task is created, twice asked for, and no answer comes back. */
async function unheard(page, post) {
  const lose = async (route) => {
    assert.equal((await route.fetch()).status(), 201);
    await route.abort();
  };
  await page.route("**/api/v1/tasks", lose, { times: 2 });
  await post();
  await page.getByRole("alert").getByText("No connection.").waitFor();
  complained(page, ["ERR_FAILED", "ERR_FAILED"]);
}

/** An operator does it, twice: the agent asked for changes. */
async function done(page, browser, id, agent, operator) {
  await api(`/operator/tasks/${id}/accept`, {}, operator);
  await api(`/operator/tasks/${id}/start`, {}, operator);
  await api(`/operator/tasks/${id}/messages`, { body: "Is the back door meant?" }, operator);
  await page.getByText("Is the back door meant?").waitFor();
  await page.getByLabel("Message to the operator").fill("No, the front.");
  await page.getByRole("button", { name: "Send" }).click();
  await page.locator(".messages .own").getByText("No, the front.").waitFor();

  await handIn(id, operator, await shop(browser), "guardian:review, from the street");
  await page.getByText("You are to decide.").waitFor();
  await page.getByRole("button", { name: "Ask for changes" }).click();
  await page.getByText("$29.50 stay in escrow, and the operator has at least a day more.").waitFor();
  await page.getByLabel("What should be changed?").fill("From nearer, please.");
  await look(page, "agent-changes");
  await page.getByRole("button", { name: "Ask for changes" }).click();
  await page.getByText("The operator is to hand in proof.").waitFor();
  await handIn(id, operator, await shop(browser), "guardian:review, from nearer");
  await page.getByText("guardian:review, from nearer").waitFor();
  assert.equal((await api(`/tasks/${id}`, undefined, agent)).messages.length, 2);
}

async function decided(page, id, agent) {
  await page.getByRole("button", { name: "Photo 1, large" }).click();
  const large = page.getByRole("dialog").getByRole("img", { name: "Photo 1" });
  await large.waitFor();
  await page.waitForFunction((it) => it.complete && it.naturalWidth === 1200, await large.elementHandle());
  await look(page, "agent-photo");
  await page.keyboard.press("Escape");
  const address = () => page.getByRole("img", { name: "Photo 1" }).getAttribute("src");
  const shown = await address();
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByText("$25.00 go to the operator and $4.50 of fee to HumanOps.").waitFor();
  await look(page, "agent-approve");
  await page.getByRole("button", { name: "Approve and pay" }).click();
  await page.getByText("The reward is on hold. You can dispute it.").waitFor();
  // The answer has a fresh address; the browser has the photo by the one before.
  assert.equal(await address(), shown);
  assert.deepEqual(await page.locator(".steps strong").allInnerTexts(), [
    "Posted, and paid into escrow",
    "Accepted by an operator",
    "Begun",
    "Changes asked for, 1 of 2",
    "Proof handed in",
    "The Guardian leaves it to you",
    "Approved by the agent",
    "Completed",
    "The operator can withdraw it",
  ]);
  await page.getByText("Rate the operator").click();
  await page.getByLabel("5 stars").check();
  await page.getByRole("button", { name: "Send rating" }).click();
  await page.getByText("Thank you.").waitFor();
  await look(page, "agent-completed");

  await page.getByRole("button", { name: "Dispute it" }).click();
  await page.getByLabel("Reason").fill("It is the wrong shop.");
  await page.getByRole("button", { name: "Dispute it" }).click();
  await page.getByText("Staff are to decide.").waitFor();
  await page.getByLabel("Statement").fill("The sign says Bakery.");
  await page.getByRole("button", { name: "Send statement" }).click();
  await page.getByText("A new one takes its place.").waitFor();
  await look(page, "agent-dispute");
  const { dispute, statement } = await api(`/tasks/${id}`, undefined, agent);
  assert.deepEqual([dispute.reason, statement.text], ["It is the wrong shop.", "The sign says Bakery."]);
}

/** Proof in words, which the agent does not believe. */
async function rejected(page, agent, operator) {
  const wanted = { location: null, task_type: "CONTENT_REVIEW", title: "Is the page about bread right?", reward_usd: 10, proof_requirements: ["A verdict"] };
  const { task_id } = await task(wanted, agent);
  await api(`/operator/tasks/${task_id}/accept`, {}, operator);
  await api(`/operator/tasks/${task_id}/submit`, { confirmation_text: "guardian:review, it is." }, operator);
  await page.getByRole("link", { name: "Tasks" }).first().click();
  await page.locator(`a[href="#/task/${task_id}"]`).click();
  await page.getByText("guardian:review, it is.").waitFor();
  await page.getByRole("button", { name: "Reject" }).click();
  await page.getByText("$12.00 stay in escrow until staff decide.").waitFor();
  await page.getByLabel("Reason").fill("It says nothing of salt.");
  await page.getByRole("button", { name: "Reject it" }).click();
  await page.getByText("Staff are to decide.").waitFor();
  await look(page, "agent-rejected");
  const { status, decision } = await api(`/tasks/${task_id}`, undefined, agent);
  assert.deepEqual([status, decision.reason], ["DISPUTED", "It says nothing of salt."]);
}

async function cancelled(page, agent) {
  const { task_id } = await task({ title: "Verify another signage" }, agent);
  await page.getByRole("link", { name: "Tasks" }).first().click();
  await page.getByLabel("Status").selectOption("Open");
  await page.locator(`a[href="#/task/${task_id}"]`).waitFor();
  await look(page, "agent-tasks");
  await page.locator(`a[href="#/task/${task_id}"]`).click();
  await page.getByRole("button", { name: "Cancel this task" }).click();
  await page.getByText("$29.50, all of the escrow, go back").waitFor();
  await page.getByRole("button", { name: "Cancel it" }).click();
  await page.getByText("$29.50 is back in the deposit").waitFor();
  assert.equal((await api(`/tasks/${task_id}`, undefined, agent)).status, "CANCELLED");
}

/** By the API, two days later. */
async function withdrawn(page, agent) {
  const address = { address: "0x52908400098527886E0F7030069857D2E4169EE7" };
  const headers = { ...agent, "content-type": "application/json" };
  const put = { method: "PUT", body: JSON.stringify(address), headers };
  const named = await fetch(`${process.env.API_URL}/api/v1/agents/withdrawal-address`, put);
  assert.ok(named.ok, await named.text());
  await api("/test/clock/advance", { seconds: 2 * 86_400 }, {});
  await api("/agents/withdrawals", { amount_usd: "10.00" }, agent);
  await page.getByRole("link", { name: "Money" }).click();
  await page.getByRole("link", { name: "$10.00" }).click();
  await page.getByText(address.address).waitFor();
  await look(page, "agent-withdrawal");
}

async function left(page) {
  await page.getByRole("link", { name: "Account" }).click();
  await page.getByText("Shop watcher").waitFor();
  await page.getByLabel("Language").selectOption("de");
  await page.getByRole("button", { name: "Abmelden" }).click();
  await look(page, "agent-account");
  await page.getByRole("button", { name: "Abmelden" }).click();
  await page.getByLabel("API-Schlüssel").waitFor();
  assert.equal(await page.evaluate(() => JSON.stringify(sessionStorage)), "{}");
}
