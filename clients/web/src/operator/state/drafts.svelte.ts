/** What an operator has typed and photographed for a task. Kept at every change, until it was handed in. */

import type { Envelope } from "@humanops/sdk";
import * as database from "./database";

export interface Photo {
  id: string;
  type: "image/jpeg" | "image/png" | "image/webp";
  size: number;
  /** Hexadecimal. */
  sha256: string;
  /** `photo_url`, once it is in the bucket. */
  url?: string;
}

export interface Whereabouts {
  lat: number;
  lng: number;
  accuracy_m: number;
  captured_at: string;
}

export interface Draft {
  task: string;
  photos: Photo[];
  confirmation: string;
  reference: string;
  notes: string;
  whereabouts?: Whereabouts | undefined;
  /** Only ever the envelope. */
  sealed?: Envelope | undefined;
  message: string;
  statement: string;
  /** What the API said against it when it was handed in. */
  refused?: string | undefined;
}

/** One object for each task, whoever changes it. */
const open = new Map<string, Promise<Draft>>();

export function draft(task: string): Promise<Draft> {
  let found = open.get(task);
  if (!found) {
    found = restore(task);
    open.set(task, found);
  }
  return found;
}

export function keep(changed: Draft): Promise<void> {
  return database.put("drafts", changed.task, $state.snapshot(changed));
}

/** After it was handed in: what belongs to the proof goes, what was typed beside it stays. */
export async function clear(handedIn: Draft): Promise<void> {
  for (const { id } of handedIn.photos) await database.remove("photos", id);
  Object.assign(handedIn, empty(handedIn.task), { message: handedIn.message, statement: handedIn.statement });
  await keep(handedIn);
}

async function restore(task: string): Promise<Draft> {
  const kept = await database.get<Draft>("drafts", task);
  const draft = $state({ ...empty(task), ...kept });
  return draft;
}

function empty(task: string): Draft {
  const texts = { confirmation: "", reference: "", notes: "", message: "", statement: "" };
  return { task, photos: [], ...texts, whereabouts: undefined, sealed: undefined, refused: undefined };
}
