/** Photos: taken, kept on this device as they are, and brought to the bucket. */

import * as database from "./database";
import { type Draft, keep, type Photo } from "./drafts.svelte";
import { session } from "./session.svelte";

/** What the API takes. */
const TYPES: readonly string[] = ["image/jpeg", "image/png", "image/webp"];
const BYTES_MAX = 10 * 1_024 * 1_024;
export const PHOTOS_MAX = 10;
/** Pixels of the longer side of what had to be made smaller. */
const SIDE_MAX = 4_096;
const QUALITY = 0.9;
/** The file is there already, from an attempt whose answer was lost. */
const PRESENT = 412;

/** Adds a photo to a draft; it is kept before this returns. Fails for what no browser can read as a picture. */
export async function take(draft: Draft, file: Blob): Promise<void> {
  const blob = await acceptable(file);
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (draft.photos.some((other) => other.sha256 === sha256)) return;
  const id = crypto.randomUUID();
  await database.put("photos", id, blob);
  draft.photos.push({ id, type: blob.type as Photo["type"], size: blob.size, sha256 });
  await keep(draft);
}

export async function discard(draft: Draft, id: string): Promise<void> {
  draft.photos = draft.photos.filter((photo) => photo.id !== id);
  await keep(draft);
  await database.remove("photos", id);
}

export async function picture(id: string): Promise<Blob | undefined> {
  return database.get<Blob>("photos", id);
}

/** Brings those to the bucket that are not there yet; answers the addresses of all. */
export async function upload(draft: Draft): Promise<string[]> {
  for (const photo of draft.photos.filter(({ url }) => !url)) {
    const blob = await picture(photo.id);
    if (!blob) throw new Error(`photo ${photo.id} is not on this device`);
    const { size, sha256 } = photo;
    const announced = { task_id: draft.task, content_type: photo.type, size_bytes: size, sha256 };
    const { upload_url, headers, photo_url } = await session.api.createUpload(announced);
    const answer = await fetch(upload_url, { method: "PUT", headers: headers as Record<string, string>, body: blob });
    if (!answer.ok && answer.status !== PRESENT) throw new UploadError(answer.status);
    photo.url = photo_url;
    await keep(draft);
  }
  return draft.photos.flatMap(({ url }) => url ?? []);
}

/** The bucket refused a photo. */
export class UploadError extends Error {
  constructor(readonly status: number) {
    super(`the bucket answered ${status}`);
  }
}

/** The file itself where the API takes it, with what the camera wrote into it, which the Guardian looks at. */
async function acceptable(file: Blob): Promise<Blob> {
  if (TYPES.includes(file.type) && file.size <= BYTES_MAX) return file;
  const image = await createImageBitmap(file);
  const scale = Math.min(1, SIDE_MAX / Math.max(image.width, image.height));
  const canvas = new OffscreenCanvas(Math.round(image.width * scale), Math.round(image.height * scale));
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
}
