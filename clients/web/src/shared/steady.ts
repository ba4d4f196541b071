/** Signed addresses are new with each answer. A photo keeps the one by which the browser has it, while that works. */

/** Milliseconds; an address works for 15 minutes. */
const WORKS_MS = 10 * 60_000;

const known = new Map<string, { address: string; since: number }>();

export function steady(address: string): string {
  const { origin, pathname } = new URL(address, location.href);
  const before = known.get(origin + pathname);
  if (before && Date.now() - before.since < WORKS_MS) return before.address;
  known.set(origin + pathname, { address, since: Date.now() });
  return address;
}
