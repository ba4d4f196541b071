/** A newer build of the app: it waits until the operator wants it. */

declare global {
  interface Window {
    /** Not in every browser, nor in TypeScript's own types. */
    trustedTypes?: { createPolicy(name: string, rules: ScriptRules): ScriptRules };
  }
}
interface ScriptRules {
  createScriptURL(url: string): string;
}

class Update {
  /** The newer one, ready to take over. */
  waiting = $state.raw<ServiceWorker>();

  /** Keeps the app on this device, and looks for a newer one whenever somebody comes back to it. */
  async watch(): Promise<void> {
    const registration = await navigator.serviceWorker?.register(script("/sw.js"));
    if (!registration) return;
    const look = () => {
      if (navigator.serviceWorker.controller) this.waiting = registration.waiting ?? undefined;
    };
    look();
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
    addEventListener("visibilitychange", () => document.hidden || void registration.update().catch(() => {}));
  }

  take(): void {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    this.waiting?.postMessage("take over");
  }
}

/** The policy of these pages takes no address of a script that is a mere text, where the browser knows of that. */
function script(url: string): string {
  const policy = window.trustedTypes?.createPolicy("humanops", { createScriptURL: (address) => address });
  return policy?.createScriptURL(url) ?? url;
}

export const update = new Update();
