/** What a task costs, reckoned in whole cents as the API does: the fee is a rate of the reward, $2.00 at least. */

const FEE_LEAST_CENTS = 200;

/** In dollars; nothing where the reward is no amount. */
export function cost(reward: string, ratePercent: number): { reward: number; fee: number; all: number } | undefined {
  const read = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(reward.trim());
  if (!read) return undefined;
  const cents = Number(read[1]) * 100 + Number((read[2] ?? "").padEnd(2, "0"));
  // Half a cent is rounded up.
  const fee = Math.max(FEE_LEAST_CENTS, Math.floor((cents * ratePercent + 50) / 100));
  return { reward: cents / 100, fee: fee / 100, all: (cents + fee) / 100 };
}
