// POST /tasks: holds reward and fee in escrow and puts the task into the feed, in one transaction.

import { GetCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { enter } from "./caller.mjs";
import { CORE, LEDGER, database } from "./database.mjs";
import { read } from "./draft.mjs";
import { ApiError } from "./errors.mjs";
import { encode, newTaskId, sha256 } from "./ids.mjs";
import { dollars, fee, tier } from "./money.mjs";
import { nextAction } from "./tasks.mjs";

const ATTEMPTS = 8;
const DAY_MS = 86_400_000;
const SPEND_DAYS = 30;
const SLACK_DAYS = 1;
const DUE_SHARDS = 4;
const PRUNED_MAX = 100;

export async function create(request) {
  const now = Date.now();
  let draft;
  let refused;
  try {
    draft = read(request, now);
  } catch (error) {
    refused = error;
  }
  let { account } = await enter(request, { account: true });
  if (refused) throw refused;
  const id = newTaskId(now);
  for (let attempt = 1; ; attempt++) {
    const opening = open(draft, id, account, now);
    try {
      await database.send(new TransactWriteCommand({ TransactItems: opening.writes }));
      return { status: 201, headers: { location: `/api/v1/tasks/${id.text}` }, body: reply(opening.state) };
    } catch (error) {
      if (error.name !== "TransactionCanceledException" || attempt === ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * attempt));
      account = (await database.send(new GetCommand({ TableName: LEDGER, Key: { pk: account.pk, sk: "$" }, ConsistentRead: true }))).Item;
    }
  }
}

function open(draft, id, account, now) {
  const oldest = Math.floor(now / DAY_MS) - SPEND_DAYS;
  const recent = Object.entries(account.sp).filter(([day]) => Number(day) >= oldest);
  const bps = tier(recent.reduce((sum, [, amount]) => sum + amount, 0));
  const outdated = {
    sp: Object.keys(account.sp).filter((day) => Number(day) < oldest - SLACK_DAYS),
    fd: Object.keys(account.fd).filter((day) => Number(day) < Math.floor(now / DAY_MS) - SLACK_DAYS),
  };
  const charge = fee(draft.reward, bps);
  const total = draft.reward + charge;
  if (account.dep < total) {
    const amount = (micros) => dollars(micros).toFixed(2);
    throw new ApiError(402, "insufficient_balance", "Insufficient balance for escrow. Deposit the shortfall and send the request again.",
      { required_usd: amount(total), available_usd: amount(account.dep), shortfall_usd: amount(total - account.dep) });
  }
  const state = stateItem(draft, id, account.pk, { charge, bps }, now);
  const once = { ConditionExpression: "attribute_not_exists(pk)", ReturnValuesOnConditionCheckFailure: "ALL_OLD" };
  const writes = [
    { Put: { TableName: CORE, Item: state, ...once } },
    { Update: hold(account.pk, total, outdated) },
    { Put: { TableName: LEDGER, Item: entryItem(id, account.pk, total, now), ...once } },
  ];
  for (const item of [briefItem(draft, id), callbackItem(draft, id)].filter(Boolean)) {
    writes.push({ Put: { TableName: CORE, Item: item, ReturnValuesOnConditionCheckFailure: "ALL_OLD" } });
  }
  return { state, writes };
}

const sortable = (millis) => String(millis).padStart(13, "0");

function stateItem(draft, id, agent, { charge, bps }, now) {
  const created = `${sortable(now)}#${id.text}`;
  const item = {
    pk: id.text, sk: "S", v: 1, st: "PENDING", ag: agent, ty: draft.type, pt: draft.proof,
    ti: draft.title, ds: draft.description, pr: draft.requirements, ad: draft.address ?? "Remote/Digital",
    rw: draft.reward, fe: charge, bp: bps, dl: draft.deadline, ww: draft.window, ca: now, mv: now, fp: draft.fingerprint,
    g1p: `${agent}#O`, g1s: created, g2p: `V#${draft.type}`, g2s: created,
    g4p: `X#expire#${id.bytes[15] % DUE_SHARDS}`, g4s: sortable(draft.deadline),
  };
  if (draft.callback) item.cb = true;
  if (draft.lat !== undefined) {
    Object.assign(item, { la: Math.round(draft.lat * 1e7), lo: Math.round(draft.lng * 1e7) });
  }
  return item;
}

// deposit → escrow, on condition that the balance suffices. Lines that count no more go.
function hold(agent, total, outdated) {
  const lines = Object.entries(outdated).flatMap(([map, days]) => days.slice(0, PRUNED_MAX).map((day, i) => [`${map}.#${map}${i}`, `#${map}${i}`, day]));
  const removes = lines.map(([path]) => path);
  return {
    TableName: LEDGER,
    Key: { pk: agent, sk: "$" },
    UpdateExpression: `SET dep = dep + :dep, esc = esc + :esc, v = v + :v, ncr = ncr + :ncr${removes.length ? ` REMOVE ${removes.join(", ")}` : ""}`,
    ConditionExpression: "dep >= :dep_min",
    ExpressionAttributeNames: lines.length ? Object.fromEntries(lines.map(([, name, day]) => [name, day])) : undefined,
    ExpressionAttributeValues: { ":dep": -total, ":dep_min": total, ":esc": total, ":v": 1, ":ncr": 1 },
  };
}

function entryItem(id, agent, total, now) {
  const version = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]);
  const entry = encode("entry_", sha256("entry", id.bytes, version).subarray(0, 16));
  const postings = [{ a: `agent:${agent}:deposit`, m: -total }, { a: `task:${id.text}:escrow`, m: total }];
  return { pk: agent, sk: `J#${sortable(now)}#${entry}`, id: entry, kd: "escrow", ts: now, tk: id.text, ps: postings };
}

function briefItem({ instructions }, id) {
  return instructions && { pk: id.text, sk: "B", di: instructions };
}

function callbackItem({ callback }, id) {
  return callback && { pk: id.text, sk: "H", cu: callback.url, ce: callback.events };
}

function reply(state) {
  return {
    task_id: state.pk,
    status: state.st,
    reward_usd: dollars(state.rw),
    platform_fee: dollars(state.fe),
    total_escrow: dollars(state.rw + state.fe),
    deadline: new Date(state.dl).toISOString(),
    created_at: new Date(state.ca).toISOString(),
    next_action: nextAction(state),
  };
}
