// What goes otherwise: an identity that is not verified, a task given back, proof that is rejected.

import assert from "node:assert/strict";
import { test } from "node:test";
import { api, calm, kyc, launch, look, open, phone, register, task } from "./world.mjs";

const REVIEW = { location: null, task_type: "CONTENT_REVIEW", title: "Is the page about bread right?", proof_requirements: ["A verdict"] };

test("who may not accept is told why, who gives back is free, and who is rejected has a say", async () => {
  const browser = await launch();
  try {
    const page = await open(await phone(browser));
    const { task_id: id } = await task(REVIEW);
    await register(page, "Alan Turing");
    const operator = await page.evaluate(() => JSON.parse(localStorage.getItem("operator")).id);
    await kyc(operator, "REJECTED");
    await page.reload();
    await page.getByText("Identity check failed.").waitFor();
    await look(page, "not-verified");
    await kyc(operator, "VERIFIED");

    await page.locator(`a[href="#/task/${id}"]`).click();
    await page.getByRole("button", { name: "Accept this task" }).click();
    await page.getByRole("button", { name: "Give it back" }).click();
    await look(page, "give-back");
    await page.getByRole("button", { name: "Yes, give it back" }).click();
    await page.getByRole("button", { name: "Accept this task" }).click();

    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByText("Say what you found or did first.").waitFor();
    await page.getByLabel("What did you find or do?").fill("guardian:reject");
    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByText("Not accepted by the Guardian").or(page.getByText("Rejected")).first().waitFor();
    await page.getByLabel("Statement", { exact: true }).fill("The page says so itself.");
    await look(page, "dispute");
    await page.getByRole("button", { name: "Send statement" }).click();
    await page.getByText("A new one takes its place.").waitFor();
    assert.equal((await api(`/tasks/${id}`)).status, "DISPUTED");
    calm(page);
  } finally {
    await browser.close();
  }
});
