// Notifications: a browser subscribes, the system sends to its push service, and what that hands over is shown in words and
// leads to the task. Push services are out of reach here: one is played, as far as the browser's own part goes.

import assert from "node:assert/strict";
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { test } from "node:test";
import { api, calm, launch, look, open, phone, register, task } from "./world.mjs";

const { PAGES_URL } = process.env;
const SENTENCE = "New message from the agent";

/** A push service with one browser: what comes to it is opened as a browser does (RFC 8291). */
async function pushService() {
  const [own, auth, came, waiting] = [createECDH("prime256v1"), randomBytes(16), [], []];
  own.generateKeys();
  const server = createServer(async (request, answer) => {
    const body = Buffer.concat(await request.toArray());
    came.push(opened(own, auth, body));
    answer.writeHead(201).end();
    waiting.splice(0).forEach((go) => go());
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const keys = { p256dh: own.getPublicKey("base64url"), auth: auth.toString("base64url") };
  const endpoint = `http://127.0.0.1:${server.address().port}/p`;
  const next = async () => {
    while (came.length === 0) await new Promise((go) => waiting.push(go));
    return came.shift();
  };
  return { subscription: { endpoint, keys }, next, end: () => server.close() };
}

function opened(own, auth, body) {
  const [salt, theirs, record] = [body.subarray(0, 16), body.subarray(21, 86), body.subarray(86)];
  const made = (key, salt, info, length) => Buffer.from(hkdfSync("sha256", key, salt, info, length));
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), own.getPublicKey(), theirs]);
  const input = made(own.computeSecret(theirs), auth, info, 32);
  const key = made(input, salt, "Content-Encoding: aes128gcm\0", 16);
  const cipher = createDecipheriv("aes-128-gcm", key, made(input, salt, "Content-Encoding: nonce\0", 12));
  cipher.setAuthTag(record.subarray(-16));
  const text = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()]);
  return text.subarray(0, text.lastIndexOf(2)).toString("utf8");
}

/** The part of a browser that needs a push service. It keeps what it was given, over the pages of one context. */
function play({ endpoint, keys }) {
  const KEY = "played-subscription";
  const made = (key) => ({
    options: { applicationServerKey: Uint8Array.from(atob(key.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0)).buffer },
    toJSON: () => ({ endpoint, keys }),
    unsubscribe: async () => (localStorage.removeItem(KEY), true),
  });
  PushManager.prototype.getSubscription = async () => {
    const key = localStorage.getItem(KEY);
    return key ? made(key) : null;
  };
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    localStorage.setItem(KEY, applicationServerKey);
    return made(applicationServerKey);
  };
}

/** Hands a message over to the service worker, as the browser does when its push service sends one. */
async function hand(context, page, data) {
  const tools = await context.newCDPSession(page);
  const registered = new Promise((known) => {
    tools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations: [first] }) => first && known(first.registrationId));
  });
  await tools.send("ServiceWorker.enable");
  await tools.send("ServiceWorker.deliverPushMessage", { origin: PAGES_URL, registrationId: await registered, data });
  await tools.detach();
}

/** What the worker shows, once it shows so many. */
function shown(page, count) {
  return page.evaluate(async (count) => {
    const registration = await navigator.serviceWorker.ready;
    for (;;) {
      const all = await registration.getNotifications();
      if (all.length >= count) return all.map(({ title, body, tag, data }) => ({ title, body, tag, data }));
      await new Promise(requestAnimationFrame);
    }
  }, count);
}

test("an operator is notified in words, and a press leads to the task", { timeout: 300_000 }, async () => {
  const [browser, service] = [await launch(), await pushService()];
  try {
    const context = await phone(browser);
    const first = await open(context);
    await register(first, "Ada Lovelace");
    await first.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await first.getByRole("link", { name: "Me", exact: true }).click();

    // Nothing is asked for before a press, and what cannot be is said.
    const me = first.getByRole("switch", { name: "Notify me" });
    await me.click();
    await first.getByText("Notifications are blocked for this page").waitFor();
    assert.equal(await me.isChecked(), false);
    await look(first, "notify-blocked");
    await first.close();

    await context.grantPermissions(["notifications", "geolocation"]);
    await context.addInitScript(play, service.subscription);
    const second = await open(context, "#/me");
    await second.getByRole("switch", { name: "Notify me" }).click();
    const near = second.getByRole("switch", { name: "New tasks near me too" });
    await near.click();
    await second.waitForFunction(() => JSON.parse(localStorage.getItem("notify") ?? "{}").near);
    assert.equal(await near.isChecked(), true);
    await look(second, "notify");
    const operator = await second.evaluate(() => JSON.parse(localStorage.getItem("operator")).id);
    const known = () => api("/operator/push", undefined, { "x-operator-id": operator });
    const { browsers } = await known();
    assert.deepEqual(browsers.map(({ near }) => near.radius_km), [10]);

    // A new task, two kilometres away.
    const { task_id } = await task();
    const message = JSON.parse(await service.next());
    assert.deepEqual(message, { event: "task.created", task_id, title: "Verify storefront signage" });
    await hand(context, second, JSON.stringify(message));
    const about = { body: "Verify storefront signage", tag: `${task_id} task.created`, data: { task: task_id, event: "task.created" } };
    assert.deepEqual(await shown(second, 1), [{ title: "New task near you", ...about }]);

    // Twice the same is one; something else is another, in the language that is chosen now.
    await second.getByRole("link", { name: "Find" }).click();
    await second.goto(`${PAGES_URL}/#/task/${task_id}`);
    await second.getByRole("button", { name: "Accept this task" }).click();
    await second.getByRole("button", { name: "I have begun" }).waitFor();
    await api(`/tasks/${task_id}/messages`, { body: "From the street, please." });
    const second_message = await service.next();
    assert.ok(!second_message.includes("street"), "nobody learns what was written");
    await hand(context, second, second_message);
    await hand(context, second, JSON.stringify(message));
    const titles = (await shown(second, 2)).map(({ title }) => title).sort();
    assert.deepEqual(titles, [SENTENCE, "New task near you"]);

    // What a press does, but for the browser's own permission to bring a page to the front, which a real press gives.
    await second.goto(`${PAGES_URL}/#/money`);
    const [worker] = context.serviceWorkers();
    await worker.evaluate((task) => lead({ task, event: "task.message" }).catch(() => {}), task_id);
    await second.waitForURL(`**/#/task/${task_id}/messages`);

    // Who signs out is not notified any more.
    await second.goto(`${PAGES_URL}/#/me`);
    await second.getByRole("button", { name: "Sign out" }).click();
    await second.getByRole("button", { name: "Delete and sign out" }).click();
    await second.getByRole("button", { name: "Begin" }).waitFor();
    assert.deepEqual((await known()).browsers, []);
    // The page begins anew meanwhile.
    await second.waitForFunction(() => localStorage.getItem("played-subscription") === null);
    calm(first, second);
  } finally {
    service.end();
    await browser.close();
  }
});
