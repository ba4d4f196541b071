/** Bytes and texts. */

export const text = (string: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(string);

/** Padded standard base64. */
export function base64(buffer: ArrayBuffer | Uint8Array): string {
  // One by one: an argument for each byte would be too many for a long text.
  return btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
}

/** Of standard or URL-safe base64, padded or not. */
export function bytes(encoded: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(encoded.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
}

export const hex = (buffer: ArrayBuffer): string =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
