// Says whether the npm package `standardwebhooks`, in the folder of the first argument, takes the callback of the second.
import { createRequire } from "node:module";

const [folder, text] = process.argv.slice(2);
const { Webhook } = createRequire(import.meta.url)(folder);
const { headers, body, secret } = JSON.parse(text);
try {
  new Webhook(secret).verify(body, headers);
  console.log("true");
} catch {
  console.log("false");
}
