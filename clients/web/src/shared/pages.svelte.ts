/** A list by its pages: the first as it is now, and those that were asked for after it. */

import { type Kept, Reading } from "./reading.svelte";

export interface Page<T> {
  data: T[];
  pagination: { next_cursor: string | null };
}

export class Pages<T> {
  readonly first: Reading<Page<T>>;
  /** Why a later page did not come. */
  problem = $state.raw<unknown>();
  private further = $state.raw<Page<T>[]>([]);

  constructor(
    private readonly ask: (more: { cursor?: string }) => PromiseLike<Page<T>>,
    kept?: Kept<Page<T>>,
  ) {
    this.first = new Reading(() => ask({}), kept);
  }

  get items(): T[] {
    return [this.first.value ?? [], this.further].flat().flatMap(({ data }) => data);
  }

  /** Where the next page begins; nothing after the last. */
  get cursor(): string | null | undefined {
    return (this.further.at(-1) ?? this.first.value)?.pagination.next_cursor;
  }

  async more(): Promise<void> {
    const { cursor } = this;
    if (!cursor) return;
    try {
      const page = await this.ask({ cursor });
      if (cursor === this.cursor) this.further = [...this.further, page];
      this.problem = undefined;
    } catch (problem) {
      this.problem = problem;
    }
  }

  /** Begins again with the first page. */
  async refresh(): Promise<void> {
    await this.first.refresh();
    this.further = [];
  }
}
