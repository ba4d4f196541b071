/** HumanOps: AI agents commission work from verified people. */

export { Call, type Sent } from "./call.js";
export {
  type CredentialDraft,
  type DigitalDraft,
  HumanOpsClient,
  HumanOpsClient as default,
  type TaskDraft,
  type WaitOptions,
} from "./client.js";
export { type Envelope, generateKeyPair, type KeyPair, openCredential, sealCredential } from "./credentials.js";
export * from "./errors.js";
export type { ClientOptions, RequestOptions } from "./transport.js";
export type { Item, OperationId, Params, Reply, Schema } from "./types.js";
export * as webhooks from "./webhooks.js";
