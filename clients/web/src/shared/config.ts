/** What the server tells its pages about where they are. */

export interface Config {
  mode: "test" | "live";
  /** Clerk's Frontend API, where operators sign in: `https://clerk.example.com`. In live mode alone. */
  clerk: string | null;
}

export async function readConfig(): Promise<Config> {
  const answer = await fetch("/config.json");
  if (!answer.ok) throw new TypeError(`the server answered ${answer.status}`);
  return (await answer.json()) as Config;
}
