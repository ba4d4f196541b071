// Clerk, played: a page on which people sign in, and its Frontend API, each under its own name with a cookie of its own;
// and the app under its name beside them. Sessions are signed by the key that the system knows.

import { createSign, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { listening, pass } from "./front.mjs";

const { KEYS } = process.env;
const [APP, CLERK, ACCOUNTS] = ["app.example.com", "clerk.example.com", "accounts.example.com"];
const key = readFileSync(`${KEYS}/clerk-first.pem`);
const pem = readFileSync(`${KEYS}/example.com.pem`);
/** Seconds. */
const LIFETIME_S = 60;

/** Listens; `launch` has what a browser needs to find the three. */
export async function clerk() {
  const played = { user: `user_${randomUUID().slice(0, 12)}`, tokens: 0, sessions: new Map(), lifetimeS: LIFETIME_S };
  const server = createServer({ key: pem, cert: pem }, (asked, answer) => {
    const url = new URL(asked.url, `https://${asked.headers.host}`);
    if (url.hostname === APP) return pass(asked, answer);
    if (url.hostname === ACCOUNTS) return account(played, url, answer);
    return frontend(played, asked, url, answer);
  });
  const port = await listening(server);
  const names = [APP, CLERK, ACCOUNTS].map((name) => `MAP ${name} 127.0.0.1:${port}`);
  const args = [`--host-resolver-rules=${names.join(", ")}`, "--ignore-certificate-errors"];
  return { played, server, args, url: `https://${APP}` };
}

/** Whoever presses the button is signed in, and goes back to where they came from. */
function account(played, url, answer) {
  if (!["/sign-in", "/signed-in"].includes(url.pathname)) return answer.writeHead(404).end();
  const back = new URL(url.searchParams.get("redirect_url"));
  if (back.hostname !== APP) return answer.writeHead(400).end();
  if (url.pathname === "/sign-in") {
    const go = `/signed-in?${url.searchParams}`;
    return answer.writeHead(200, { "content-type": "text/html" }).end(`<!doctype html><link rel="icon" href="data:," /><a href="${go}">Continue</a>`);
  }
  const client = randomUUID();
  played.sessions.set(client, `sess_${client.slice(0, 8)}`);
  // Of the whole domain here, because the real page has it set by the Frontend API.
  const cookie = `__client=${client}; Domain=example.com; Path=/; Secure; HttpOnly; SameSite=Lax`;
  return answer.writeHead(303, { "set-cookie": cookie, location: back.href }).end();
}

function frontend(played, asked, url, answer) {
  const { origin, cookie = "", "content-type": type } = asked.headers;
  const own = origin === `https://${APP}` && { "access-control-allow-origin": origin, "access-control-allow-credentials": "true" };
  const reply = (status, body) => answer.writeHead(status, { "content-type": "application/json", ...own }).end(JSON.stringify(body));
  const errors = (status, code) => reply(status, { errors: [{ code, message: code }] });
  const method = url.searchParams.get("_method") ?? asked.method;
  // What would have a browser ask in advance is not answered, as nothing of Clerk's own makes one do so.
  if (asked.method === "OPTIONS") return errors(405, "method_not_allowed");
  if (!url.searchParams.get("__clerk_api_version")) return errors(400, "version_missing");
  if (asked.method === "POST" && type !== "application/x-www-form-urlencoded") return errors(415, "unsupported_media_type");
  const client = cookie.match(/__client=([^;]+)/)?.[1];
  const session = played.sessions.get(client);
  switch (`${method} ${url.pathname}`) {
    case "GET /v1/environment":
      return reply(200, { display_config: { object: "display_config", sign_in_url: `https://${ACCOUNTS}/sign-in` } });
    case "GET /v1/client":
      return reply(200, { response: session ? { object: "client", sessions: [{ id: session, status: "active" }], last_active_session_id: session } : null, client: null });
    case "DELETE /v1/client/sessions":
      played.sessions.delete(client);
      return reply(200, { response: null, client: null });
    case `POST /v1/client/sessions/${session}/tokens`:
      return reply(200, { object: "token", jwt: token(played, session, origin) });
    default:
      return errors(404, "resource_not_found");
  }
}

function token(played, session, azp) {
  played.tokens++;
  const iat = Math.floor(Date.now() / 1_000);
  const times = { iat, nbf: iat - 10, exp: iat + played.lifetimeS };
  const claims = { azp, ...times, fva: [0, -1], iss: `https://${CLERK}`, sid: session, sts: "active", sub: played.user, v: 2 };
  const header = { alg: "RS256", cat: "cl_B7d4PD111AAA", kid: "ins_first", typ: "JWT" };
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key, "base64url")}`;
}
