/** Who is at work here. In test mode an operator is who they say they are; in live mode Clerk knows. */

import { APIError, HumanOpsClient, type Params } from "@humanops/sdk";
import { readConfig, type Config } from "../../shared/config";
import { SignedOut } from "../../shared/problems";
import { Clerk } from "./clerk";
import * as database from "./database";

interface Operator {
  id: string;
  name: string;
  /** Where they signed in, in live mode. */
  clerk: string | null;
}

const KEY = "operator";
/** Somebody signed out where Clerk could not be told: it is, before anybody is signed in again. */
const LEFT = "left";
const NOT_FOUND = 404;

class Session {
  operator = $state.raw<Operator>();
  config = $state.raw<Config>();
  /** Signed in, and not registered yet. */
  isNew = $state(false);
  /** They worked here, and must sign in again. What they typed stays. */
  expired = $state(false);
  private clerk: Clerk | undefined;

  /** The API, as the operator. */
  get api(): HumanOpsClient {
    const id = this.operator?.id;
    const who = this.clerk ? { fetch: this.clerk.fetch } : { defaultHeaders: id ? { "x-operator-id": id } : {} };
    return new HumanOpsClient({ baseURL: location.origin, maxRetries: 1, timeout: 20_000, ...who });
  }

  /** Whoever was here is there at once; others wait for the network. */
  async restore(): Promise<void> {
    const kept = localStorage.getItem(KEY);
    if (kept) return this.begin(JSON.parse(kept) as Operator);
    this.config = await readConfig().catch(() => undefined);
    this.signInBy(this.config?.clerk ?? null);
    if (this.clerk) await this.leave(this.clerk).then((clerk) => this.arrive(clerk)).catch(() => {});
  }

  async signIn(): Promise<void> {
    await this.clerk?.signIn(location.href);
  }

  /** As `signIn`, so that it counts as having just been done. */
  async confirm(): Promise<void> {
    await this.clerk?.signOut();
    await this.signIn();
  }

  /** Registers, or comes back: the same details are the same operator. */
  async choose(details: Params<"registerOperator">): Promise<void> {
    this.keep(await this.api.registerOperator(details));
  }

  /** Forgets everything that is kept of the operator on this device. */
  async end(): Promise<void> {
    if (this.clerk) {
      localStorage.setItem(LEFT, "");
      await this.leave(this.clerk).catch(() => {});
    }
    this.operator = undefined;
    localStorage.removeItem(KEY);
    await database.forget();
    location.hash = "";
    location.reload();
  }

  /** Tells Clerk of whoever signed out, if somebody did. */
  private async leave(clerk: Clerk): Promise<Clerk> {
    if (localStorage.getItem(LEFT) !== null) {
      await clerk.signOut();
      localStorage.removeItem(LEFT);
    }
    return clerk;
  }

  /** Whether whoever comes from Clerk's page is an operator already. */
  private async arrive(clerk: Clerk): Promise<void> {
    try {
      await clerk.token();
      this.keep(await this.api.getOperator());
    } catch (problem) {
      if (problem instanceof SignedOut) this.expired = false;
      else if (problem instanceof APIError && problem.status === NOT_FOUND) this.isNew = true;
      else throw problem;
    }
  }

  private keep({ operator_id: id, name }: { operator_id: string; name: string }): void {
    const operator = { id, name, clerk: this.config?.clerk ?? null };
    localStorage.setItem(KEY, JSON.stringify(operator));
    this.begin(operator);
  }

  private begin(operator: Operator): void {
    database.open(operator.id);
    this.signInBy(operator.clerk);
    this.operator = operator;
  }

  private signInBy(host: string | null): void {
    this.clerk ??= host === null ? undefined : new Clerk(host, () => (this.expired = true));
  }
}

export const session = new Session();
