// The client and the tables.

import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

export const database = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
  marshallOptions: { removeUndefinedValues: true },
});

export const CORE = process.env.HUMANOPS_CORE_TABLE;
export const LEDGER = process.env.HUMANOPS_LEDGER_TABLE;
export const EDGE = process.env.HUMANOPS_EDGE_TABLE;
