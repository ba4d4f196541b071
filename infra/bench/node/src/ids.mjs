// Identifiers and hashes: 128 bits in Crockford's base32 behind a prefix; base62 in keys.

import { createHash, randomBytes } from "node:crypto";

const CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";
export const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

export function encode(prefix, bytes) {
  let number = BigInt(`0x${bytes.toString("hex")}`);
  let text = "";
  for (let i = 0; i < 26; i++) {
    text = CROCKFORD[Number(number & 31n)] + text;
    number >>= 5n;
  }
  return prefix + text;
}

// 48 bits of milliseconds, 80 random bits.
export function newTaskId(now) {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(now, 0, 6);
  randomBytes(10).copy(bytes, 6);
  return { bytes, text: encode("task_", bytes) };
}

export function fromBase62(text) {
  let number = 0n;
  for (const digit of text) number = number * 62n + BigInt(BASE62.indexOf(digit));
  return number;
}

export function toBase62(number, length) {
  let text = "";
  for (let i = 0; i < length; i++) {
    text = BASE62[number % 62] + text;
    number = Math.floor(number / 62);
  }
  return text;
}
