/** What each operation takes and answers, from the types that the description of the API gives. */

import type { Operations } from "./generated/operations.js";
import type { components, operations } from "./generated/schema.js";

/** A named shape of the API: `Schema<"Task">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

export type OperationId = keyof Operations & keyof operations;

type Json<T> = T extends { content: { "application/json": infer Body } } ? Body : never;
type Known<T> = [NonNullable<T>] extends [never] ? unknown : NonNullable<T>;
type Part<O, Name extends "path" | "query"> = O extends { parameters: { [N in Name]?: infer P } } ? Known<P> : unknown;
type Body<O> = O extends { requestBody?: infer R } ? Filled<Known<Json<NonNullable<R>>>> : unknown;
/** An empty body has no fields, and forbids none of the path. */
type Filled<T> = string extends keyof T ? unknown : T;
type Success<O> = O extends { responses: infer R } ? R[Extract<keyof R, 200 | 201 | 202>] : never;

/** The fields of an operation's path, query and body, side by side. */
export type Params<Id extends OperationId> = Part<operations[Id], "path"> &
  Part<operations[Id], "query"> &
  Body<operations[Id]>;

/** What an operation answers when it succeeds; a text where that is no JSON. */
export type Reply<Id extends OperationId> = [Json<Success<operations[Id]>>] extends [never]
  ? string
  : Json<Success<operations[Id]>>;

/** The elements of a list. */
export type Item<T> = T extends { data: (infer I)[] } ? I : never;
