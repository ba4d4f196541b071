// Opens the page of the API's description in Debian's Chromium and says, as JSON, what it shows and what it does.
// Judges nothing. Arguments: the page's address, the folder with playwright-core, and where a screenshot goes.
import { createRequire } from "node:module";

const [address, modules, screenshot] = process.argv.slice(2);
const { chromium } = createRequire(`${modules}/`)("playwright-core");

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
  const requests = [];
  const complaints = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(address);
  await page.waitForSelector(".opblock-summary-description");
  const summaries = await page.locator(".opblock-summary-description").allInnerTexts();
  // One is opened: what is drawn then is refused by a policy that is too strict.
  await page.locator(".opblock-summary").first().click();
  await page.waitForSelector(".opblock-body");
  await page.screenshot({ path: screenshot });
  console.log(JSON.stringify({ summaries, requests, complaints }));
} finally {
  await browser.close();
}
