// A photo of a shop, as a camera's JPEG: drawn, and never twice the same.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "./world.mjs";

/** Arguments of a Chromium whose camera looks at the shop. */
export async function camera() {
  const browser = await launch();
  const folder = mkdtempSync(join(tmpdir(), "humanops-camera-"));
  process.on("exit", () => rmSync(folder, { recursive: true }));
  const file = join(folder, "shop.mjpeg");
  writeFileSync(file, (await shop(browser)).buffer);
  await browser.close();
  return ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${file}`];
}

export async function shop(browser) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  await page.setContent(`<canvas width="1200" height="900" style="position: fixed; inset: 0"></canvas>`);
  await page.evaluate(() => {
    const c = document.querySelector("canvas").getContext("2d");
    const box = (colour, ...sides) => {
      c.fillStyle = colour;
      c.fillRect(...sides);
    };
    box("#9cc4e8", 0, 0, 1200, 900);
    for (let y = 180; y < 900; y += 24) {
      for (let x = 150; x < 1050; x += 60) box(`hsl(16 40% ${30 + Math.random() * 14}%)`, x, y, 58, 22);
    }
    box("#14342b", 220, 230, 760, 150);
    box("#2b3b44", 260, 450, 280, 450);
    box("#2b3b44", 620, 450, 320, 260);
    c.fillStyle = "#f3e9d2";
    c.font = "bold 90px serif";
    c.fillText("Main St Bakery", 270, 335);
  });
  const buffer = await page.screenshot({ type: "jpeg", quality: 88 });
  await page.close();
  return { name: "shop.jpg", mimeType: "image/jpeg", buffer };
}
