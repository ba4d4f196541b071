// Against a running system: the whole main job, and a credential.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { HumanOpsClient, InsufficientBalanceError, sealCredential, webhooks } from "@humanops/sdk";

const PHOTO = readFileSync(process.env.HUMANOPS_PHOTO);

async function agent(dollars) {
  const { api_key } = await new HumanOpsClient().registerAgent({ name: "my-agent", email: "agent@example.com" });
  const client = new HumanOpsClient({ apiKey: api_key });
  const tx_hash = `0x${createHash("sha256").update(api_key).digest("hex")}`;
  if (dollars) await client.fundAccount({ tx_hash, amount_usdc: dollars });
  return client;
}

/** In test mode an operator is who they say they are. */
async function operator() {
  const nobody = new HumanOpsClient();
  const jane = { name: "Jane Doe", email: `${crypto.randomUUID()}@example.com`, skills: ["VERIFICATION"] };
  const { operator_id } = await nobody.registerOperator(jane);
  return new HumanOpsClient({ defaultHeaders: { "x-operator-id": operator_id } });
}

async function upload(jane, task_id) {
  const sha256 = createHash("sha256").update(PHOTO).digest("hex");
  const announced = { task_id, content_type: "image/jpeg", size_bytes: PHOTO.length, sha256 };
  const { upload_url, headers, photo_url } = await jane.createUpload(announced);
  assert.equal((await fetch(upload_url, { method: "PUT", headers, body: PHOTO })).status, 200);
  return photo_url;
}

test("a task is posted, done, judged, paid for and told", async () => {
  const told = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    told.push(await webhooks.unwrap(Buffer.concat(chunks), request.headers, "a secret"));
    response.end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const [client, jane] = [await agent(100), await operator()];
  const draft = {
    title: "Verify storefront signage",
    description: "Take a clear photo of the sign at 123 Main St",
    location: { lat: 40.7128, lng: -74.006, address: "123 Main St, New York, NY" },
    reward_usd: 25,
    task_type: "VERIFICATION",
    callback_url: `http://127.0.0.1:${server.address().port}/hook`,
    callback_secret: "a secret",
  };
  const task = await client.postTask(draft, { idempotencyKey: "sign" });
  assert.equal(task.status, "PENDING");
  // The answer was lost: one task, one escrow.
  const again = await client.postTask({ ...draft, deadline: task.deadline }, { idempotencyKey: "sign" });
  assert.equal(again.task_id, task.task_id);
  assert.deepEqual(await client.getBalance(), { deposit_balance: 70.5, escrow_balance: 29.5, currency: "USD" });

  const id = task.task_id;
  assert.ok((await jane.browseTasks().toArray({ limit: 100 })).some(({ task_id }) => task_id === id));
  await jane.acceptTask({ id });
  await client.sendMessage({ id, body: "From the street, please." });
  await jane.submitTask({ id, photos: [await upload(jane, id)], notes: "guardian:approve" });
  const done = await client.waitForCompletion(id, { everyS: 0.1, timeoutS: 60 });
  assert.equal(done.status, "COMPLETED");
  assert.equal((await client.checkVerificationStatus(id)).guardian_result.decision, "APPROVE");
  assert.equal((await client.getBalance()).escrow_balance, 0);
  assert.equal((await jane.getEarnings()).pending_balance, 25);
  await client.advanceTestClock({ seconds: 1 });
  server.close();
  assert.deepEqual(told.map(({ event, task_id }) => [event, task_id]), [["task.verified", id]]);
});

test("a credential arrives sealed, and is opened by who asked for it", async () => {
  const [client, jane] = [await agent(100), await operator()];
  const { task, privateKey } = await client.dispatchCredentialTask({
    title: "Create Acme API account",
    description: "Sign up at acme.io and retrieve API credentials",
    category: "API_KEY_PROCUREMENT",
    reward_usd: 50,
  });
  const id = task.task_id;
  await jane.acceptTask({ id });
  const { agent_public_key } = await jane.getOperatorTask({ id });
  const credential = { api_key: "sk_1", dashboard_url: "https://acme.io" };
  await jane.submitTask({ id, encrypted_credential: await sealCredential(id, agent_public_key, credential) });
  const waiting = await client.waitForCompletion(id, { everyS: 0.1, timeoutS: 60 });
  assert.deepEqual([waiting.status, waiting.next_action.by], ["SUBMITTED", "AGENT"]);
  assert.deepEqual(await client.retrieveCredential(id, privateKey), credential);
  const { encrypted_credential } = await client.retrieveCredential({ id });
  assert.equal(JSON.stringify(encrypted_credential).includes("sk_1"), false);
  assert.equal((await client.verifyTask({ id, decision: "APPROVE" })).status, "COMPLETED");
});

test("who has too little is told what is missing, and may try again with more", async () => {
  const client = await agent(0);
  const draft = { title: "Review a page", description: "Is it in good taste?", category: "CONTENT_REVIEW", reward_usd: 10 };
  const error = await client.dispatchDigitalTask(draft).catch((it) => it);
  assert.ok(error instanceof InsufficientBalanceError, String(error));
  assert.equal(error.code, "insufficient_balance");
  await client.fundAccount({ tx_hash: "0xabc...def", amount_usdc: "12.50" });
  const [first] = await client.listDigitalCategories();
  assert.equal(first.task_domain, "DIGITAL");
  await client.dispatchDigitalTask(draft, { idempotencyKey: error.idempotencyKey });
});

