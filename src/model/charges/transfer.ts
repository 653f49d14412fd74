/** A price for data: what clients get from the platform over the internet, or send to it. */
import { bytes, choice, money, name } from "../../schema/fields.ts";
import { charge } from "./charge.ts";

export const transfer = charge({
  kind: "transfer",
  summary: "So much for every GB that goes to clients, comes from them, or both.",
  notes:
    "Counted is the payload: request-bytes of every attempt and answer-bytes of every request that succeeded, of the class or else of the links. Headers, handshakes and packets sent twice are not in it. To the internet from Hangzhou Alibaba Cloud asks 0.8 CNY a GB.",
  source: 'Alibaba Cloud, solution "highly available web services" (estimated fees, 2024)',
  example: "cost:\n  charges:\n    egress: { kind: transfer, price: 0.09 USD, per: 1 GB }",
  options: {
    of: name("The part clients send to; all of them unless given.").optional(),
    direction: choice("Answers go out, requests come in.", ["out", "in", "both"]).default("out"),
    price: money("What it costs."),
    per: bytes("How much data the price is for.", { min: 1 }).prefault("1 GB"),
  },
  create: ({ of, direction, price, per }) => ({
    needs: { of, as: "entry", currencies: [price.currency] },
    positions(meter) {
      const { requests, answers } = meter.payload(of);
      const moved = (direction === "out" ? 0 : requests) + (direction === "in" ? 0 : answers);
      return [{ unit: "GB", quantity: moved / 1e9, price: (Number(price.amount) / per) * 1e9 }];
    },
  }),
});
