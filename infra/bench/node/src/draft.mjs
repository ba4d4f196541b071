// The body of POST /tasks: read into a draft, with everything that is wrong reported at once.

import { isIP } from "node:net";
import { ApiError } from "./errors.mjs";
import { sha256 } from "./ids.mjs";
import { micros } from "./money.mjs";
import { PROOF_TYPES, TASK_TYPES } from "./tasks.mjs";

// Without `callback_secret`: no request that is measured has one, and sealing is not in Node.
const FIELDS = ["title", "description", "task_type", "task_domain", "proof_type", "location", "reward_usd", "deadline",
  "proof_requirements", "digital_instructions", "work_window_s", "callback_url", "callback_events"];
const EVENTS = ["task.verified", "task.disputed", "task.manual_review", "task.created", "task.accepted", "task.started",
  "task.released", "task.submitted", "task.changes_requested", "task.message",
  "task.completed", "task.cancelled", "task.expired", "task.dispute_resolved"];
const PRIVATE = /(^|\.)(localhost|local|localdomain|internal|arpa|onion|humanops\.io)$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const MINUTES_5 = 300_000;
const HOURS_72_S = 259_200;
const DAYS_90 = 90 * 86_400_000;

export function read(request, now) {
  if (!/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? "")) {
    throw new ApiError(415, "unsupported_media_type", "Send the body as JSON, with the header Content-Type: application/json.");
  }
  let body;
  try {
    body = JSON.parse(request.body);
  } catch (error) {
    throw new ApiError(400, "invalid_json", `The body is not a JSON object: ${error.message}.`);
  }
  const problems = {};
  const problem = (field, text) => (problems[field] ??= text);
  for (const name of Object.keys(body)) if (!FIELDS.includes(name)) problem(name, "is not a field of this request");
  const draft = fields(body, problem, now);
  if (Object.keys(problems).length > 0) {
    const list = Object.entries(problems).map(([field, text]) => `${field} ${text}`);
    throw new ApiError(400, "invalid_request", `Invalid request: ${list.join("; ")}.`, { fields: problems });
  }
  const { reward_usd: _, ...rest } = body;
  draft.fingerprint = sha256(`${draft.reward} ${canonical(rest)}`).subarray(0, 16).toString("hex");
  return draft;
}

function fields(body, problem, now) {
  const text = (field, value, max, required = true) => {
    if (value === undefined || value === null) return required ? problem(field, "is required") && "" : undefined;
    if (typeof value !== "string") return problem(field, "must be a text") && "";
    if (value.trim() === "" || [...value].length > max) problem(field, `must be 1 to ${max} characters long`);
    return value;
  };
  const type = TASK_TYPES[body.task_type] ?? (problem("task_type", "must be one of the task types"), TASK_TYPES.PHOTO);
  const draft = {
    type: body.task_type,
    proof: body.proof_type ?? type.proof,
    domain: type.domain,
    title: text("title", body.title, 200),
    description: text("description", body.description, 10_000),
    requirements: requirements(body.proof_requirements, problem),
    reward: micros(body.reward_usd),
    deadline: MOMENT.test(body.deadline) ? Date.parse(body.deadline) : NaN,
    instructions: text("digital_instructions", body.digital_instructions, 10_000, false),
    ...location(body.location, type, problem, text),
    callback: callback(body, problem, text),
    window: body.work_window_s ?? HOURS_72_S,
  };
  if (!PROOF_TYPES.includes(draft.proof)) problem("proof_type", `must be one of ${PROOF_TYPES.join(", ")}`);
  if ((body.task_domain ?? type.domain) !== type.domain) problem("task_domain", `must be ${type.domain} for ${draft.type}, or be left out`);
  if (draft.reward === undefined) problem("reward_usd", "must be a plain decimal number such as 25 or 25.50: no sign, no exponent");
  else if (draft.reward < 10e6 || draft.reward > type.max * 1e6) problem("reward_usd", `must be between 10.00 and ${type.max}.00 for ${draft.type}`);
  if (Number.isNaN(draft.deadline)) problem("deadline", "must be a moment in ISO 8601 such as 2026-02-10T00:00:00Z");
  else if (draft.deadline < now + MINUTES_5 || draft.deadline > now + DAYS_90) problem("deadline", "must be between 5 minutes and 90 days from now");
  return draft;
}

function requirements(value, problem) {
  if (!Array.isArray(value) || value.length < 1 || value.length > 20) problem("proof_requirements", "must have 1 to 20 entries");
  else if (value.some((entry) => typeof entry !== "string" || entry.trim() === "" || [...entry].length > 500)) {
    problem("proof_requirements", "must have entries of 1 to 500 characters");
  }
  return value;
}

function location(value, type, problem, text) {
  if (value === undefined || value === null) {
    if (type.domain === "PHYSICAL") problem("location", "is required: {lat, lng, address}");
    return {};
  }
  for (const [name, max] of [["lat", 90], ["lng", 180]]) {
    const degrees = value[name];
    if (typeof degrees !== "number" || Math.abs(degrees) > max) problem(`location.${name}`, `must be a plain decimal from -${max} to ${max}`);
  }
  return { lat: value.lat, lng: value.lng, address: text("location.address", value.address, 500) };
}

function callback(body, problem, text) {
  const url = text("callback_url", body.callback_url, 2_048, false);
  const names = body.callback_events;
  const events = names === undefined ? EVENTS.slice(0, 3) : names[0] === "*" ? EVENTS : names;
  if (!Array.isArray(events) || events.some((name) => !EVENTS.includes(name))) problem("callback_events", "must be [\"*\"] or some events");
  if (url === undefined) {
    if (names !== undefined) problem("callback_events", "needs a callback_url");
    return undefined;
  }
  const parsed = URL.canParse(url) && !/\s/.test(url) ? new URL(url) : undefined;
  if (!parsed) problem("callback_url", "must be an absolute URL such as https://agent.example.com/hook");
  else if (parsed.username || parsed.password) problem("callback_url", "must not carry a user name or password");
  else if (parsed.protocol !== "https:") problem("callback_url", "must use https");
  else if (parsed.port) problem("callback_url", "must use port 443");
  else if (isIP(parsed.hostname.replace(/^\[|\]$/g, ""))) problem("callback_url", "must name a host, not an IP address");
  else if (!parsed.hostname.includes(".") || PRIVATE.test(parsed.hostname)) problem("callback_url", "must name a public host");
  return { url, events };
}

// One text for one request, whatever the order of its members.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).filter((name) => value[name] !== null).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}
