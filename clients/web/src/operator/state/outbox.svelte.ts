/** What waits for the network. It goes out in order, one page at a time, and each of it once. */

import { APIConnectionError, APIError, type Schema } from "@humanops/sdk";
import * as database from "./database";
import { clear, draft, keep } from "./drafts.svelte";
import { upload, UploadError } from "./photos";
import { sentence } from "../../shared/problems";
import { session } from "./session.svelte";

/** Milliseconds between two attempts of what did not go out. */
const EVERY_MS = 15_000;

export type Waiting = { id: string; task: string; title: string } & ({ kind: "proof" } | { kind: "message"; body: string });
type Added<T = Waiting> = T extends Waiting ? Omit<T, "id"> : never;

class Outbox {
  waiting = $state.raw<Waiting[]>([]);
  /** Counts what was sent, so that who shows it asks again. */
  sent = $state(0);
  /** Messages that went out from this page, as the API keeps them, and what they waited as. */
  said = $state.raw<(Schema<"Message"> & { task: string; waited: string })[]>([]);

  async start(): Promise<void> {
    this.waiting = await database.all<Waiting>("outbox");
    addEventListener("online", () => this.flush());
    addEventListener("visibilitychange", () => this.flush());
    setInterval(() => this.flush(), EVERY_MS);
    await this.flush();
  }

  holds(task: string, kind: Waiting["kind"]): boolean {
    return this.waiting.some((waiting) => waiting.task === task && waiting.kind === kind);
  }

  /** Keeps it, then tries. The id begins with the time, by which they are ordered, and is the key of its request. */
  async add(what: Added): Promise<void> {
    const id = `${Date.now()}-${crypto.randomUUID()}`;
    await database.put("outbox", id, { ...what, id });
    await this.flush();
  }

  /** Sends what waits; several pages that are open take turns. */
  async flush(): Promise<void> {
    if (!session.operator) return;
    await navigator.locks.request(`outbox-${session.operator.id}`, async () => {
      this.waiting = await database.all<Waiting>("outbox");
      for (const waiting of this.waiting) {
        if (!(await this.send(waiting))) return;
        await database.remove("outbox", waiting.id);
        this.waiting = this.waiting.filter(({ id }) => id !== waiting.id);
        this.sent++;
      }
    });
  }

  /** Whether it is done with: taken, or refused for good, which its draft then says. */
  private async send(waiting: Waiting): Promise<boolean> {
    const it = await draft(waiting.task);
    try {
      if (waiting.kind === "proof") {
        await submit(waiting.task);
      } else {
        const message = { id: waiting.task, body: waiting.body };
        const said = await session.api.sendOperatorMessage(message, { idempotencyKey: waiting.id });
        this.said = [...this.said, { ...said, task: waiting.task, waited: waiting.id }];
      }
      return true;
    } catch (problem) {
      if (!isFinal(problem)) return false;
      it.refused = sentence(problem);
      // What did not arrive is announced and sent anew.
      if (problem instanceof APIError && problem.code === "photo_not_uploaded") for (const photo of it.photos) delete photo.url;
      if (waiting.kind === "message") it.message ||= waiting.body;
      await keep(it);
      return true;
    }
  }
}

async function submit(id: string): Promise<void> {
  const it = await draft(id);
  const given = { photos: await upload(it), notes: it.notes, confirmation_text: it.confirmation };
  const rest = { reference_url: it.reference, location: it.whereabouts ?? null, encrypted_credential: it.sealed ?? null };
  // The same proof again has the same answer.
  await session.api.submitTask({ id, ...given, ...rest });
  await clear(it);
}

/** Whether sending it again is of no use. What `fetch` itself throws is that there is no network. */
function isFinal(problem: unknown): boolean {
  if (problem instanceof APIConnectionError || problem instanceof TypeError) return false;
  if (!(problem instanceof APIError || problem instanceof UploadError)) return true;
  return problem.status < 500 && ![401, 408, 429].includes(problem.status);
}

export const outbox = new Outbox();
