/** What may be said of a class of requests, wherever it comes from. */
import { bytes, count, money, text } from "../schema/fields.ts";
import { keysSchema } from "./keys/index.ts";

export const classFields = {
  operation: text("The operation of the entry it asks for; its own name unless given.").optional(),
  keys: keysSchema.describe("Which item each request is about; without it, none.").optional(),
  worth: money("What one request that succeeds is worth.").optional(),
  priority: count(
    "How urgent its requests are, and all calls made for them; larger is more urgent.",
    { max: 1000 },
  ).default(0),
  "request-bytes": bytes(
    "Size of a request on its way from the client; that of the links unless given.",
  ).optional(),
  "answer-bytes": bytes(
    "Size of its answer on the way back to the client; that of the links unless given.",
  ).optional(),
};
