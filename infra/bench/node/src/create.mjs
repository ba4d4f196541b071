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
const DUE_SHARDS = 16;

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
      return { status: 201, body: reply(opening.state) };
    } catch (error) {
      if (error.name !== "TransactionCanceledException" || attempt === ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * attempt));
      account = (await database.send(new GetCommand({ TableName: LEDGER, Key: { pk: account.pk, sk: "$" }, ConsistentRead: true }))).Item;
    }
  }
}

function open(draft, id, account, now) {
  const oldest = Math.floor(now / DAY_MS) - SPEND_DAYS;
  const spend = { trailing: 0, stale: 0, staleDays: [] };
  for (const [day, amount] of Object.entries(account.sp)) {
    if (Number(day) >= oldest) spend.trailing += amount;
    else {
      spend.stale += amount;
      spend.staleDays.push([day, amount]);
    }
  }
  const rate = tier(spend.trailing);
  const charge = fee(draft.reward, rate.bps);
  const total = draft.reward + charge;
  if (account.dep < total) {
    const amount = (micros) => dollars(micros).toFixed(2);
    throw new ApiError(402, "insufficient_balance", "Insufficient balance for escrow. Deposit the shortfall and send the request again.",
      { required_usd: amount(total), available_usd: amount(account.dep), shortfall_usd: amount(total - account.dep) });
  }
  const state = stateItem(draft, id, account.pk, { charge, bps: rate.bps }, now);
  const once = { ConditionExpression: "attribute_not_exists(pk)", ReturnValuesOnConditionCheckFailure: "ALL_OLD" };
  const writes = [
    { Put: { TableName: CORE, Item: state, ...once } },
    { Update: hold(account.pk, draft.reward, total, spend, rate, now) },
    { Put: { TableName: LEDGER, Item: entryItem(id, account.pk, total, now), ...once } },
  ];
  if (draft.callback || draft.instructions) writes.push({ Put: { TableName: CORE, Item: briefItem(draft, id), ReturnValuesOnConditionCheckFailure: "ALL_OLD" } });
  return { state, writes };
}

const sortable = (millis) => String(millis).padStart(13, "0");

function stateItem(draft, id, agent, { charge, bps }, now) {
  const created = `${sortable(now)}#${id.text}`;
  const item = {
    pk: id.text, sk: "S", v: 1, st: "PENDING", ag: agent, ty: draft.type, pt: draft.proof,
    ti: draft.title, ds: draft.description, pr: draft.requirements, ad: draft.address ?? "Remote/Digital",
    rw: draft.reward, fe: charge, bp: bps, dl: draft.deadline, ca: now, mv: now, fp: draft.fingerprint,
    g1p: `${agent}#O`, g1s: created, g2p: `V#${draft.domain}`, g2s: created,
    g4p: `X#${id.bytes[15] % DUE_SHARDS}`, g4s: `${sortable(draft.deadline)}#expire`,
  };
  if (draft.callback) item.cb = true;
  if (draft.lat !== undefined) {
    Object.assign(item, { la: Math.round(draft.lat * 1e7), lo: Math.round(draft.lng * 1e7) });
  }
  return item;
}

// deposit → escrow, on condition that the balance suffices and the tier is still the one decided on.
function hold(agent, reward, total, spend, rate, now) {
  const conditions = ["dep >= :dep_min", "spt BETWEEN :spend_low AND :spend_high"];
  const names = { "#sp": String(Math.floor(now / DAY_MS)) };
  const values = {
    ":dep": -total, ":dep_min": total, ":esc": total, ":ncr": 1, ":sp": reward, ":zero": 0, ":spt": reward - spend.stale,
    ":spend_low": rate.low + spend.stale, ":spend_high": rate.high + spend.stale,
  };
  const removes = spend.staleDays.map(([day, amount], i) => {
    names[`#sp${i}`] = day;
    values[`:stale${i}`] = amount;
    conditions.push(`sp.#sp${i} = :stale${i}`);
    return `sp.#sp${i}`;
  });
  return {
    TableName: LEDGER,
    Key: { pk: agent, sk: "$" },
    UpdateExpression: "SET dep = dep + :dep, esc = esc + :esc, ncr = ncr + :ncr, "
      + `sp.#sp = if_not_exists(sp.#sp, :zero) + :sp, spt = spt + :spt${removes.length ? ` REMOVE ${removes.join(", ")}` : ""}`,
    ConditionExpression: conditions.join(" AND "),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}

function entryItem(id, agent, total, now) {
  const version = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]);
  const entry = encode("entry_", sha256("entry", id.bytes, version).subarray(0, 16));
  const postings = [{ a: `agent:${agent}:deposit`, m: -total }, { a: `task:${id.text}:escrow`, m: total }];
  return { pk: agent, sk: `J#${sortable(now)}#${entry}`, id: entry, kd: "escrow", ts: now, tk: id.text, ps: postings };
}

function briefItem({ callback, instructions }, id) {
  return { pk: id.text, sk: "B", di: instructions, cu: callback?.url, cs: callback?.secret, ce: callback?.events };
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
