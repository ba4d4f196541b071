// Sealed credentials: the vectors that all clients open, and what opens nothing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CredentialError, generateKeyPair, openCredential, sealCredential } from "@humanops/sdk";

const vectors = JSON.parse(readFileSync(process.env.HUMANOPS_VECTORS, "utf8"));
const { subtle } = globalThis.crypto;
const url = (buffer) => Buffer.from(buffer).toString("base64url");

/** A private key as this SDK keeps it. */
async function pkcs8({ agent_raw, agent_d }) {
  const raw = Buffer.from(agent_raw, "base64");
  const jwk = { kty: "EC", crv: "P-256", d: agent_d, x: url(raw.subarray(1, 33)), y: url(raw.subarray(33)) };
  const key = await subtle.importKey("jwk", jwk, { name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  return Buffer.from(await subtle.exportKey("pkcs8", key)).toString("base64");
}

const envelope = ({ ct, iv, eph_raw }) => ({ ciphertext: ct, iv, ephemeralPublicKey: eph_raw, algorithm: "ECDH-P256-AES-256-GCM" });

test("every vector is opened, with its own key and task only", async () => {
  assert.ok(vectors.length >= 20);
  for (const vector of vectors) {
    const key = await pkcs8(vector);
    const opened = await openCredential(vector.taskId, envelope(vector), key);
    assert.equal(typeof opened === "string" ? opened : JSON.stringify(opened), vector.pt);
    await assert.rejects(openCredential("task_other", envelope(vector), key), CredentialError);
    await assert.rejects(openCredential(vector.taskId, envelope(vector), (await generateKeyPair()).privateKey), CredentialError);
  }
});

test("what is sealed to a new key is opened by it, whatever it is", async () => {
  const { publicKey, privateKey } = await generateKeyPair();
  assert.equal(Buffer.from(publicKey, "base64").length, 65);
  for (const credential of [{ api_key: "sk_1", note: "ünïcode" }, "a text", ["a"], { long: "x".repeat(60_000) }]) {
    const sealed = await sealCredential("task_1", publicKey, credential);
    assert.deepEqual(await openCredential("task_1", sealed, privateKey), credential);
  }
});

test("an envelope with a changed byte is not opened", async () => {
  const { publicKey, privateKey } = await generateKeyPair();
  const sealed = await sealCredential("task_1", publicKey, { api_key: "sk_1" });
  for (const name of ["ciphertext", "iv", "ephemeralPublicKey"]) {
    const changed = Buffer.from(sealed[name], "base64");
    changed[changed.length - 1] ^= 1;
    const other = { ...sealed, [name]: changed.toString("base64") };
    await assert.rejects(openCredential("task_1", other, privateKey), CredentialError, name);
  }
});
