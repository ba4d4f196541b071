/** The newest event. The API lists from a number on, oldest first, so the end is found by doubling and halving. */

import type { HumanOpsClient } from "@humanops/sdk";

/** The most that one answer has. */
const PAGE = 100;

/**
 * The number of the newest event, 0 where there is none.
 * @param known a number that was reached before, from which to look on
 */
export async function newest(api: HumanOpsClient, known: number): Promise<number> {
  /** The last number of the page behind `after`, and whether it is the last page. */
  const page = async (after: number) => {
    const { data } = await api.listEvents({ after, limit: PAGE });
    return { last: data.at(-1)?.sequence ?? 0, ends: data.length > 0 && data.length < PAGE };
  };
  let [low, high] = [known, Number.POSITIVE_INFINITY];
  for (let step = 0; low < high; step = step * 2 || PAGE) {
    const after = high === Number.POSITIVE_INFINITY ? low + step : Math.floor((low + high) / 2);
    const { last, ends } = await page(after);
    if (ends) return last;
    if (last > 0) low = last;
    else high = after;
  }
  return low;
}
