/** What the API answered: where answers are kept, the last one at once; then a fresh one. */

import { APIConnectionError } from "@humanops/sdk";

/** A place for one answer, on this device. */
export interface Kept<T> {
  get(): Promise<T | undefined>;
  put(value: T): Promise<void>;
}

export class Reading<T> {
  value = $state.raw<T>();
  /** Why there is no fresh one. */
  problem = $state.raw<unknown>();
  /** Without a network, what is shown is what was known. */
  stale = $derived(this.problem instanceof APIConnectionError);
  private latest = 0;

  constructor(
    private readonly ask: () => PromiseLike<T>,
    private readonly kept?: Kept<T>,
  ) {
    void this.start();
  }

  /** Asks again; an older answer that comes later does not count. */
  async refresh(): Promise<void> {
    const turn = ++this.latest;
    try {
      const value = await this.ask();
      if (turn !== this.latest) return;
      this.value = value;
      this.problem = undefined;
      await this.kept?.put(value);
    } catch (problem) {
      if (turn === this.latest) this.problem = problem;
    }
  }

  /** Asks again every so many milliseconds while somebody looks at the page; answers what ends it. */
  every(ms: number): () => void {
    const timer = setInterval(() => document.hidden || void this.refresh(), ms);
    return () => clearInterval(timer);
  }

  private async start(): Promise<void> {
    const fresh = this.refresh();
    const kept = await this.kept?.get();
    if (this.value === undefined) this.value = kept;
    await fresh;
  }
}
