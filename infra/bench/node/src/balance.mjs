// GET /agents/balance: what can be spent, and what is held for open tasks.

import { enter } from "./caller.mjs";
import { dollars } from "./money.mjs";

export async function balance(request) {
  const { account } = await enter(request, { account: true });
  const { dep, esc } = account;
  return { status: 200, body: { deposit_balance: dollars(dep), escrow_balance: dollars(esc), currency: "USD" } };
}
