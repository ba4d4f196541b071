// The main job on a phone: from choosing a name to a payout.

import assert from "node:assert/strict";
import { test } from "node:test";
import { camera } from "./photo.mjs";
import { api, calm, launch, look, open, phone, register, task } from "./world.mjs";

/** At the task's place. */
const THERE = { latitude: 40.7128, longitude: -74.006, accuracy: 8 };

test("somebody chooses a name, does a task, and is paid", async () => {
  const browser = await launch(await camera());
  try {
    const page = await open(await phone(browser));
    const { task_id } = await task({ proof_requirements: ["A GPS-stamped photo of the whole sign", "The name can be read"] });
    await page.getByLabel("Your name").waitFor();
    await look(page, "sign-in");
    await register(page, "Jane Doe");
    await page.getByRole("button", { name: "Sort by distance" }).click();
    const card = page.locator(`a[href="#/task/${task_id}"]`);
    await card.getByText("1.8 km").waitFor();
    await card.getByText("north-east").waitFor();
    await look(page, "find");
    await page.getByText("Map").click();
    await page.getByRole("button", { name: "1.8 km north-east" }).click();
    await card.waitFor();
    await look(page, "map");

    await card.click();
    const accept = page.getByRole("button", { name: "Accept this task" });
    await accept.waitFor();
    await page.getByText("$25.00", { exact: true }).waitFor();
    await look(page, "task");
    await accept.click();
    await page.getByRole("button", { name: "I have begun" }).click();
    await shoot(page);
    await page.getByRole("button", { name: "Check the photos" }).click();
    await page.getByText("The photo says it was taken 1849 m from the task's place").waitFor();
    await page.context().setGeolocation(THERE);
    await page.getByRole("button", { name: "Remove photo 1" }).click();
    await shoot(page);
    await page.getByRole("button", { name: "Check the photos" }).click();
    await page.getByText("Nothing found against them").waitFor();
    await page.getByRole("button", { name: "Add my position" }).click();
    await page.getByText("exact to 8 m").waitFor();
    await page.getByLabel("Notes").fill("guardian:approve");
    await look(page, "proof");

    await api(`/tasks/${task_id}/messages`, { body: "From the street, please." });
    await page.getByRole("link", { name: "Messages" }).click();
    await page.getByText("From the street, please.").waitFor();
    await page.getByLabel("Message to the agent").fill("It is.");
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator(".messages .operator").getByText("It is.").waitFor();
    await look(page, "messages");
    await page.getByRole("link", { name: "Back" }).click();

    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByText("by the Guardian").waitFor();
    for (const requirement of ["A GPS-stamped photo of the whole sign", "The name can be read"]) {
      await page.locator(".verdict").getByText(requirement).waitFor();
    }
    await page.getByText("Completed").waitFor();
    await page.getByText("Rate the agent").click();
    await page.getByLabel("4 stars").check();
    await look(page, "verdict");
    await page.getByRole("button", { name: "Send rating" }).click();
    await page.getByText("Thank you.").waitFor();

    const done = await api(`/tasks/${task_id}`);
    assert.equal(done.proof.photos.length, 1);
    assert.deepEqual([done.proof.location.accuracy_m, done.messages.length], [8, 2]);
    await paid(page);
    calm(page);
  } finally {
    await browser.close();
  }
});

/** What the camera sees, with the time and the place. */
async function shoot(page) {
  await page.getByRole("button", { name: "Take a photo" }).click();
  await page.getByText("The photo will say when and where it was taken").waitFor();
  await page.locator("button:enabled", { hasText: "Take it" }).waitFor();
  await look(page, "camera");
  await page.getByRole("button", { name: "Take it" }).click();
  await page.getByRole("img", { name: "Photo 1" }).waitFor();
}

async function paid(page) {
  await page.getByRole("link", { name: "My tasks" }).click();
  await page.getByText("Completed").waitFor();
  await look(page, "mine");
  await page.getByRole("link", { name: "Money" }).click();
  await page.getByText("The next of it is available").waitFor();
  await api("/test/clock/advance", { seconds: 7 * 86_400 }, {});
  await page.reload();
  await page.getByRole("button", { name: "Withdraw now" }).waitFor();
  await look(page, "money");
  await page.getByRole("button", { name: "Withdraw now" }).click();
  await page.getByText("Arrived").waitFor();
  await look(page, "payout");
  await page.getByRole("link", { name: "Me", exact: true }).click();
  await page.getByText("Identity verified").waitFor();
  await page.getByText("Change your profile").click();
  await page.getByLabel("City (optional)").fill("Hoboken");
  await page.getByLabel("Photo", { exact: true }).check();
  await look(page, "profile");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  await page.locator(".facts").getByText("Hoboken").waitFor();
  await page.getByLabel("Language").selectOption("de");
  await page.getByRole("heading", { name: "Ihre Bilanz" }).waitFor();
  await look(page, "me");
}
