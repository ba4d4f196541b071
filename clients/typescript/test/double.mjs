// A server that answers as it is told, and remembers what it was asked.

import { createServer } from "node:http";

/** Answers in turn; the last one again and again. `null` hangs up, `"silence"` says nothing. */
export async function serve(...answers) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    asked.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    if (answer === null) return request.socket.destroy();
    if (answer === "silence") return undefined;
    const [status, body, headers = {}] = answer;
    response.writeHead(status, { "content-type": "application/json", "x-request-id": `req_${asked.length}`, ...headers });
    return response.end(JSON.stringify(body));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { baseURL: `http://127.0.0.1:${server.address().port}`, asked, close };
}

export const refused = (status, code) => [status, { error: `No: ${code}.`, code, request_id: "req_x", details: { why: code } }];
