/** The client: each operation of the API under its name, and what most agents begin with. */

import { Call } from "./call.js";
import { generateKeyPair, type KeyPair, openCredential } from "./credentials.js";
import { HumanOpsError, WaitTimeoutError } from "./errors.js";
import { OPERATIONS } from "./generated/operations.js";
import { type ClientOptions, type RequestOptions, sleep, Transport } from "./transport.js";
import type { OperationId, Params, Reply, Schema } from "./types.js";

/** Every operation: its path's, query's and body's fields in one object, then how it is sent. */
export type Methods = {
  [Id in OperationId]: Record<never, never> extends Params<Id>
    ? (params?: Params<Id>, options?: RequestOptions) => Call<Reply<Id>>
    : (params: Params<Id>, options?: RequestOptions) => Call<Reply<Id>>;
};

type TaskType = Schema<"TaskType">;
type CredentialType = Extract<
  TaskType,
  "ACCOUNT_CREATION" | "API_KEY_PROCUREMENT" | "PHONE_VERIFICATION" | "SUBSCRIPTION_SETUP"
>;
type Optional<T, Name extends keyof T> = Omit<T, Name> & Partial<Pick<T, Name>>;

/** A task with a default deadline, tomorrow, and what its type asks for as proof. */
export type TaskDraft = Optional<Params<"createTask">, "deadline" | "proof_requirements">;
/** The same, of a type without a place. */
export type DigitalDraft = Omit<TaskDraft, "task_type" | "task_domain"> & { category: TaskType };
export type CredentialDraft = Omit<DigitalDraft, "category" | "agent_public_key"> & { category: CredentialType };

export interface WaitOptions {
  /** Seconds in all; 3,600 unless said otherwise. */
  timeoutS?: number;
  /** Seconds between two looks; 5 unless said otherwise. */
  everyS?: number;
  signal?: AbortSignal;
}

const DAY_MS = 86_400_000;
const WAIT_S = 3_600;
const EVERY_S = 5;

export interface HumanOpsClient extends Methods {}

// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the methods are put there below, from the same table as the types.
export class HumanOpsClient {
  private readonly transport: Transport;
  private limits: Promise<Schema<"TaskTypeLimits">[]> | undefined;

  constructor(options: ClientOptions = {}) {
    this.transport = new Transport(options);
  }

  /** Creates a task and pays it into escrow. What is left out of it: due tomorrow, with the proof that its type asks for. */
  async postTask(draft: TaskDraft, options?: RequestOptions): Promise<Reply<"createTask">> {
    return this.createTask(await this.complete(draft), options);
  }

  /** The same for a task that is done anywhere. */
  async dispatchDigitalTask({ category, ...draft }: DigitalDraft, options?: RequestOptions) {
    return this.postTask({ ...draft, task_type: category }, options);
  }

  /**
   * The same for a credential, with a new key pair: what the operator hands in is sealed to it. Keep `privateKey`: nobody
   * else has it, and nothing else opens the credential. Repeated, give the same `keyPair` and `idempotencyKey`.
   */
  async dispatchCredentialTask(draft: CredentialDraft, options?: RequestOptions & { keyPair?: KeyPair }) {
    const { publicKey, privateKey } = options?.keyPair ?? (await generateKeyPair());
    const task = await this.dispatchDigitalTask({ ...draft, agent_public_key: publicKey }, options);
    return { task, privateKey, publicKey };
  }

  /** The credential of a task, opened with its private key; without one, the envelope. */
  retrieveCredential(taskId: string, privateKey: string, options?: RequestOptions): Promise<unknown>;
  retrieveCredential(params: Params<"retrieveCredential">, options?: RequestOptions): Call<Reply<"retrieveCredential">>;
  retrieveCredential(
    task: string | Params<"retrieveCredential">,
    key?: string | RequestOptions,
    options?: RequestOptions,
  ): Promise<unknown> {
    if (typeof task !== "string") return this.call("retrieveCredential", task, key as RequestOptions);
    if (typeof key !== "string") throw new HumanOpsError("Give the private key of the task, or `{ id }` for the envelope.");
    const envelope = this.call("retrieveCredential", { id: task }, options);
    return envelope.then(({ encrypted_credential }) => openCredential(task, encrypted_credential, key));
  }

  /** The task, with its proof and its verdict as far as there is one. */
  getTaskResult(taskId: string, options?: RequestOptions): Call<Reply<"getTask">> {
    return this.getTask({ id: taskId }, options);
  }

  /** What the Guardian says of the proof; null while it says nothing. */
  async checkVerificationStatus(taskId: string, options?: RequestOptions) {
    const { status, guardian_result, decision } = await this.getTask({ id: taskId }, options);
    return { status, guardian_result, decision };
  }

  /** Credits USDC that was sent to the deposit address. A transaction is credited once. */
  fundAccount(deposit: Params<"depositUsdc">, options?: RequestOptions): Call<Reply<"depositUsdc">> {
    return this.depositUsdc(deposit, options);
  }

  /** The types of task that are done anywhere, with their limits. */
  async listDigitalCategories(): Promise<Schema<"TaskTypeLimits">[]> {
    return (await this.taskTypes()).filter(({ task_domain }) => task_domain === "DIGITAL");
  }

  /** Waits until a task is completed or cancelled, is disputed, or waits for its agent. */
  async waitForCompletion(taskId: string, { timeoutS = WAIT_S, everyS = EVERY_S, signal }: WaitOptions = {}) {
    const end = Date.now() + timeoutS * 1_000;
    for (;;) {
      const task = await this.getTask({ id: taskId }, signal ? { signal } : {});
      const { status, next_action } = task;
      if (["COMPLETED", "CANCELLED", "DISPUTED"].includes(status) || isForAgent(status, next_action)) return task;
      if (Date.now() + everyS * 1_000 > end) throw new WaitTimeoutError(`${taskId} is ${status} after ${timeoutS} s.`);
      await sleep(everyS * 1_000, signal);
    }
  }

  /** Any operation by its name. */
  call<Id extends OperationId>(id: Id, params?: Params<Id>, options: RequestOptions = {}): Call<Reply<Id>> {
    const first = (params ?? {}) as Record<string, unknown>;
    // Every page is the same call: a key of the caller's is for the first.
    return new Call((more) => this.transport.send<Reply<Id>>(id, { ...first, ...more }, options));
  }

  private taskTypes(): Promise<Schema<"TaskTypeLimits">[]> {
    this.limits ??= this.listTaskTypes().then(({ data }) => data);
    // What failed is asked for again.
    this.limits.catch(() => {
      this.limits = undefined;
    });
    return this.limits;
  }

  private async complete(draft: TaskDraft): Promise<Params<"createTask">> {
    const deadline = draft.deadline ?? new Date(Date.now() + DAY_MS).toISOString();
    if (draft.proof_requirements) return { ...draft, deadline, proof_requirements: draft.proof_requirements };
    const limits = (await this.taskTypes()).find(({ task_type }) => task_type === draft.task_type);
    return { ...draft, deadline, proof_requirements: limits?.default_proof_requirements ?? [] };
  }
}

/** Whether nothing happens before the agent has decided. A task that can be cancelled waits for nobody. */
function isForAgent(status: Schema<"TaskStatus">, next: Schema<"NextAction"> | null): boolean {
  return status === "SUBMITTED" && next?.by === "AGENT";
}

for (const id of Object.keys(OPERATIONS) as OperationId[]) {
  if (id in HumanOpsClient.prototype) continue;
  Object.defineProperty(HumanOpsClient.prototype, id, {
    value(this: HumanOpsClient, params?: Params<typeof id>, options?: RequestOptions) {
      return this.call(id, params, options);
    },
  });
}
