// What is tried again, what is not, and what goes wrong is called.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@humanops/sdk";
import { refused, serve } from "./double.mjs";

const BALANCE = [200, { deposit_balance: 1, escrow_balance: 0, currency: "USD" }];
const AT_ONCE = { "retry-after-ms": "1" };
const again = (status) => [...refused(status, "later"), AT_ONCE];

async function against(answers, work, options = {}) {
  const server = await serve(...answers);
  try {
    await work(new sdk.HumanOpsClient({ apiKey: "ho_test_secret", baseURL: server.baseURL, ...options }), server.asked);
  } finally {
    server.close();
  }
}

test("what may have been done is sent again with the same key, twice", () =>
  against([again(500), again(503), [201, { task_id: "task_1" }]], async (client, asked) => {
    assert.equal((await client.createTask({ title: "x" })).task_id, "task_1");
    const keys = asked.map(({ headers }) => headers["idempotency-key"]);
    assert.equal(keys.length, 3);
    assert.equal(new Set(keys).size, 1);
    assert.ok(asked.every(({ body }) => body === '{"title":"x"}'));
  }));

test("two calls have two keys, and a key of the caller's is taken", () =>
  against([[201, {}]], async (client, asked) => {
    await client.createTask({});
    await client.createTask({});
    await client.createTask({}, { idempotencyKey: "mine" });
    const keys = asked.map(({ headers }) => headers["idempotency-key"]);
    assert.equal(new Set(keys).size, 3);
    assert.equal(keys[2], "mine");
  }));

test("an answer that was lost is not forgotten over a later refusal", async () => {
  await against([null, refused(402, "insufficient_balance")], async (client) => {
    const error = await client.createTask({ title: "x" }).catch((it) => it);
    assert.ok(error instanceof sdk.APIConnectionError, String(error));
    assert.match(error.idempotencyKey, /^[0-9a-f-]{36}$/);
  });
  await against([null, refused(404, "not_found")], async (client) => {
    await assert.rejects(client.getBalance(), sdk.NotFoundError);
  });
});

test("a connection that ends is tried again", () =>
  against([null, BALANCE], async (client) => assert.equal((await client.getBalance()).deposit_balance, 1)));

for (const [name, answers, attempts] of [
  ["a third failure is the last", [again(500)], 3],
  ["a state is no failure that passes", [refused(409, "wrong_state")], 1],
  ["a redirect is not followed", [[302, {}, { location: "/elsewhere" }]], 1],
  ["nor is a bad request", [refused(400, "invalid_request")], 1],
  ["the server has the last word", [[...refused(500, "broken"), { "x-should-retry": "false" }]], 1],
  ["too many in a minute is tried again", [again(429)], 3],
]) {
  test(name, () =>
    against(answers, async (client, asked) => {
      await assert.rejects(client.getBalance(), sdk.APIError);
      assert.equal(asked.length, attempts);
    }));
}

test("what would be done twice is not tried again, unless it was refused", async () => {
  await against([again(500)], async (client, asked) => {
    await assert.rejects(client.registerAgent({ name: "a", email: "a@example.com" }), sdk.InternalServerError);
    assert.equal(asked.length, 1);
  });
  await against([again(429), [201, {}]], async (client, asked) => {
    await client.registerAgent({ name: "a", email: "a@example.com" });
    assert.equal(asked.length, 2);
  });
});

test("each refusal has a class, a code, a request and the key to try again with", async () => {
  const classes = {
    400: "BadRequestError", 401: "AuthenticationError", 402: "InsufficientBalanceError", 403: "PermissionDeniedError",
    404: "NotFoundError", 409: "ConflictError", 410: "GoneError", 429: "RateLimitError", 500: "InternalServerError",
  };
  for (const [status, name] of Object.entries(classes)) {
    await against([refused(Number(status), "a_code")], async (client) => {
      const error = await client.cancelTask({ id: "task_1" }).catch((it) => it);
      assert.ok(error instanceof sdk[name] && error instanceof sdk.APIError && error instanceof sdk.HumanOpsError);
      assert.deepEqual([error.name, error.status, error.code, error.requestId], [name, Number(status), "a_code", "req_1"]);
      assert.equal(error.message, "a_code: No: a_code.");
      assert.deepEqual(error.details, { why: "a_code" });
      assert.match(error.idempotencyKey, /^[0-9a-f-]{36}$/);
    }, { maxRetries: 0 });
  }
});

test("what is no answer of the API is an error too", () =>
  against([[502, "<html>"]], async (client) => {
    const error = await client.getBalance().catch((it) => it);
    assert.deepEqual([error.name, error.code, error.message], ["InternalServerError", "", "502 without a body of the API"]);
  }, { maxRetries: 0 }));

test("nobody waits longer than they said", async () => {
  await against(["silence"], async (client) => {
    await assert.rejects(client.getBalance({}, { timeout: 50, maxRetries: 0 }), sdk.APIConnectionTimeoutError);
    const limit = new AbortController();
    const asked = client.getBalance({}, { signal: limit.signal });
    limit.abort(new Error("enough"));
    await assert.rejects(asked);
  });
  const gone = new sdk.HumanOpsClient({ apiKey: "k", baseURL: "http://127.0.0.1:9", maxRetries: 0 });
  await assert.rejects(gone.getBalance(), sdk.APIConnectionError);
});

test("fields go where the operation has them", () =>
  against([[200, { data: [] }]], async (client, asked) => {
    await client.listTasks({ limit: 5, status: "PENDING" });
    await client.getTask({ id: "a/b" });
    await client.verifyTask({ id: "task_1", decision: "APPROVE" });
    assert.deepEqual(asked.map(({ method, url, body }) => [method, url, body]), [
      ["GET", "/api/v1/tasks?limit=5&status=PENDING", ""],
      ["GET", "/api/v1/tasks/a%2Fb", ""],
      ["POST", "/api/v1/tasks/task_1/verify", '{"decision":"APPROVE"}'],
    ]);
    await assert.rejects(client.getTask({}), /`id` must be a text/);
  }));

test("each operation goes with the credential that it takes", async () => {
  const server = await serve([200, {}]);
  const options = { apiKey: "ho_test_a", operatorToken: async () => "fresh", adminKey: "staff", baseURL: server.baseURL };
  const client = new sdk.HumanOpsClient(options);
  for (const id of ["getBalance", "getOperator", "listDisputes"]) await client[id]();
  const sent = server.asked.map(({ headers }) => headers["x-api-key"] ?? headers.authorization ?? headers["x-admin-key"]);
  server.close();
  assert.deepEqual(sent, ["ho_test_a", "Bearer fresh", "staff"]);
});

test("pages follow each other until the last", async () => {
  const page = (data, next_cursor) => [200, { data, pagination: { limit: 2, offset: 0, total: 3, next_cursor } }];
  await against([page([1, 2], "c2"), page([3], null)], async (client, asked) => {
    const all = [];
    for await (const one of client.listTasks({ limit: 2 })) all.push(one);
    assert.deepEqual(all, [1, 2, 3]);
    assert.deepEqual(asked.map(({ url }) => url), ["/api/v1/tasks?limit=2", "/api/v1/tasks?limit=2&cursor=c2"]);
  });
  await against([page([1, 2], "c2")], async (client, asked) => {
    assert.deepEqual(await client.listTasks().toArray({ limit: 1 }), [1]);
    assert.equal(asked.length, 1);
  });
  await against([[200, { data: [1], next_after: 7 }], [200, { data: [], next_after: 7 }]], async (client, asked) => {
    assert.deepEqual(await client.listEvents().toArray({ limit: 9 }), [1]);
    assert.equal(asked[1].url, "/api/v1/events?after=7");
  });
});

test("an answer comes with its response where that is asked for", () =>
  against([BALANCE], async (client) => {
    const { data, response, requestId } = await client.getBalance().withResponse();
    assert.deepEqual([data.currency, response.status, requestId], ["USD", 200, "req_1"]);
  }));

test("a log has neither key nor body", () => {
  const lines = [];
  const logger = { debug: (line) => lines.push(line), warn: (line) => lines.push(line) };
  return against([again(500), [201, { api_key: "ho_test_new" }]], async (client) => {
    await client.createTask({ title: "private" });
    assert.equal(lines.length, 3);
    assert.doesNotMatch(lines.join("\n"), /ho_test|private/);
  }, { logger });
});

test("a key in a page must be meant", () => {
  globalThis.document = {};
  try {
    assert.throws(() => new sdk.HumanOpsClient({ apiKey: "k" }), /An API key in a page is everybody's/);
    new sdk.HumanOpsClient({ apiKey: "k", dangerouslyAllowBrowser: true });
    new sdk.HumanOpsClient({ operatorToken: "t" });
  } finally {
    delete globalThis.document;
  }
});

test("waiting ends with the task, or in time", async () => {
  const task = (status, next_action = null) => [200, { task_id: "task_1", status, next_action }];
  await against([task("PENDING"), task("ACCEPTED"), task("COMPLETED")], async (client, asked) => {
    assert.equal((await client.waitForCompletion("task_1", { everyS: 0.01 })).status, "COMPLETED");
    assert.equal(asked.length, 3);
  });
  await against([task("SUBMITTED", { by: "AGENT" })], async (client) => {
    assert.equal((await client.waitForCompletion("task_1")).status, "SUBMITTED");
  });
  await against([task("PENDING")], async (client) => {
    await assert.rejects(client.waitForCompletion("task_1", { everyS: 0.01, timeoutS: 0.05 }), sdk.WaitTimeoutError);
  });
});
