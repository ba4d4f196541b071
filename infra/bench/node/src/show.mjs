// GET /tasks/{id}: everything about a task of the agent's that nobody has submitted to yet.

import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { enter } from "./caller.mjs";
import { CORE, database } from "./database.mjs";
import { ApiError } from "./errors.mjs";
import { dollars } from "./money.mjs";
import { TASK_TYPES, nextAction } from "./tasks.mjs";

export async function show(request, id) {
  const { id: agent, extra: [items, messages] } = await enter(request, { more: () => read(id) });
  const state = items.find((item) => item.sk === "S");
  if (!state || state.ag !== agent) throw new ApiError(404, "not_found", "Task not found. Check the id.");
  const brief = items.find((item) => item.sk === "B") ?? {};
  const callback = items.find((item) => item.sk === "H") ?? {};
  return { status: 200, body: reply(state, { brief, callback, messages }) };
}

// The task, and the newest messages about it.
function read(id) {
  return Promise.all([query(id, {}), query(`C#${id}`, { ScanIndexForward: false, Limit: 20 }, "M#")]);
}

async function query(pk, more, prefix) {
  const { Items } = await database.send(new QueryCommand({
    TableName: CORE,
    KeyConditionExpression: prefix ? "pk = :pk AND begins_with(sk, :prefix)" : "pk = :pk",
    ExpressionAttributeValues: prefix ? { ":pk": pk, ":prefix": prefix } : { ":pk": pk },
    ConsistentRead: true,
    ...more,
  }));
  return Items;
}

function message({ sk, by, bd }) {
  const [, millis, id] = sk.split("#");
  return { message_id: id, sender: by, body: bd, created_at: new Date(Number(millis)).toISOString() };
}

function reply(state, { brief, callback, messages }) {
  const time = (millis) => (millis === undefined ? null : new Date(millis).toISOString());
  const place = state.la === undefined ? {} : { lat: state.la / 1e7, lng: state.lo / 1e7 };
  return {
    task_id: state.pk,
    title: state.ti,
    description: brief.ds ?? state.ds,
    status: state.st,
    task_type: state.ty,
    task_domain: TASK_TYPES[state.ty].domain,
    proof_type: state.pt,
    location: { ...place, address: state.ad },
    reward_usd: dollars(state.rw),
    platform_fee_usd: dollars(state.fe),
    deadline: time(state.dl),
    proof_requirements: brief.pr ?? state.pr,
    digital_instructions: brief.di ?? null,
    proof: null,
    guardian_result: null,
    decision: null,
    revision: null,
    operator: state.op ? { id: state.op, name: state.on, rating: null, rating_count: 0 } : null,
    messages: messages.reverse().map(message),
    callback_url: callback.cu ?? null,
    agent_public_key: brief.pub_key ?? null,
    verification: { mode: brief.vm ?? "AUTO", min_confidence: brief.vc ?? 90 },
    accepted_at: time(state.ac),
    started_at: time(state.sr),
    submitted_at: time(state.su),
    verified_at: time(state.ve),
    completed_at: time(state.co),
    hold_until: time(state.hu),
    dispute: null,
    statement: null,
    resolution: null,
    cancellation: null,
    created_at: time(state.ca),
    next_action: nextAction(state),
  };
}
