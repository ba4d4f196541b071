// Money in integer micro-dollars, and the fee.

const MICROS = 1_000_000;
const CENT = 10_000;
const FEE_MIN = 2 * MICROS;
const GROWTH_FROM = 5_000 * MICROS;
const GROWTH_TO = 25_000 * MICROS;

// Basis points of the fee.
export function tier(spend) {
  if (spend < GROWTH_FROM) return 1_800;
  return spend <= GROWTH_TO ? 1_500 : 1_200;
}

export const fee = (reward, bps) => Math.max(FEE_MIN, Math.floor((reward * bps) / 10_000 / CENT + 0.5) * CENT);

export const dollars = (micros) => micros / MICROS;

// Micro-dollars of a number or a decimal text with at most two decimals; `undefined` for anything else.
export function micros(value) {
  const match = /^([0-9]{1,12})(?:\.([0-9]{1,2}))?$/.exec(String(value));
  return match ? Number(match[1]) * MICROS + Number((match[2] ?? "").padEnd(6, "0")) : undefined;
}
