// A server of an agent's, which takes callbacks.

import { createServer } from "node:http";

/** What it was sent is kept; below `/gone` there is nothing any more. */
export async function listening() {
  const received = [];
  const server = createServer((request, response) => {
    received.push(`${request.url} ${request.headers["webhook-id"]}`);
    request.resume();
    response.writeHead(request.url === "/gone" ? 410 : 204).end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { server, received, address: `http://127.0.0.1:${server.address().port}` };
}
