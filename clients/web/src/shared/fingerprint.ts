/** How people compare a key: the first half of the SHA-256 of its 65 raw bytes, in groups of four. */

export async function fingerprint(key: string): Promise<string> {
  const raw = Uint8Array.from(atob(key), (char) => char.charCodeAt(0));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", raw)).slice(0, 16);
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.match(/.{4}/g)?.join(" ") ?? "";
}
