// From an event of API Gateway's HTTP API to an answer: routes, errors as JSON, headers, one line of log.

import { randomBytes } from "node:crypto";
import { balance } from "./balance.mjs";
import { create } from "./create.mjs";
import { ApiError } from "./errors.mjs";
import { show } from "./show.mjs";

const ROUTES = [
  { method: "GET", pattern: /^\/api\/v1\/agents\/balance$/, route: "/api/v1/agents/balance", handler: balance },
  { method: "POST", pattern: /^\/api\/v1\/tasks$/, route: "/api/v1/tasks", handler: create },
  { method: "GET", pattern: /^\/api\/v1\/tasks\/([^/]+)$/, route: "/api/v1/tasks/{id}", handler: show },
];

// Unless an answer has its own.
const SECURITY = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=63072000",
};

export async function handle(event) {
  const started = Date.now();
  const { method, path, sourceIp } = event.requestContext.http;
  const request = {
    id: `req_${randomBytes(16).toString("hex").slice(0, 22)}`,
    headers: event.headers,
    query: event.rawQueryString,
    body: event.isBase64Encoded ? Buffer.from(event.body, "base64").toString() : (event.body ?? ""),
    client: sourceIp,
    counted: undefined,
  };
  const found = ROUTES.find((entry) => entry.method === method && entry.pattern.test(path));
  let answer;
  let cause;
  try {
    if (!found) throw new ApiError(404, "no_such_endpoint", "No such endpoint.");
    request.route = `${method} ${found.route}`;
    answer = await found.handler(request, ...found.pattern.exec(path).slice(1));
  } catch (error) {
    cause = error instanceof ApiError ? undefined : String(error);
    answer = failure(error instanceof ApiError ? error : new ApiError(500, "internal_error", "Internal server error"), request);
  }
  const line = { timestamp: new Date(), level: cause ? "ERROR" : "INFO", message: "request answered", cause };
  console.log(JSON.stringify({ ...line, "request.id": request.id, "http.method": method,
    "http.route": found?.route, "http.status": answer.status, duration_ms: Date.now() - started }));
  return {
    statusCode: answer.status,
    headers: { ...SECURITY, "content-type": "application/json", "x-request-id": request.id, ...limits(request), ...answer.headers },
    body: JSON.stringify(answer.body),
    isBase64Encoded: false,
  };
}

function failure({ status, code, message, details, headers }, request) {
  return { status, headers, body: { error: message, code, request_id: request.id, details } };
}

function limits({ counted }) {
  if (!counted) return {};
  const { limit, remaining, reset } = counted;
  return { "ratelimit-limit": `${limit}`, "ratelimit-remaining": `${remaining}`, "ratelimit-reset": `${reset}` };
}
