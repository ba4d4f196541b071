// What every client does, whichever it is: looks at the list of tools and calls each of them, for an agent whose
// account is new.
import { Ajv2020 } from "ajv/dist/2020.js";
import assert from "node:assert/strict";

const { HUMANOPS_API_KEY, HUMANOPS_API_URL, HUMANOPS_HOME, HUMANOPS_MCP } = process.env;
/** How the server of one's own machine is started. */
export const STDIO = { command: HUMANOPS_MCP, args: [], env: { HUMANOPS_API_KEY, HUMANOPS_API_URL, HUMANOPS_HOME } };
/** Where the other one is, and who speaks to it. */
export const HTTP = [
  new URL(`${HUMANOPS_API_URL}/mcp`),
  { requestInit: { headers: { Authorization: `Bearer ${HUMANOPS_API_KEY}` } } },
];

const NAMES = [
  "search_operators",
  "post_task",
  "dispatch_digital_task",
  "dispatch_credential_task",
  "retrieve_credential",
  "list_digital_categories",
  "get_task_result",
  "check_verification_status",
  "fund_account",
  "request_payout",
  "get_balance",
  "cancel_task",
  "list_tasks",
  "review_task",
  "get_events",
  "send_message",
];
const HINTS = ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"];

function described(tool) {
  for (const text of [tool.title, tool.description]) assert.ok(typeof text === "string" && text !== "", tool.name);
  for (const hint of HINTS) assert.equal(typeof tool.annotations[hint], "boolean", `${tool.name} ${hint}`);
  for (const schema of [tool.inputSchema, tool.outputSchema]) assert.equal(schema.type, "object", tool.name);
}

/** Calls tools, and holds each answer against what the list promises. */
class Caller {
  calls = 0;
  called = new Set();
  #call;
  #schemas;

  constructor(tools, call) {
    const ajv = new Ajv2020({ allErrors: true, formats: { "date-time": true }, allowUnionTypes: true });
    const compiled = (tool) => ({ input: ajv.compile(tool.inputSchema), output: ajv.compile(tool.outputSchema) });
    this.#schemas = new Map(tools.map((tool) => [tool.name, compiled(tool)]));
    this.#call = call;
  }

  raw(name, args) {
    this.calls += 1;
    this.called.add(name);
    return this.#call(name, args);
  }

  /** What a call answers that the server can do. */
  async ok(name, args = {}) {
    const { input, output } = this.#schemas.get(name);
    assert.ok(input(args), `${name} is called with ${JSON.stringify(input.errors)}`);
    const { content, structuredContent, isError } = await this.raw(name, args);
    assert.ok(!isError, `${name}: ${content[0].text}`);
    assert.ok(output(structuredContent), `${name} answers ${JSON.stringify(output.errors)}`);
    assert.equal(content.length, 1);
    assert.deepEqual(JSON.parse(content[0].text), structuredContent);
    return structuredContent;
  }

  /** A call that the server refuses, in words that a model can act on. */
  async refused(name, args, words) {
    const { content, structuredContent, isError } = await this.raw(name, args);
    assert.equal(isError, true, `${name} should be refused`);
    assert.equal(structuredContent, undefined);
    assert.match(content[0].text, words);
  }
}

const DEADLINE = new Date(Date.now() + 2 * 86_400_000).toISOString();
const SIGN = {
  title: "Verify storefront signage",
  description: "Take a photo of the signage at 123 Main St",
  location: { lat: 40.7128, lng: -74.006, address: "123 Main St, NY" },
  reward_usd: 25,
  deadline: DEADLINE,
  proof_requirements: ["Photo of the storefront's sign"],
  task_type: "VERIFICATION",
};
const PAGE = {
  title: "Assess a product page",
  description: "Is the description of example.com/p/1 accurate?",
  digital_category: "CONTENT_REVIEW",
  reward_usd: 10,
  deadline: DEADLINE,
  proof_requirements: ["A verdict with one reason"],
};
const KEY = {
  title: "Get an API key",
  description: "Sign up for the free plan of example.com, in my name",
  credential_category: "API_KEY_PROCUREMENT",
  reward_usd: 10,
  deadline: DEADLINE,
  authorization: { basis: "OWNER", statement: "The account will be mine." },
};

/** The public half of a pair, as an agent gives it that keeps its own. */
async function publicKey() {
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  return Buffer.from(await crypto.subtle.exportKey("raw", pair.publicKey)).toString("base64");
}

/** Money comes in and tasks are posted: no call that is repeated moves any twice. */
async function spend(caller, kind) {
  const escrow = async () => (await caller.ok("get_balance")).escrow_balance;
  const empty = { deposit_balance: 0, escrow_balance: 0, currency: "USD" };
  assert.deepEqual(await caller.ok("get_balance"), empty);
  const deposit = { amount_usdc: 100, tx_hash: "0xabc...def" };
  const { transaction_id, amount_usd } = await caller.ok("fund_account", deposit);
  assert.equal(amount_usd, 100);
  assert.equal((await caller.ok("fund_account", deposit)).transaction_id, transaction_id);
  assert.equal((await caller.ok("get_balance")).deposit_balance, 100);

  const { categories } = await caller.ok("list_digital_categories");
  assert.ok(categories.some(({ digital_category }) => digital_category === PAGE.digital_category));
  const { operators, count } = await caller.ok("search_operators", { lat: 40.7128, lng: -74.006, radius_km: 10 });
  assert.equal(operators.length, count);

  const posted = await caller.ok("post_task", SIGN);
  assert.equal(posted.already_posted, false);
  assert.equal(await escrow(), posted.total_escrow);
  const again = await caller.ok("post_task", SIGN);
  assert.deepEqual([again.task_id, again.already_posted], [posted.task_id, true]);
  assert.equal(again.total_escrow, posted.total_escrow);
  assert.equal(await escrow(), posted.total_escrow);

  const keyed = { ...SIGN, reward_usd: 15, idempotency_key: "one-of-mine" };
  const [first, second] = [await caller.ok("post_task", keyed), await caller.ok("post_task", keyed)];
  assert.deepEqual([first.task_id, first.idempotency_key], [second.task_id, keyed.idempotency_key]);
  assert.notEqual(first.task_id, posted.task_id);
  const digital = await caller.ok("dispatch_digital_task", PAGE);
  const own = kind === "http" ? { ...KEY, agent_public_key: await publicKey() } : KEY;
  const credential = await caller.ok("dispatch_credential_task", own);
  const all = [posted, first, digital, credential];
  const cents = all.reduce((sum, { total_escrow }) => sum + Math.round(total_escrow * 100), 0);
  assert.equal(Math.round((await escrow()) * 100), cents);
  return { posted, first, digital, credential };
}

/** What became of them, and what cannot be done while nobody has accepted. */
async function look(caller, { posted, first, digital, credential }) {
  const { task_id } = posted;
  const shown = await caller.ok("get_task_result", { task_id });
  assert.deepEqual([shown.title, shown.status, shown.proof], [SIGN.title, "PENDING", null]);
  const judged = await caller.ok("check_verification_status", { task_id });
  assert.deepEqual([judged.decision, judged.confidence, judged.requirement_results], [null, null, []]);
  const page = await caller.ok("list_tasks", { limit: 3 });
  assert.deepEqual([page.tasks.length, page.total, page.next_offset], [3, 4, 3]);
  const rest = await caller.ok("list_tasks", { status: "PENDING", limit: 3, offset: page.next_offset });
  const ids = [...page.tasks, ...rest.tasks].map((task) => task.task_id);
  assert.deepEqual([ids, rest.next_offset], [[credential, digital, first, posted].map((task) => task.task_id), null]);

  await caller.refused("send_message", { task_id, message: "Are you there?" }, /^chat_closed: /);
  await caller.refused("review_task", { task_id, decision: "APPROVE" }, /^task_state_conflict: /);
  await caller.refused("retrieve_credential", { task_id: credential.task_id }, /^(credential_not_ready|not_found): /);
  await caller.refused("request_payout", { amount_usd: 10 }, /operator portal/);
  await caller.refused("get_balance", { currency: "EUR" }, /^invalid_request: `currency` /);
  await caller.refused("post_task", { ...SIGN, reward_usd: 5_000 }, /^insufficient_balance: .*fund_account/);

  const cancelled = await caller.ok("cancel_task", { task_id });
  assert.deepEqual([cancelled.status, cancelled.refunded_usd], ["CANCELLED", posted.total_escrow]);
  // Events come a little later: of those that are there, each is told once and in order.
  const { events, next_after } = await caller.ok("get_events", { task_id });
  const more = (await caller.ok("get_events", { task_id, after: next_after })).events;
  const sequences = [0, ...[...events, ...more].map((event) => event.sequence)];
  assert.ok(sequences.every((sequence, at) => at === 0 || sequence > sequences[at - 1]), `${sequences}`);
  assert.ok([...events, ...more].every((event) => event.task_id === task_id));
}

/** All of it. `list` answers the tools, and `call` what the server answers; `kind` is the transport, stdio or http. */
export async function run({ list, call, kind }) {
  const tools = await list();
  assert.deepEqual(tools.map((tool) => tool.name), NAMES);
  tools.forEach(described);
  const caller = new Caller(tools, call);
  await look(caller, await spend(caller, kind));
  assert.deepEqual([...caller.called].sort(), [...NAMES].sort());
  await assert.rejects(caller.raw("no_such_tool", {}), /no such tool here/);
  console.log(`tools ${tools.length} calls ${caller.calls}`);
}
