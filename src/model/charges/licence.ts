/** What software on the machines costs, for as long as they are paid for. */
import { choice, name, price } from "../../schema/fields.ts";
import { charge } from "./charge.ts";

export const licence = charge({
  kind: "licence",
  summary: "So much for every machine of a part, or every core, for as long as it is paid for.",
  example:
    "cost:\n  charges:\n    database: { kind: licence, of: stock, price: 0.21 USD/hour, per: core }",
  options: {
    of: name("The part whose machines need it."),
    price: price("What one costs."),
    per: choice("What is counted.", ["machine", "core"]).default("machine"),
  },
  create: ({ of, price: { perHour, currency }, per }) => ({
    needs: { of, as: "fleet", currencies: [currency] },
    positions: (meter) => [
      {
        unit: `${per} hours`,
        quantity: meter.machineHours(of) * (per === "core" ? meter.cores(of) : 1),
        price: perHour,
      },
    ],
  }),
});
