/** Sealed credentials, profile v1 (docs/CREDENTIALS.md): P-256, HKDF-SHA256, AES-256-GCM, by WebCrypto. */

import { base64, bytes, text } from "./encoding.js";
import { CredentialError } from "./errors.js";

/** An agent's pair. The private half is base64 of its PKCS#8 DER: who loses it loses what was sealed to it. */
export interface KeyPair {
  /** Base64 of the 65 bytes of the point: `agent_public_key`. */
  publicKey: string;
  privateKey: string;
}

/** What an operator hands in, and an agent gets. */
export interface Envelope {
  ciphertext: string;
  iv: string;
  ephemeralPublicKey: string;
  algorithm: string;
}

const P256 = { name: "ECDH", namedCurve: "P-256" } as const;
const PROFILE = "humanops/cred/v1";
const ALGORITHM = "ECDH-P256-AES-256-GCM";
const IV_BYTES = 12;

export async function generateKeyPair(): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey(P256, true, ["deriveBits"]);
  const publicKey = base64(await crypto.subtle.exportKey("raw", pair.publicKey));
  return { publicKey, privateKey: base64(await crypto.subtle.exportKey("pkcs8", pair.privateKey)) };
}

/** Opens the envelope of a task. The plaintext is a JSON object by custom, and a text where it is none. */
export async function openCredential(taskId: string, envelope: Envelope, privateKey: string): Promise<unknown> {
  try {
    const mine = await crypto.subtle.importKey("pkcs8", bytes(privateKey), P256, true, ["deriveBits"]);
    const ephemeral = bytes(envelope.ephemeralPublicKey);
    const theirs = await crypto.subtle.importKey("raw", ephemeral, P256, false, []);
    const key = await contentKey(taskId, ephemeral, await publicHalf(mine), mine, theirs);
    const opened = await crypto.subtle.decrypt(cipher(taskId, bytes(envelope.iv)), key, bytes(envelope.ciphertext));
    return plaintext(new TextDecoder().decode(opened));
  } catch (cause) {
    throw new CredentialError(`This key does not open the credential of ${taskId}.`, { cause });
  }
}

/** Seals a credential to an agent's key, as its operator does. */
export async function sealCredential(taskId: string, agentPublicKey: string, credential: unknown): Promise<Envelope> {
  const agent = bytes(agentPublicKey);
  const pair = await crypto.subtle.generateKey(P256, true, ["deriveBits"]);
  const ephemeral = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const theirs = await crypto.subtle.importKey("raw", agent, P256, false, []);
  const key = await contentKey(taskId, ephemeral, agent, pair.privateKey, theirs);
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const said = typeof credential === "string" ? credential : JSON.stringify(credential);
  const sealed = await crypto.subtle.encrypt(cipher(taskId, iv), key, text(said));
  return { ciphertext: base64(sealed), iv: base64(iv), ephemeralPublicKey: base64(ephemeral), algorithm: ALGORITHM };
}

type Bytes = Uint8Array<ArrayBuffer>;

async function contentKey(taskId: string, ephemeral: Bytes, agent: Bytes, mine: CryptoKey, theirs: CryptoKey) {
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, mine, 256);
  const info = Uint8Array.from([...text(`${PROFILE}\0${taskId}\0`), ...ephemeral, ...agent]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(hkdf, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

const cipher = (taskId: string, iv: Bytes) => ({ name: "AES-GCM", iv, additionalData: text(`${PROFILE}|${taskId}`) });

/** The 65 bytes of a private key's point. */
async function publicHalf(key: CryptoKey): Promise<Bytes> {
  const { x = "", y = "" } = await crypto.subtle.exportKey("jwk", key);
  return Uint8Array.from([4, ...bytes(x), ...bytes(y)]);
}

function plaintext(opened: string): unknown {
  try {
    return JSON.parse(opened);
  } catch {
    return opened;
  }
}
