// An operator who needs no page: by calls of the API.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { api } from "./world.mjs";

/** What says in a request that it is Jane's. */
export async function jane() {
  const { operator_id } = await api("/operator/register", { name: "Jane Doe", email: "jane@example.com" }, {});
  return { "x-operator-id": operator_id };
}

/** Uploads a photo, and submits it. */
export async function handIn(id, operator, { buffer, mimeType }, notes) {
  const sha256 = createHash("sha256").update(buffer).digest("hex");
  const wanted = { task_id: id, content_type: mimeType, size_bytes: buffer.length, sha256 };
  const { method, upload_url, headers, photo_url } = await api("/operator/upload", wanted, operator);
  const put = await fetch(upload_url, { method, headers, body: buffer });
  assert.ok(put.ok, `${put.status} ${await put.text()}`);
  await api(`/operator/tasks/${id}/submit`, { photos: [photo_url], notes }, operator);
}
