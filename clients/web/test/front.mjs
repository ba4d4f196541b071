// What stands before the system: passes on what is asked, as it is.

import { request } from "node:http";

const { hostname, port, pathname } = new URL(process.env.API_URL);
/** Where the system is known by a path. */
const prefix = pathname.replace(/\/$/, "");

/** Asks the system in the place of `asked`; `change` may make another body of its answer. */
export function pass(asked, answer, change = (body) => body) {
  // To the system its page is where it is.
  const { "accept-encoding": _, ...headers } = { ...asked.headers, host: `${hostname}:${port}` };
  const passed = request({ hostname, port, path: prefix + asked.url, method: asked.method, headers }, async (answered) => {
    const body = Buffer.from(change(Buffer.concat(await answered.toArray())));
    answer.writeHead(answered.statusCode, { ...answered.headers, "content-length": body.length }).end(body);
  });
  asked.pipe(passed);
}

/** Has `server` listen on this machine; answers the port. */
export async function listening(server) {
  await new Promise((listens) => server.listen(0, "127.0.0.1", listens));
  return server.address().port;
}
