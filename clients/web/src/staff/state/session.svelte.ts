/** Whose desk it is: an admin key, kept by this tab of the browser alone and forgotten with it. */

import { HumanOpsClient } from "@humanops/sdk";

const KEY = "admin-key";

class Session {
  private key = $state.raw(sessionStorage.getItem(KEY));
  signedIn = $derived(this.key !== null);
  /** The API, as staff. */
  api = $derived(client(this.key ?? ""));

  /** Tries the key, and keeps it if it opens the desk. */
  async begin(key: string): Promise<void> {
    await client(key).listDisputes({ limit: 1 });
    sessionStorage.setItem(KEY, key);
    this.key = key;
  }

  end(): void {
    sessionStorage.removeItem(KEY);
    this.key = null;
    location.hash = "";
  }
}

function client(adminKey: string): HumanOpsClient {
  return new HumanOpsClient({ baseURL: location.origin, adminKey, maxRetries: 1, timeout: 20_000 });
}

export const session = new Session();
