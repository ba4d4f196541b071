/** A request on its way: a promise of its answer, and of the pages that follow. */

import type { Item } from "./types.js";

/** An answer with what came around it. */
export interface Sent<T> {
  data: T;
  response: Response;
  /** Names the request in the logs. */
  requestId: string | null;
}

/** What a list says of its rest. */
interface Listed {
  data?: unknown[];
  pagination?: { next_cursor: string | null };
  next_after?: number;
}

export class Call<T> implements Promise<T> {
  readonly [Symbol.toStringTag] = "Call";
  private readonly sent: Promise<Sent<T>>;

  /** @param send sends the request, or the same one with other fields. */
  constructor(private readonly send: (more: Record<string, unknown>) => Promise<Sent<T>>) {
    this.sent = send({});
  }

  /** The answer with its status, its headers and the request's id. */
  withResponse(): Promise<Sent<T>> {
    return this.sent;
  }

  then<A = T, B = never>(
    done?: ((data: T) => A | PromiseLike<A>) | null,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.sent.then(({ data }) => data).then(done, failed);
  }

  catch<B = never>(failed?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, failed);
  }

  finally(settled?: (() => void) | null): Promise<T> {
    return this.then().finally(settled);
  }

  /** The pages of a list, from this one to the last. */
  async *pages(): AsyncGenerator<T, void, undefined> {
    let { data } = await this.sent;
    for (;;) {
      yield data;
      const next = after(data as Listed);
      if (next === undefined) return;
      ({ data } = await this.send(next));
    }
  }

  /** The elements of a list, page by page. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item<T>, void, undefined> {
    for await (const page of this.pages()) yield* ((page as Listed).data ?? []) as Item<T>[];
  }

  /** The first `limit` elements of a list. */
  async toArray({ limit }: { limit: number }): Promise<Item<T>[]> {
    const all: Item<T>[] = [];
    if (limit <= 0) return all;
    for await (const item of this) {
      all.push(item);
      if (all.length >= limit) break;
    }
    return all;
  }
}

/** What to ask for to get the next page; nothing after the last. */
function after({ data, pagination, next_after }: Listed): Record<string, unknown> | undefined {
  if (pagination?.next_cursor) return { cursor: pagination.next_cursor, offset: undefined };
  // Events go on for ever: who has read to the end has an empty page.
  return next_after !== undefined && data?.length ? { after: next_after } : undefined;
}
