// A browser before a running system, and the agent that gives it work. Every page is watched: what it asks of other
// hosts, and what it complains of, fails the test that opened it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

export const { ADMIN_KEY } = process.env;
const { PAGES_URL, API_URL, AGENT_KEY, TOOLS, SCREENSHOTS } = process.env;
const { chromium } = createRequire(`${TOOLS}/document/`)("playwright-core");
const AXE = readFileSync(`${TOOLS}/web/node_modules/axe-core/axe.min.js`, "utf8");

const CHROMIUM = "/usr/bin/chromium";
const ARGS = ["--no-sandbox"];
/** Milliseconds that a sight may take on a machine that builds beside it. */
const PATIENCE_MS = Number(process.env.PATIENCE_MS ?? 60_000);
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: "en-US" };
const DESK = { viewport: { width: 1280, height: 900 }, locale: "en-US" };
/** Near 123 Main St. */
const SOMEWHERE = { latitude: 40.7, longitude: -74.02, accuracy: 12 };

export async function api(path, body, headers = { "x-api-key": AGENT_KEY }) {
  const posted = { method: "POST", body: JSON.stringify(body), headers: { ...headers, "content-type": "application/json" } };
  const answer = await fetch(`${API_URL}/api/v1${path}`, body ? posted : { headers });
  const said = await answer.json();
  assert.ok(answer.ok, `${path}: ${answer.status} ${JSON.stringify(said)}`);
  return said;
}

/** The result of an identity check. */
export const kyc = (id, status) => api(`/admin/operators/${id}/kyc`, { status }, { "x-admin-key": ADMIN_KEY });

export async function task(more = {}, headers) {
  // By the system's clock, which a story may have moved.
  const now = more.deadline ? 0 : Date.parse((await api("/test/clock")).now);
  const deadline = new Date(now + 2 * 86_400_000).toISOString();
  return api("/tasks", {
    title: "Verify storefront signage",
    description: "Take a clear photo of the sign at 123 Main St, from the other side of the street.",
    location: { lat: 40.7128, lng: -74.006, address: "123 Main St, New York, NY" },
    reward_usd: 25,
    proof_requirements: ["The whole sign is visible", "The name can be read"],
    task_type: "VERIFICATION",
    deadline,
    ...more,
  }, headers);
}

/** A phone with nothing on it. */
export async function phone(browser) {
  const context = await browser.newContext({ ...PHONE, geolocation: SOMEWHERE, permissions: ["geolocation", "camera"] });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** A phone that keeps what is on it in `folder`; closing it is turning it off. */
export async function keptPhone(folder) {
  const options = { ...PHONE, geolocation: SOMEWHERE, permissions: ["geolocation"] };
  const context = await chromium.launchPersistentContext(folder, { executablePath: CHROMIUM, args: ARGS, ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** A computer with nothing on it, where pages may copy. */
export async function desk(browser) {
  const context = await browser.newContext({ ...DESK, permissions: ["clipboard-read", "clipboard-write"] });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** The app at `host`, in a page that is watched. */
export async function open(context, path = "", host = PAGES_URL) {
  const page = await context.newPage();
  page.seen = { strangers: [], complaints: [] };
  const { strangers, complaints } = page.seen;
  // The bucket is at the system's own address.
  const known = [`${host}/`, `${new URL(API_URL).origin}/`, "blob:"];
  context.on("request", (request) => {
    const url = request.url();
    if (!known.some((it) => url.startsWith(it))) strangers.push(url);
  });
  page.on("console", (message) => {
    // Chromium says itself that there is no network, which one story wants.
    const wanted = message.text().includes("ERR_INTERNET_DISCONNECTED");
    if (["error", "warning"].includes(message.type()) && !wanted) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(`${host}/${path}`);
  return page;
}

export async function register(page, name) {
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("E-mail address").fill(`${crypto.randomUUID()}@example.com`);
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByRole("heading", { name: "Find a task" }).waitFor();
}

/**
 * Looks at a page as it is: in light and in dark, nothing that axe finds wrong; small, and from right to
 * left, nothing that is cut off.
 */
export async function look(page, name) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `${SCREENSHOTS}/${name}-${colorScheme}.png` });
    const { violations } = await page.evaluate(`${AXE}; axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })`);
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    assert.deepEqual(found, [], `${name}, ${colorScheme}`);
  }
  const { width, height } = page.viewportSize();
  await page.setViewportSize({ width: 320, height });
  await page.screenshot({ path: `${SCREENSHOTS}/${name}-320.png`, fullPage: true });
  const wide = () => document.documentElement.scrollWidth;
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  assert.equal(await page.evaluate(wide), 320, `${name}, from right to left`);
  await page.screenshot({ path: `${SCREENSHOTS}/${name}-rtl.png` });
  await page.evaluate(() => document.documentElement.removeAttribute("dir"));
  const low = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll("a, button, input, select, textarea, summary, label.button")];
    const seen = boxes.filter((it) => it.checkVisibility() && !it.closest(".file, .stars"));
    return seen.filter((it) => it.getBoundingClientRect().height < 44).map((it) => it.outerHTML);
  });
  assert.deepEqual({ wide: await page.evaluate(wide), low }, { wide: 320, low: [] }, name);
  await page.setViewportSize({ width, height });
}

export function calm(...pages) {
  for (const { seen } of pages) assert.deepEqual(seen, { strangers: [], complaints: [] });
}

export const launch = (args = []) => chromium.launch({ executablePath: CHROMIUM, args: [...ARGS, ...args] });
