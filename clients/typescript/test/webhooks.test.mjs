// Callbacks: what is taken, and every way in which one is not.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { SignatureError, webhooks } from "@humanops/sdk";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY = '{"event":"task.verified","task_id":"task_1"}';

/** Those of Standard Webhooks: secret, id, when it was sent, body, signature. */
const VECTORS = [
  ["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", 1649367553, '{"email":"test@example.com","username":"test_user"}', "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="],
  ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}', "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="],
  ["whsec_plJ3nmyCDGBKInavdOK15jsl", "msg_loFOjxBNrRLzqYUf", 1731705121, '{"event_type":"ping","data":{"success":true}}', "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="],
];

for (const [secret, id, sent, body, signature] of VECTORS) {
  test(`the vector ${id} is taken in its time`, async (t) => {
    t.mock.timers.enable({ apis: ["Date"], now: sent * 1_000 });
    const headers = { "webhook-id": id, "webhook-timestamp": String(sent), "webhook-signature": signature };
    assert.deepEqual(await webhooks.unwrap(body, headers, secret), JSON.parse(body));
    const rotated = { ...headers, "webhook-signature": `v1,${"A".repeat(43)}= ${signature}` };
    await webhooks.unwrap(body, rotated, secret);
    t.mock.timers.setTime((sent + 301) * 1_000);
    await assert.rejects(webhooks.unwrap(body, headers, secret), SignatureError);
  });
}

for (const secret of [SECRET, "a plain secret", "pässwörd"]) {
  test(`what is signed with "${secret}" is read, by either signature`, async () => {
    const headers = await webhooks.generateTestHeaders({ payload: BODY, secret });
    assert.equal(headers["x-humanops-signature"], createHmac("sha256", secret).update(BODY).digest("hex"));
    const whole = await webhooks.unwrap(Buffer.from(BODY), new Headers(headers), secret);
    assert.equal(whole.event, "task.verified");
    const { "x-humanops-signature": only } = headers;
    assert.equal((await webhooks.unwrap(BODY, { "X-HumanOps-Signature": only }, secret)).task_id, "task_1");
    assert.equal(await webhooks.verifySignature(BODY, only, secret), true);
    assert.equal(await webhooks.verifySignature(`${BODY} `, only, secret), false);
  });
}

test("nothing else is taken", async () => {
  const good = await webhooks.generateTestHeaders({ payload: BODY, secret: SECRET });
  const old = await webhooks.generateTestHeaders({ payload: BODY, secret: SECRET, at: new Date(Date.now() - 301_000) });
  const cases = [
    [BODY.replace("verified", "disputed"), good, SECRET],
    [BODY, good, "another secret"],
    [BODY, old, SECRET],
    [BODY, { ...good, "webhook-id": "evt_other" }, SECRET],
    [BODY, { ...good, "webhook-timestamp": "soon" }, SECRET],
    // A malformed newer signature is not forgiven for the sake of a good older one.
    [BODY, { ...good, "webhook-signature": "v1,nonsense" }, SECRET],
    [BODY, { ...good, "webhook-signature": "" }, SECRET],
    [BODY, { ...good, "webhook-signature": good["webhook-signature"].replace("v1", "v2") }, SECRET],
    [BODY, { "x-humanops-signature": good["x-humanops-signature"].toUpperCase() }, SECRET],
    [BODY, {}, SECRET],
    [BODY, good, ""],
    [JSON.parse(BODY), good, SECRET],
  ];
  for (const [index, [body, headers, secret]] of cases.entries()) {
    await assert.rejects(webhooks.unwrap(body, headers, secret), SignatureError, `case ${index}`);
  }
});
