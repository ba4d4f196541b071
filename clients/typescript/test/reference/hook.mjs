// Loaded before a snippet of the reference, which stays as it is: puts a real key in the place of `ho_...`, and lets an
// operator work before the credential is asked for.

import { HumanOpsClient, sealCredential } from "@humanops/sdk";

const real = globalThis.fetch;

globalThis.fetch = async (url, init) => {
  const [, task] = /\/tasks\/(task_\w+)\/retrieve-credential$/.exec(url) ?? [];
  if (task) await deliver(task);
  return real(url, { ...init, headers: { ...init.headers, "x-api-key": process.env.AGENT_KEY } });
};

async function deliver(id) {
  const nobody = new HumanOpsClient({ fetch: real });
  const { operator_id } = await nobody.registerOperator({ name: "Jane Doe", email: "jane@example.com" });
  const jane = new HumanOpsClient({ fetch: real, defaultHeaders: { "x-operator-id": operator_id } });
  await jane.acceptTask({ id });
  const { agent_public_key } = await jane.getOperatorTask({ id });
  const credential = { api_key: "sk_1", dashboard_url: "https://acme.io" };
  await jane.submitTask({ id, encrypted_credential: await sealCredential(id, agent_public_key, credential) });
  const agent = new HumanOpsClient({ fetch: real, apiKey: process.env.AGENT_KEY });
  await agent.waitForCompletion(id, { everyS: 0.1, timeoutS: 60 });
}
