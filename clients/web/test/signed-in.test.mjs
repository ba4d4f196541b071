// Live mode: an operator signs in at Clerk's page, is verified by staff, and is signed in again where the session ended.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clerk } from "./clerk.mjs";
import { kyc, launch, look, open, phone } from "./world.mjs";

test("who signs in at Clerk's page works here, for as long as that session lasts", async () => {
  const { played, server, args, url } = await clerk();
  const browser = await launch(args);
  try {
    const page = await open(await phone(browser), "", url);
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await look(page, "sign-in-live");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Continue" }).click();
    await page.getByText("Tell us who you are, once.").waitFor();
    await look(page, "sign-in-new");
    await page.getByLabel("Your name").fill("Jane Doe");
    await page.getByLabel("E-mail address").fill("jane@example.com");
    await page.getByRole("button", { name: "Begin" }).click();
    await page.getByText("Identity check pending.").waitFor();
    assert.equal(played.tokens, 1);

    await kyc(await page.evaluate(() => JSON.parse(localStorage.getItem("operator")).id), "VERIFIED");
    // From now on each token is old as soon as it is there.
    played.lifetimeS = 10;
    await page.reload();
    await page.getByRole("link", { name: "Me", exact: true }).click();
    await page.getByText("Identity verified").waitFor();
    await page.getByRole("link", { name: "Money" }).click();
    await page.getByText("No earnings yet.").waitFor();
    assert.ok(played.tokens > 2);

    played.sessions.clear();
    await page.getByRole("link", { name: "My tasks" }).click();
    await page.getByText("You are signed out.").waitFor();
    await look(page, "signed-out");
    await page.getByRole("button", { name: "Sign in again" }).click();
    await page.getByRole("link", { name: "Continue" }).click();
    await page.getByText("What you accept is listed here.").waitFor();
    assert.equal(await page.getByText("You are signed out.").count(), 0);

    await page.getByRole("link", { name: "Me", exact: true }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Delete and sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    assert.deepEqual([played.sessions.size, await page.evaluate(() => localStorage.length)], [0, 0]);
    const { strangers, complaints } = page.seen;
    assert.deepEqual([...new Set(strangers.map((it) => new URL(it).hostname))].sort(), ["accounts.example.com", "clerk.example.com"]);
    // Chromium says itself that whoever is new was not found.
    assert.deepEqual(complaints.filter((it) => !it.includes("404")), []);
  } finally {
    await browser.close();
    server.close();
  }
});
