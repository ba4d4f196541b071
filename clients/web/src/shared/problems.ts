/** What went wrong, as a sentence for the operator. */

import { APIConnectionError, APIError } from "@humanops/sdk";
import { language } from "./language.svelte";

/** There is no session, and so nothing was asked of the API. */
export class SignedOut extends Error {}

export function sentence(problem: unknown): string {
  const { problems } = language.words;
  if (problem instanceof APIConnectionError && problem.cause instanceof SignedOut) return problems.signedOut;
  if (problem instanceof APIConnectionError || problem instanceof TypeError) return problems.offline;
  if (!(problem instanceof APIError)) return problems.unknown;
  const known = (problems.codes as Record<string, string>)[problem.code];
  if (known) return known;
  const said = problem.message.replace(`${problem.code}: `, "");
  const fields = Object.entries((problem.details.fields ?? {}) as Record<string, string>);
  return [said, ...fields.map(([name, what]) => `${name} ${what}.`)].join(" ");
}
