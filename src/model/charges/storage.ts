/** Data that is kept, by size and time. */
import { bytes, price } from "../../schema/fields.ts";
import { charge } from "./charge.ts";

export const storage = charge({
  kind: "storage",
  summary: "So much for every GB kept, by the month of 730 hours.",
  example:
    "cost:\n  charges:\n    disks: { kind: storage, size: 500 GB, price: 0.08 USD/month, per: 1 GB }",
  options: {
    size: bytes("What is kept all through the run."),
    price: price("What it costs."),
    per: bytes("How much data the price is for.", { min: 1 }).prefault("1 GB"),
  },
  create: ({ size, price: { perHour, currency }, per }) => ({
    needs: { currencies: [currency] },
    positions: ({ hours }) => [
      { unit: "GB-hours", quantity: (size / 1e9) * hours, price: (perHour / per) * 1e9 },
    ],
  }),
});
