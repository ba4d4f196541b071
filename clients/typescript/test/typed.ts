// What strict TypeScript must accept; nobody runs it. Names that a generator could take for words of its own are in it.

import { type HumanOpsClient, type Item, type Params, type Reply, type Schema, webhooks } from "@humanops/sdk";

export async function upload(client: HumanOpsClient, announced: Params<"createUpload">, photo: Blob): Promise<string> {
  const { upload_url, method, headers, photo_url }: Schema<"Upload"> = await client.createUpload(announced);
  await fetch(upload_url, { method, headers, body: photo });
  return photo_url;
}

export async function titles(client: HumanOpsClient): Promise<string[]> {
  const tasks: Item<Reply<"listTasks">>[] = await client.listTasks({ status: "PENDING" }).toArray({ limit: 10 });
  for await (const event of client.listEvents({ wait_s: 20 })) console.log(event.sequence, event.deliveries.length);
  return tasks.map(({ title }) => title);
}

/** An operation without a body is named by its path. */
export const accept = (client: HumanOpsClient, id: string): Promise<Reply<"acceptTask">> => client.acceptTask({ id });

export async function refused(client: HumanOpsClient): Promise<void> {
  // @ts-expect-error: a task has an id
  await client.getTask({});
  // @ts-expect-error: no decision is called so
  await client.verifyTask({ id: "task_1", decision: "PERHAPS" });
  // @ts-expect-error: an operation that there is not
  await client.deleteTask({ id: "task_1" });
}

export const told = async (body: string, request: Request): Promise<string> =>
  (await webhooks.unwrap(body, request.headers, "a secret")).event;
