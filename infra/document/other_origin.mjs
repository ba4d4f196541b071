// Opens a page in Debian's Chromium and plays the main job from within it, on an API of another origin, up to the photo;
// says as JSON what the page could read. Judges nothing. Arguments: the page's address, the API's, and the folder with
// playwright-core.
import { createRequire } from "node:module";

const [address, api, modules] = process.argv.slice(2);
const { chromium } = createRequire(`${modules}/`)("playwright-core");

// Runs in the page.
async function play(api) {
  const seen = [];
  const ask = async (method, path, headers, body) => {
    const sent = { method, headers: { ...headers, ...(body && { "Content-Type": "application/json" }) } };
    const answer = await fetch(api + path, { ...sent, body: body && JSON.stringify(body) });
    seen.push([`${method} ${path.replace(/task_\w+/, "{id}")}`, answer.status, answer.headers.get("x-request-id") !== null]);
    return answer.json();
  };
  try {
    const { api_key } = await ask("POST", "/agents/register", {}, { name: "page", email: "page@example.com" });
    const agent = { "X-API-Key": api_key };
    const hash = "0x" + "5".repeat(64);
    await ask("POST", "/agents/deposit/usdc", agent, { tx_hash: hash, amount_usdc: "100.00" });
    const task = await ask("POST", "/tasks", { ...agent, "Idempotency-Key": "one" }, {
      title: "A sign", description: "Of the shop", reward_usd: 25, task_type: "VERIFICATION",
      location: { lat: 40.7, lng: -74, address: "123 Main St" }, proof_requirements: ["A photo"],
      deadline: new Date(Date.now() + 172_800_000).toISOString(),
    });
    const { operator_id } = await ask("POST", "/operator/register", {}, { name: "Jane Doe", email: "jane@example.com" });
    const operator = { "X-Operator-Id": operator_id };
    await ask("POST", `/operator/tasks/${task.task_id}/accept`, operator);
    const photo = await new Promise((done) => document.createElement("canvas").toBlob(done, "image/png"));
    const digest = await crypto.subtle.digest("SHA-256", await photo.arrayBuffer());
    const sha256 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const announced = { task_id: task.task_id, content_type: "image/png", size_bytes: photo.size, sha256 };
    const upload = await ask("POST", "/operator/upload", operator, announced);
    const put = await fetch(upload.upload_url, { method: upload.method, headers: upload.headers, body: photo });
    seen.push(["PUT photo", put.status, put.headers.get("etag") !== null]);
    await ask("POST", `/operator/tasks/${task.task_id}/submit`, operator, { photos: [upload.photo_url] });
    const { proof } = await ask("GET", `/tasks/${task.task_id}`, agent);
    const got = await fetch(proof.photos[0]);
    seen.push(["GET photo", got.status, (await got.blob()).size === photo.size]);
    await ask("DELETE", "/agents/keys/nothing", agent);
    await ask("GET", "/admin/disputes", { "X-Admin-Key": "wrong" });
  } catch (refused) {
    seen.push([String(refused)]);
  }
  return seen;
}

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const page = await browser.newPage();
  await page.goto(address);
  console.log(JSON.stringify(await page.evaluate(play, api)));
} finally {
  await browser.close();
}
