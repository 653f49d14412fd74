/** A price for every so many calls: functions, gateways, hosted queues and tables on demand. */
import { count, money, name } from "../../schema/fields.ts";
import { charge } from "./charge.ts";

export const requests = charge({
  kind: "requests",
  summary: "So much for every so many calls of a part, or attempts of all requests.",
  example:
    "cost:\n  charges:\n    gateway: { kind: requests, of: edge, price: 0.20 USD, per: 1M requests }",
  options: {
    of: name("The part whose calls are paid for; attempts of clients unless given.").optional(),
    price: money("What they cost."),
    per: count("How many calls the price is for.", { min: 1 }).default(1_000_000),
  },
  create: ({ of, price, per }) => ({
    needs: { of, currencies: [price.currency] },
    positions: (meter) => [
      { unit: "requests", quantity: meter.calls(of), price: Number(price.amount) / per },
    ],
  }),
});
