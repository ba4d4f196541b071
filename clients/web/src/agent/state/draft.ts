/** A task that is not posted yet: as typed, kept in this tab, until it was posted. */

import type { Params } from "@humanops/sdk";

const KEY = "agent-draft";
const DAY_MS = 86_400_000;

export interface Draft {
  task_type: string;
  title: string;
  description: string;
  instructions: string;
  address: string;
  lat: string;
  lng: string;
  requirements: string[];
  reward: string;
  /** Local time, as the field has it. */
  deadline: string;
  public_key: string;
  basis: string;
  statement: string;
  callback_url: string;
  callback_secret: string;
  /** One for each task that is wanted: sent twice, it is still one. */
  attempt: { of: string; key: string };
}

export function restore(): Draft {
  const kept = sessionStorage.getItem(KEY);
  return { ...empty(), ...(kept ? (JSON.parse(kept) as Draft) : {}) };
}

export function keep(draft: Draft): void {
  sessionStorage.setItem(KEY, JSON.stringify(draft));
}

export function forget(): void {
  sessionStorage.removeItem(KEY);
}

export function empty(): Draft {
  const [task_type, title, description, instructions, address, lat, lng, reward] = ["VERIFICATION", "", "", "", "", "", "", ""];
  const [public_key, basis, statement, callback_url, callback_secret] = ["", "OWNER", "", "", ""];
  const written = { task_type, title, description, instructions, address, lat, lng, reward };
  const more = { public_key, basis, statement, callback_url, callback_secret };
  return { ...written, ...more, requirements: [""], deadline: local(Date.now() + DAY_MS), attempt: { of: "", key: "" } };
}

/** What the API is asked for. Fields that were left empty are left out, but for those that it wants. */
export function request(draft: Draft, wants: { place: boolean; key: boolean; authority: boolean }): Params<"createTask"> {
  const { lat, lng } = draft;
  const place = { ...(draft.address && { address: draft.address }), ...(lat && { lat }), ...(lng && { lng }) };
  const secret = draft.callback_secret && { callback_secret: draft.callback_secret };
  return {
    task_type: draft.task_type as Params<"createTask">["task_type"],
    title: draft.title,
    description: draft.description,
    reward_usd: draft.reward.trim(),
    deadline: moment(draft.deadline),
    proof_requirements: draft.requirements.map((line) => line.trim()).filter(Boolean),
    ...(Object.keys(place).length > 0 && { location: place }),
    ...(!wants.place && draft.instructions && { digital_instructions: draft.instructions }),
    ...(wants.key && draft.public_key && { agent_public_key: draft.public_key.trim() }),
    ...(wants.authority && { authorization: { basis: draft.basis as "OWNER" | "AUTHORIZED", statement: draft.statement } }),
    ...(draft.callback_url && { callback_url: draft.callback_url, ...secret }),
  };
}

/** In UTC; what is no time goes out as it is, for the API to say so. */
function moment(written: string): string {
  const ms = Date.parse(written);
  return Number.isNaN(ms) ? written : new Date(ms).toISOString();
}

/** As `datetime-local` wants it: the local time, to the minute. */
function local(ms: number): string {
  return new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
