/** HTTP: addresses, credentials, time limits, and which failures are tried again. */

import type { Sent } from "./call.js";
import { APIConnectionError, APIConnectionTimeoutError, APIError, HumanOpsError } from "./errors.js";
import { ONCE, OPERATIONS } from "./generated/operations.js";
import type { OperationId } from "./types.js";

export interface ClientOptions {
  /** `ho_…`; the variable HUMANOPS_API_KEY where it is left out. */
  apiKey?: string | undefined;
  /** The session token of an operator, or what gets a fresh one. */
  operatorToken?: string | (() => string | Promise<string>) | undefined;
  /** For staff. */
  adminKey?: string | undefined;
  /** The variable HUMANOPS_API_URL, or the public API, where it is left out. */
  baseURL?: string | undefined;
  /** Milliseconds that an attempt may take; 60,000 unless said otherwise. */
  timeout?: number | undefined;
  /** Attempts after the first; 2 unless said otherwise. */
  maxRetries?: number | undefined;
  fetch?: typeof fetch | undefined;
  defaultHeaders?: Record<string, string> | undefined;
  /** Is told of every attempt, never of a key or a body. */
  logger?: Pick<Console, "debug" | "warn"> | undefined;
  /** An API key in a page is everybody's. */
  dangerouslyAllowBrowser?: boolean | undefined;
}

export interface RequestOptions {
  /** Made once a call, and the same in all its attempts, where it is left out. */
  idempotencyKey?: string | undefined;
  signal?: AbortSignal | undefined;
  timeout?: number | undefined;
  maxRetries?: number | undefined;
  headers?: Record<string, string> | undefined;
}

type Fields = Record<string, unknown>;

const PUBLIC_API = "https://api.humanops.io";
const TIMEOUT_MS = 60_000;
const RETRIES = 2;
const PAUSE_MS = 500;
const PAUSE_MAX_MS = 8_000;
/** Longer than that nobody waits who was not told. */
const ASKED_MAX_MS = 60_000;

export class Transport {
  private readonly options: ClientOptions;
  private readonly base: string;

  constructor(options: ClientOptions) {
    const { HUMANOPS_API_KEY, HUMANOPS_API_URL } = environment();
    const { operatorToken, adminKey } = options;
    const apiKey = options.apiKey ?? (operatorToken || adminKey ? undefined : HUMANOPS_API_KEY);
    if (apiKey && "document" in globalThis && !options.dangerouslyAllowBrowser) {
      throw new HumanOpsError("An API key in a page is everybody's: call the API from a server of yours.");
    }
    this.options = { ...options, apiKey };
    const base = (options.baseURL ?? HUMANOPS_API_URL ?? PUBLIC_API).replace(/\/+$/, "");
    this.base = base.endsWith("/api/v1") ? base : `${base}/api/v1`;
  }

  /** Sends a request until it is answered, or no attempt is left. */
  async send<T>(id: OperationId, fields: Fields, options: RequestOptions): Promise<Sent<T>> {
    const request = await this.request(id, fields, options);
    const retries = options.maxRetries ?? this.options.maxRetries ?? RETRIES;
    // Of an attempt to write that may have done it: a later one that did nothing does not say that nothing was done.
    let uncertain: Error | undefined;
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.attempt<T>(id, request, options).catch((error: HumanOpsError) => error);
      if (!(outcome instanceof Error)) return outcome;
      if (attempt >= retries || !mayTryAgain(outcome, id) || options.signal?.aborted) throw uncertain ?? outcome;
      if (request.idempotencyKey && isUncertain(outcome)) uncertain = outcome;
      const pause = pauseMs(outcome, attempt);
      this.options.logger?.warn(`humanops ${id}: ${outcome.name}, again in ${Math.round(pause)} ms`);
      await sleep(pause, options.signal);
    }
  }

  private async request(id: OperationId, fields: Fields, options: RequestOptions) {
    const [method = "", path = "", credential = ""] = OPERATIONS[id].split(" ");
    const rest = Object.entries(fields).filter(([name, value]) => value !== undefined && !path.includes(`{${name}}`));
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = fields[name];
      if (typeof value !== "string" || value === "") throw new HumanOpsError(`${id}: \`${name}\` must be a text`);
      return encodeURIComponent(value);
    });
    const headers: Record<string, string> = { accept: "application/json", ...this.options.defaultHeaders };
    Object.assign(headers, await this.credential(credential), options.headers);
    const url = new URL(this.base + filled);
    // A key goes to one host. Workers know no `redirect: "error"`.
    const init: RequestInit = { method, headers, redirect: "manual" };
    if (method === "GET" || method === "DELETE") {
      for (const [name, value] of rest) if (value !== null) url.searchParams.set(name, String(value));
    } else {
      headers["content-type"] = "application/json";
      headers["idempotency-key"] = options.idempotencyKey ?? crypto.randomUUID();
      init.body = JSON.stringify(Object.fromEntries(rest));
    }
    return { url: url.href, init, idempotencyKey: headers["idempotency-key"] };
  }

  private async credential(kind: string): Promise<Record<string, string>> {
    const { apiKey, adminKey, operatorToken } = this.options;
    if (kind === "apiKey" && apiKey) return { "x-api-key": apiKey };
    if (kind !== "operatorToken") return adminKey ? { "x-admin-key": adminKey } : {};
    const token = typeof operatorToken === "function" ? await operatorToken() : operatorToken;
    return token ? { authorization: `Bearer ${token}` } : {};
  }

  private async attempt<T>(
    id: string,
    { url, init, idempotencyKey }: { url: string; init: RequestInit; idempotencyKey: string | undefined },
    options: RequestOptions,
  ): Promise<Sent<T>> {
    const timeout = options.timeout ?? this.options.timeout ?? TIMEOUT_MS;
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), timeout);
    const abort = () => limit.abort();
    options.signal?.addEventListener("abort", abort);
    try {
      options.signal?.throwIfAborted();
      const response = await (this.options.fetch ?? fetch)(url, { ...init, signal: limit.signal });
      const text = await response.text();
      this.options.logger?.debug(`humanops ${id}: ${response.status}`);
      const data = parsed(text);
      if (!response.ok) throw APIError.of(response.status, data, response.headers, idempotencyKey);
      return { data: data as T, response, requestId: response.headers.get("x-request-id") };
    } catch (error) {
      if (error instanceof APIError || options.signal?.aborted) throw error;
      if (limit.signal.aborted) throw new APIConnectionTimeoutError(`No answer in ${timeout} ms.`, {}, idempotencyKey);
      throw new APIConnectionError(`No answer from ${new URL(url).origin}.`, { cause: error }, idempotencyKey);
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", abort);
    }
  }
}

function mayTryAgain(error: Error, id: string): boolean {
  if (error instanceof APIError) {
    const asked = error.headers.get("x-should-retry");
    if (asked) return asked === "true";
    // Nothing was done. A 409 is a state, which does not change by itself.
    if (error.status === 429) return true;
    return (error.status === 408 || error.status >= 500) && !ONCE.includes(id);
  }
  return error instanceof APIConnectionError && !ONCE.includes(id);
}

/** Whether what was asked for may have been done, although no answer says so. */
function isUncertain(error: Error): boolean {
  return error instanceof APIError ? error.status === 408 || error.status >= 500 : error instanceof APIConnectionError;
}

/** What the answer asks for, or twice as long each time, and up to a quarter less. */
function pauseMs(error: Error, attempt: number): number {
  const headers = error instanceof APIError ? error.headers : new Headers();
  const asked = Number(headers.get("retry-after-ms") ?? Number.NaN) || Number(headers.get("retry-after")) * 1_000;
  if (asked > 0 && asked <= ASKED_MAX_MS) return asked;
  return Math.min(PAUSE_MS * 2 ** attempt, PAUSE_MAX_MS) * (1 - Math.random() / 4);
}

/** Milliseconds, or until the signal. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", abort, { once: true });
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Where there is one: not in Workers, nor in a page. */
function environment(): Record<string, string | undefined> {
  return (globalThis as { process?: { env?: Record<string, string> } }).process?.env ?? {};
}
