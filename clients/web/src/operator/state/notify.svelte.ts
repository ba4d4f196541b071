/**
 * Whether this browser is notified, and of what. The subscription is the browser's own; here is kept only whose it is, and
 * where new tasks are told of.
 */

import type { Params } from "@humanops/sdk";
import { position } from "./place.svelte";
import { session } from "./session.svelte";

type Area = NonNullable<Params<"subscribeToPush">["near"]>;
interface Kept {
  operator: string;
  /** The browser's id. */
  id: string;
  near?: Area;
}
/** Why it is not to be had, as the words for it are called. */
type Reason = "unable" | "denied" | "failed" | "nowhere";

const KEY = "notify";
/** Kilometres around where somebody is. */
const RADIUS_KM = 10;

class Notify {
  /** None while nobody is notified here. */
  on = $state.raw(read());
  /** With what a browser subscribes; none where no notifications are sent, or nobody said so yet. */
  key = $state<string | null>(null);
  busy = $state(false);
  reason = $state<Reason>();

  /** Asks whether there is something to offer, and renews what there is. Without a network it is for the next start. */
  async start(): Promise<void> {
    const isAllowed = globalThis.Notification?.permission === "granted";
    if (this.on && (this.on.operator !== session.operator?.id || !isAllowed)) await this.end();
    if (!session.operator) return;
    this.key = (await session.api.getPush().catch(() => undefined))?.public_key ?? null;
    if (this.key && this.on) await this.attempt(() => this.subscribe(this.on?.near));
  }

  /** By a press alone: it asks for permission. */
  begin(): Promise<void> {
    return this.attempt(() => this.subscribe());
  }

  /** With new tasks around where the operator is now, or without. */
  around(wanted: boolean): Promise<void> {
    return this.attempt(async () => this.subscribe(wanted ? await area() : undefined));
  }

  /** In the browser first: then nothing comes any more, whatever becomes of the rest. */
  async end(): Promise<void> {
    const ended = this.on;
    this.on = undefined;
    localStorage.removeItem(KEY);
    const registration = await navigator.serviceWorker?.getRegistration();
    const subscription = await registration?.pushManager?.getSubscription();
    await subscription?.unsubscribe().catch(() => false);
    if (ended && ended.operator === session.operator?.id) await session.api.unsubscribeFromPush({ id: ended.id }).catch(() => {});
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.reason = undefined;
    try {
      await work();
    } catch (problem) {
      this.reason = problem instanceof Refused ? problem.reason : "failed";
    } finally {
      this.busy = false;
    }
  }

  private async subscribe(near?: Area): Promise<void> {
    if (!("PushManager" in window) || !("Notification" in window)) throw new Refused("unable");
    if ((await Notification.requestPermission()) !== "granted") throw new Refused("denied");
    if (!this.key || !session.operator) throw new Refused("failed");
    const { endpoint, keys } = (await subscription(this.key)).toJSON();
    const { p256dh, auth } = keys ?? {};
    if (!endpoint || !p256dh || !auth) throw new Refused("failed");
    const { id } = await session.api.subscribeToPush({ endpoint, keys: { p256dh, auth }, ...(near && { near }) });
    this.on = { operator: session.operator.id, id, ...(near && { near }) };
    localStorage.setItem(KEY, JSON.stringify(this.on));
  }
}

class Refused extends Error {
  constructor(readonly reason: Reason) {
    super(reason);
  }
}

/** That of the browser, for this key: messages of another one would not come. */
async function subscription(key: string): Promise<PushSubscription> {
  const { pushManager } = await navigator.serviceWorker.ready;
  const kept = await pushManager.getSubscription();
  if (kept && text(kept.options.applicationServerKey) === key) return kept;
  await kept?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

async function area(): Promise<Area> {
  const { coords } = await position().catch(() => Promise.reject(new Refused("nowhere")));
  return { lat: coords.latitude, lng: coords.longitude, radius_km: RADIUS_KM };
}

/** Base64url. */
function text(bytes: ArrayBuffer | null): string {
  const plain = btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0))));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function read(): Kept | undefined {
  const kept = localStorage.getItem(KEY);
  return kept ? (JSON.parse(kept) as Kept) : undefined;
}

/** What notifications say, for the service worker, which has no words of its own. */
export async function leaveWords(events: Record<string, string>): Promise<void> {
  const words = await globalThis.caches?.open("words");
  await words?.put("/words", new Response(JSON.stringify(events)));
}

export const notify = new Notify();
