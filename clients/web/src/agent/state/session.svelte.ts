/** The agent whose key was given. The key is in this tab only: `sessionStorage` ends with it. */

import { HumanOpsClient, type Reply } from "@humanops/sdk";
import { Reading } from "../../shared/reading.svelte";
import { forget } from "./draft";

const KEY = "agent-key";

class Session {
  /** The API, as the agent; nothing before somebody has signed in. */
  private signedIn = $state.raw<{ api: HumanOpsClient; agent: Reading<Reply<"getAgent">> }>();

  get here(): boolean {
    return this.signedIn !== undefined;
  }

  get api(): HumanOpsClient {
    return this.signedIn?.api ?? anonymous;
  }

  get agent(): Reply<"getAgent"> | undefined {
    return this.signedIn?.agent.value;
  }

  restore(): void {
    const key = sessionStorage.getItem(KEY);
    if (key) this.begin(key);
  }

  /** With a key that the API knows. */
  async enter(key: string): Promise<void> {
    await client(key).getAgent();
    sessionStorage.setItem(KEY, key);
    this.begin(key);
  }

  /** Forgets the key and what was typed with it. */
  leave(): void {
    sessionStorage.removeItem(KEY);
    forget();
    location.hash = "";
    location.reload();
  }

  private begin(key: string): void {
    const api = client(key);
    this.signedIn = { api, agent: new Reading(() => api.getAgent()) };
  }
}

/** The key is its owner's, who typed it in here: the page has none of its own to give away. */
function client(apiKey?: string): HumanOpsClient {
  return new HumanOpsClient({ baseURL: location.origin, apiKey, dangerouslyAllowBrowser: true, maxRetries: 1, timeout: 20_000 });
}

const anonymous = client();

export const session = new Session();
