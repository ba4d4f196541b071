// The desk: a dispute with photos is read and decided, an identity checked, and the ledger balances.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { shop } from "./photo.mjs";
import { ADMIN_KEY, api, calm, desk, kyc, launch, look, open, task } from "./world.mjs";

const ADMIN = { "x-admin-key": ADMIN_KEY };

test("staff read both sides of a dispute and divide its money", async () => {
  const browser = await launch();
  try {
    const { id, operator } = await disputed(browser);
    await turnedAway(browser);
    const page = await open(await desk(browser), "staff");
    await page.getByLabel("Admin key").waitFor();
    await look(page, "staff-sign-in");
    await signIn(page);
    const line = page.locator(`a[href="#/task/${id}"]`);
    await line.getByText("The agent rejected the proof").waitFor();
    await line.getByText("$25.00").waitFor();
    await look(page, "staff-disputes");

    await line.click();
    for (const said of ["It is another shop.", "The sign is green, not red.", "It is the shop at that address.", "guardian:review"]) {
      await page.getByText(said).first().waitFor();
    }
    await page.getByText("The whole sign is visible").first().waitFor();
    await seen(page);
    await look(page, "staff-task");
    await decide(page);

    const balances = await api("/agents/balance");
    const earned = await api("/operator/earnings", undefined, operator);
    // 29.50 were in escrow: 40 % of 25.00 to the operator, of 4.50 to the platform, the rest back.
    assert.deepEqual([earned.available_balance, earned.pending_balance], [10, 0]);
    assert.deepEqual([balances.deposit_balance, balances.escrow_balance], [988.2, 0]);
    const { status, decision } = await api(`/tasks/${id}`);
    assert.deepEqual([status, decision.outcome, decision.decided_by], ["COMPLETED", "SPLIT", "STAFF"]);

    await people(page, operator["x-operator-id"]);
    await identity(page);
    await money(page);
    await ledger(page);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("Admin key").waitFor();
    assert.equal(await page.evaluate(() => JSON.stringify([sessionStorage, localStorage])), "[{},{}]");
    calm(page);
  } finally {
    await browser.close();
  }
});

/** A task that its agent did not accept, with two photos and what both sides say. */
async function disputed(browser) {
  const body = { name: "Jane Doe", email: "jane@example.com" };
  const { operator_id } = await api("/operator/register", body, {});
  const operator = { "x-operator-id": operator_id };
  const { task_id: id } = await task();
  await api(`/operator/tasks/${id}/accept`, {}, operator);
  const photos = [await upload(browser, id, operator), await upload(browser, id, operator)];
  await api(`/operator/tasks/${id}/submit`, { photos, notes: "guardian:review, from both sides of the street" }, operator);
  // When that is answered, the Guardian has judged.
  await api("/test/clock/advance", { seconds: 1 }, {});
  await api(`/tasks/${id}/verify`, { decision: "REJECT", reason: "It is another shop." });
  await api(`/tasks/${id}/statement`, { text: "The sign is green, not red." });
  await api(`/operator/tasks/${id}/statement`, { text: "It is the shop at that address." }, operator);
  return { id, operator };
}

async function upload(browser, id, operator) {
  const { buffer, mimeType: content_type } = await shop(browser);
  const sha256 = createHash("sha256").update(buffer).digest("hex");
  const announced = { task_id: id, content_type, size_bytes: buffer.length, sha256 };
  const { upload_url, headers, photo_url } = await api("/operator/upload", announced, operator);
  const answer = await fetch(upload_url, { method: "PUT", headers, body: buffer });
  assert.ok(answer.ok, String(answer.status));
  return photo_url;
}

/** Who has no admin key stays outside. */
async function turnedAway(browser) {
  const page = await open(await desk(browser), "staff#/ledger");
  await page.getByLabel("Admin key").fill("a-key-of-somebody-else-altogether");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("This is not an admin key").waitFor();
  assert.equal(await page.getByRole("navigation").count(), 0);
}

async function signIn(page) {
  await page.getByLabel("Admin key").fill(ADMIN_KEY);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Disputes" }).waitFor();
}

/** Both photos, small and large. */
async function seen(page) {
  const loaded = (image) => image.evaluate((it) => it.decode().then(() => it.naturalWidth));
  for (const name of ["Photo 1", "Photo 2"]) assert.equal(await loaded(page.getByRole("img", { name })), 1200);
  await page.getByRole("button", { name: "Photo 1, large" }).click();
  await page.getByText("Photo 1 of 2").waitFor();
  await page.keyboard.press("ArrowRight");
  await page.getByText("Photo 2 of 2").waitFor();
  await look(page, "staff-photo");
  await page.getByRole("button", { name: "Close" }).click();
}

/** 40 % for the operator. The first answers are lost on their way. */
async function decide(page) {
  await page.getByLabel("Divide it").check();
  await page.getByLabel("The operator's share in percent").fill("40");
  await page.getByLabel("Why").fill("One photo shows the sign, the other does not.");
  await page.getByText("$17.70").waitFor();
  await page.getByRole("button", { name: "Decide" }).click();
  const sure = page.getByRole("dialog", { name: "Pay like this?" });
  for (const sum of ["$10.00", "$17.70", "$1.80"]) await sure.getByText(sum).waitFor();
  await look(page, "staff-sure");
  // One that is asked for, and one that the SDK asks for again.
  let losses = 2;
  await page.route("**/resolve", async (route) => {
    if (losses === 0) return route.continue();
    losses -= 1;
    await route.fetch();
    await route.abort("internetdisconnected");
  });
  await sure.getByRole("button", { name: "Divide it" }).click();
  await sure.getByText("No answer came.").waitFor();
  await sure.getByRole("button", { name: "Divide it" }).click();
  await page.getByText("Divided").waitFor();
  await page.getByText("by our staff").waitFor();
  await look(page, "staff-decided");
}

async function identity(page) {
  const { operator_id: id } = await api("/operator/register", { name: "Max Roe", email: "max@example.com" }, {});
  await kyc(id, "PENDING");
  await page.getByRole("link", { name: "Identity" }).click();
  await page.getByText(id).waitFor();
  await look(page, "staff-identity");
  await page.getByRole("button", { name: "Reject" }).click();
  await look(page, "staff-reject");
  await page.getByRole("dialog").getByRole("button", { name: "Reject" }).click();
  await page.getByText("Nobody is waiting.").waitFor();
  const { data } = await api("/admin/operators?kyc_status=REJECTED", undefined, ADMIN);
  assert.deepEqual(data.map((it) => [it.operator_id, it.checked.by]), [[id, "admin"]]);
  await page.getByRole("link", { name: "Rejected" }).click();
  await page.getByText("Last decided by admin").waitFor();
}

/** Who they were, from the task's page. */
async function people(page, operator) {
  await page.getByRole("link", { name: operator }).click();
  await page.getByRole("heading", { name: "Jane Doe" }).waitFor();
  await page.getByText("jane@example.com").waitFor();
  await look(page, "staff-operator");
  await page.getByRole("link", { name: "Verify storefront signage" }).click();
  await page.getByText("Decided by admin").waitFor();
  await page.getByRole("link", { name: "agent_" }).click();
  await page.getByText("$988.20").waitFor();
  await look(page, "staff-agent");
  await page.getByLabel("Task, operator or agent").fill(operator);
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByRole("heading", { name: "Jane Doe" }).waitFor();
}

/** Money that waits for somebody. Here none does, as there is no chain: what the API describes is answered in its place. */
async function money(page) {
  const { paths } = await api("/openapi.json");
  const described = (path, method) => paths[path][method].responses["200"].content["application/json"].example;
  await page.route("**/admin/payouts?*", (route) => route.fulfill({ json: described("/admin/payouts", "get") }));
  await page.getByRole("link", { name: "Payouts" }).click();
  await page.getByText("$50.00").waitFor();
  await look(page, "staff-payouts");
  await page.unroute("**/admin/payouts?*");
  await page.reload();
  await page.getByText("Every payout is on its way.").waitFor();

  await page.route("**/admin/suspense?*", (route) => route.fulfill({ json: described("/admin/suspense", "get") }));
  await page.getByRole("link", { name: "Suspense" }).click();
  await page.getByText("Less than the minimum").waitFor();
  await look(page, "staff-suspense");
  await page.unroute("**/admin/suspense?*");
  const released = [];
  await page.route("**/admin/suspense/*/release", (route) => {
    released.push(route.request().url().split("/").at(-2));
    return route.fulfill({ json: described("/admin/suspense/{id}/release", "post") });
  });
  await page.getByRole("button", { name: "Release to the agent" }).click();
  await page.getByRole("dialog").getByText("$4.99 can be spent at once by").waitFor();
  await look(page, "staff-release");
  await page.getByRole("button", { name: "Release it" }).click();
  await page.getByText("Nothing is in suspense.").waitFor();
  assert.deepEqual(released, described("/admin/suspense", "get").data.map((it) => it.transaction_id));
}

async function ledger(page) {
  await page.getByRole("link", { name: "Ledger" }).click();
  await page.getByRole("button", { name: "Run the audit" }).click();
  await page.getByText("Every balance is right.").waitFor();
  await look(page, "staff-ledger");
  const { clean } = await api("/admin/ledger/audit", undefined, ADMIN);
  assert.equal(clean, true);
}
