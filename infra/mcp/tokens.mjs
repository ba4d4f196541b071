// Prints how many tokens a list of tools has, which is read from standard input: in JSON, as a model is shown it.
import { Tiktoken } from "js-tiktoken/lite";
import o200k_base from "js-tiktoken/ranks/o200k_base";
import { json } from "node:stream/consumers";

const tools = await json(process.stdin);
console.log(new Tiktoken(o200k_base).encode(JSON.stringify(tools)).length);
