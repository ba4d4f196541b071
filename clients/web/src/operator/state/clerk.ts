/** Signing in by Clerk: at the pages that it shows itself, and by its Frontend API (decisions/0025). */

import { SignedOut } from "../../shared/problems";

/** What that API's answers are of. */
const VERSION = { __clerk_api_version: "2025-04-10", _clerk_js_version: "5.128.0" };
const TIMEOUT_MS = 10_000;
/** Milliseconds before its end from which on a token is asked for anew. */
const SPARE_MS = 10_000;

interface Client {
  sessions: { id: string; status: string }[];
  last_active_session_id: string | null;
}

export class Clerk {
  private latest: { jwt: string; until: number } | undefined;
  private asking: Promise<string> | undefined;

  /** `host` is its Frontend API; `lost` hears when there is no session, or none any more. */
  constructor(
    private readonly host: string,
    private readonly lost: () => void,
  ) {}

  /** Leaves for the page on which people sign in, which comes back to `back`. */
  async signIn(back: string): Promise<void> {
    const { display_config } = (await this.ask("GET", "environment")) as { display_config: { sign_in_url: string } };
    const page = new URL(display_config.sign_in_url);
    page.searchParams.set("redirect_url", back);
    location.assign(page.href);
  }

  async signOut(): Promise<void> {
    this.latest = undefined;
    await this.ask("DELETE", "client/sessions");
  }

  /** The session's token, which lives for a minute. Fails with `SignedOut`. */
  async token(): Promise<string> {
    if (this.latest && Date.now() < this.latest.until) return this.latest.jwt;
    this.asking ??= this.renew().finally(() => (this.asking = undefined));
    return this.asking;
  }

  /** `fetch` with the session's token. */
  readonly fetch: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set("authorization", `Bearer ${await this.token()}`);
    return fetch(input, { ...init, headers });
  };

  private async renew(): Promise<string> {
    const { response } = (await this.ask("GET", "client")) as { response: Client | null };
    const active = response?.sessions.filter(({ status }) => status === "active") ?? [];
    const session = active.find(({ id }) => id === response?.last_active_session_id) ?? active[0];
    if (!session) {
      this.lost();
      throw new SignedOut();
    }
    const asked = Date.now();
    const { jwt } = (await this.ask("POST", `client/sessions/${session.id}/tokens`)) as { jwt: string };
    this.latest = { jwt, until: asked + lifetimeMs(jwt) - SPARE_MS };
    return jwt;
  }

  /** As Clerk's own script asks: with the cookie that is Clerk's alone, and other methods than two by POST. */
  private async ask(method: "GET" | "POST" | "DELETE", path: string): Promise<unknown> {
    const url = new URL(`/v1/${path}`, this.host);
    url.search = new URLSearchParams({ ...VERSION, ...(method === "DELETE" && { _method: method }) }).toString();
    const form = { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" } };
    const limits = { credentials: "include", signal: AbortSignal.timeout(TIMEOUT_MS) } as const;
    const answer = await fetch(url, { ...(method !== "GET" && form), ...limits });
    if (!answer.ok) throw new TypeError(`Clerk answered ${answer.status}`);
    return answer.json();
  }
}

/** By the token's own clock, which need not be this one. */
function lifetimeMs(jwt: string): number {
  const text = (jwt.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
  const { iat, exp } = JSON.parse(atob(text)) as { iat: number; exp: number };
  return (exp - iat) * 1_000;
}
