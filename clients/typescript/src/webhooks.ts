/** Callbacks (docs/CALLBACKS.md): whether one was signed with the secret of its task, and what it says. */

import { base64, bytes, hex, text } from "./encoding.js";
import { SignatureError } from "./errors.js";
import type { Schema } from "./types.js";

/** The body of a callback. */
export type TaskEvent = Schema<"TaskEvent">;

/** As Node.js, a fetch handler or a framework has them. */
export type HeadersLike = Headers | Record<string, string | string[] | undefined>;

export interface UnwrapOptions {
  /** Seconds between sending and now; 300 unless said otherwise. */
  toleranceS?: number;
}

export interface TestCallback {
  payload: string;
  secret: string;
  id?: string;
  /** When it was sent; now unless said otherwise. */
  at?: Date;
}

const TOLERANCE_S = 300;
const HMAC = { name: "HMAC", hash: "SHA-256" } as const;

/** Checks the signature of a callback and reads it. The body must be the raw one: parsed and printed again it differs. */
export async function unwrap(
  body: string | Uint8Array,
  headers: HeadersLike,
  secret: string,
  { toleranceS = TOLERANCE_S }: UnwrapOptions = {},
): Promise<TaskEvent> {
  if (typeof body !== "string" && !(body instanceof Uint8Array)) {
    throw new SignatureError("Give the raw body: a text or bytes, not what a framework has parsed.");
  }
  if (!secret) throw new SignatureError("Give the `callback_secret` of the task.");
  const raw = typeof body === "string" ? text(body) : Uint8Array.from(body);
  const signature = header(headers, "webhook-signature");
  // Whoever sends the newer one is held to it: it also says when.
  const isSigned =
    signature === undefined
      ? await verifySignature(raw, header(headers, "x-humanops-signature") ?? "", secret)
      : await isStandard(raw, headers, signature, secret, toleranceS);
  if (!isSigned) throw new SignatureError("This callback was not signed with this secret, or not lately.");
  return JSON.parse(new TextDecoder().decode(raw)) as TaskEvent;
}

/** Whether `X-HumanOps-Signature` is that of the raw body. It does not say when: prefer `unwrap`. */
export async function verifySignature(body: string | Uint8Array, signature: string, secret: string): Promise<boolean> {
  if (!/^[0-9a-f]{64}$/.test(signature)) return false;
  const given = Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const raw = typeof body === "string" ? text(body) : Uint8Array.from(body);
  return crypto.subtle.verify("HMAC", await hmacKey(text(secret)), given, raw);
}

/** The headers of a callback, to try one's own server with. */
export async function generateTestHeaders({ payload, secret, id, at }: TestCallback): Promise<Record<string, string>> {
  const name = id ?? `evt_test_${crypto.randomUUID()}`;
  const sent = Math.floor((at ?? new Date()).getTime() / 1_000).toString();
  const signed = await crypto.subtle.sign("HMAC", await hmacKey(standardKey(secret)), text(`${name}.${sent}.${payload}`));
  const legacy = await crypto.subtle.sign("HMAC", await hmacKey(text(secret)), text(payload));
  return {
    "content-type": "application/json",
    "webhook-id": name,
    "webhook-timestamp": sent,
    "webhook-signature": `v1,${base64(signed)}`,
    "x-humanops-signature": hex(legacy),
  };
}

async function isStandard(raw: Uint8Array, headers: HeadersLike, signature: string, secret: string, toleranceS: number) {
  const [id, sent] = [header(headers, "webhook-id") ?? "", header(headers, "webhook-timestamp") ?? ""];
  if (!/^\d{1,12}$/.test(sent) || Math.abs(Date.now() / 1_000 - Number(sent)) > toleranceS) return false;
  const key = await hmacKey(standardKey(secret));
  const signed = Uint8Array.from([...text(`${id}.${sent}.`), ...raw]);
  for (const one of signature.split(" ")) {
    const [version, value = ""] = one.split(",");
    const given = /^[A-Za-z0-9+/]{43}=$/.test(value) ? bytes(value) : undefined;
    if (version === "v1" && given && (await crypto.subtle.verify("HMAC", key, given, signed))) return true;
  }
  return false;
}

/** Behind `whsec_` it is base64; what is none stands for itself. */
function standardKey(secret: string): Uint8Array<ArrayBuffer> {
  try {
    return secret.startsWith("whsec_") ? bytes(secret.slice(6)) : text(secret);
  } catch {
    return text(secret);
  }
}

const hmacKey = (raw: Uint8Array<ArrayBuffer>) => crypto.subtle.importKey("raw", raw, HMAC, false, ["sign", "verify"]);

function header(headers: HeadersLike, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return Array.isArray(found) ? found[0] : found;
}
