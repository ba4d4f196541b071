// The agent behind a request: its key is checked, and the request counted, while the data is read.

import { timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import { BatchGetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { CORE, EDGE, LEDGER, database } from "./database.mjs";
import { ApiError } from "./errors.mjs";
import { BASE62, encode, fromBase62, sha256, toBase62 } from "./ids.mjs";

const LIMIT = 100;
const WINDOW_S = 60;
const TOUCH_MS = 600_000;
const KEY = /^ho_test_[0-9A-Za-z]{40}([0-9A-Za-z]{22})([0-9A-Za-z])[0-9A-Za-z]{6}$/;

// `more` is a read that goes on at the same time. Answers the agent's id, its account if wanted, and that.
export async function enter(request, { account = false, more } = {}) {
  let key;
  try {
    key = parse(request.headers["x-api-key"]);
  } catch (refused) {
    await count(request);
    throw refused;
  }
  const [counted, read, extra] = await Promise.allSettled([count(request), records(key, account), more?.()]);
  for (const outcome of [counted, read]) if (outcome.status === "rejected") throw outcome.reason;
  const { record, agent } = read.value;
  if (!record || !timingSafeEqual(Buffer.from(record.h), Buffer.from(key.hash))) {
    throw new ApiError(401, "invalid_api_key", "This API key is not valid, or was revoked.");
  }
  await touch(key, record);
  if (extra.status === "rejected") throw extra.reason;
  return { id: key.agent, account: agent, extra: extra.value };
}

function parse(text) {
  if (!text) throw new ApiError(401, "missing_api_key", "Send your API key in the X-API-Key header.");
  const match = KEY.exec(text);
  if (!match || toBase62(crc32(text.slice(0, -6)), 6) !== text.slice(-6)) {
    throw new ApiError(401, "invalid_api_key", "This is not an API key. Check that it was copied whole.");
  }
  const agent = encode("agent_", Buffer.from(fromBase62(match[1]).toString(16).padStart(32, "0"), "hex"));
  const slot = `K#${String(BASE62.indexOf(match[2])).padStart(2, "0")}`;
  return { agent, slot, hash: sha256(text).toString("hex") };
}

async function count(request) {
  const now = Math.floor(Date.now() / 1000);
  const window = Math.floor(now / WINDOW_S);
  const { Attributes } = await database.send(new UpdateCommand({
    TableName: EDGE,
    Key: { pk: `${request.client}|${request.route}|${window}`, sk: "$" },
    UpdateExpression: "ADD n :one SET #ttl = if_not_exists(#ttl, :ttl)",
    ExpressionAttributeNames: { "#ttl": "ttl" },
    ExpressionAttributeValues: { ":one": 1, ":ttl": (window + 2) * WINDOW_S },
    ReturnValues: "UPDATED_NEW",
  }));
  const reset = WINDOW_S - (now % WINDOW_S);
  request.counted = { limit: LIMIT, remaining: Math.max(0, LIMIT - Attributes.n), reset };
  if (Attributes.n > LIMIT) {
    const sentence = `Too many requests: ${LIMIT} per minute. Try again in ${reset} seconds.`;
    throw new ApiError(429, "rate_limited", sentence, { limit: LIMIT, retry_after_s: reset }, { "retry-after": `${reset}` });
  }
}

async function records(key, account) {
  const wanted = { [CORE]: { Keys: [{ pk: key.agent, sk: key.slot }], ConsistentRead: true } };
  if (account) wanted[LEDGER] = { Keys: [{ pk: key.agent, sk: "$" }], ConsistentRead: true };
  const { Responses } = await database.send(new BatchGetCommand({ RequestItems: wanted }));
  return { record: Responses[CORE]?.[0], agent: Responses[LEDGER]?.[0] };
}

async function touch(key, record) {
  const now = Date.now();
  if (record.lu && now < record.lu + TOUCH_MS) return;
  await database.send(new UpdateCommand({
    TableName: CORE,
    Key: { pk: key.agent, sk: key.slot },
    UpdateExpression: "SET lu = :now",
    ConditionExpression: "id = :id",
    ExpressionAttributeValues: { ":now": now, ":id": record.id },
  }));
}
