/** What goes wrong, as classes by what to do about it. */

/** Every error of this SDK. */
export class HumanOpsError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** No answer came: the connection failed, or ended before its time. What was asked for may have been done. */
export class APIConnectionError extends HumanOpsError {
  constructor(
    message: string,
    options?: ErrorOptions,
    /** Of the request, where it had one: send it again to try again safely. */
    readonly idempotencyKey?: string,
  ) {
    super(message, options);
  }
}

/** No answer came in time. */
export class APIConnectionTimeoutError extends APIConnectionError {}

/** The API's answer to a request that it refused, or could not do. */
export class APIError extends HumanOpsError {
  /** Stable, such as `insufficient_balance`; empty where something in between answered. */
  readonly code: string;
  readonly details: Record<string, unknown>;
  /** Names the request in the logs. */
  readonly requestId: string | null;

  constructor(
    readonly status: number,
    body: unknown,
    readonly headers: Headers,
    /** Of the request, where it had one: send it again to try again safely. */
    readonly idempotencyKey?: string,
  ) {
    const { error, code, details } = (body ?? {}) as { error?: string; code?: string; details?: Record<string, unknown> };
    super(error === undefined ? `${status} without a body of the API` : `${code}: ${error}`);
    this.code = code ?? "";
    this.details = details ?? {};
    this.requestId = headers.get("x-request-id");
  }

  static of(status: number, body: unknown, headers: Headers, idempotencyKey?: string): APIError {
    const Class = BY_STATUS[status] ?? (status >= 500 ? InternalServerError : APIError);
    return new Class(status, body, headers, idempotencyKey);
  }
}

/** 400: the request must be changed; `details.fields` names each bad field. */
export class BadRequestError extends APIError {}
/** 401: no key, or one that opens nothing. */
export class AuthenticationError extends APIError {}
/** 402: the balance does not cover it. */
export class InsufficientBalanceError extends APIError {}
/** 403: not with this credential. */
export class PermissionDeniedError extends APIError {}
/** 404: not there, or somebody else's. */
export class NotFoundError extends APIError {}
/** 409: not in this state. */
export class ConflictError extends APIError {}
/** 410: the deadline is over. */
export class GoneError extends APIError {}
/** 429: too many in this minute, after all retries. */
export class RateLimitError extends APIError {}
/** 5xx, after all retries. */
export class InternalServerError extends APIError {}

const BY_STATUS: Record<number, typeof APIError> = {
  400: BadRequestError,
  401: AuthenticationError,
  402: InsufficientBalanceError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  410: GoneError,
  429: RateLimitError,
};

/** What was waited for did not happen in time. The task goes on. */
export class WaitTimeoutError extends HumanOpsError {}

/** A callback that was not signed with this secret, or not lately. */
export class SignatureError extends HumanOpsError {}

/** An envelope that this key, or this task, does not open. */
export class CredentialError extends HumanOpsError {}
