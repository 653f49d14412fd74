/** What is paid whatever happens: a control plane, a gateway, support. */
import { count, price } from "../../schema/fields.ts";
import { charge } from "./charge.ts";

export const fixed = charge({
  kind: "fixed",
  summary: "So much by the hour, whatever the load.",
  example: "cost:\n  charges:\n    control-plane: { kind: fixed, price: 0.10 USD/hour }",
  options: {
    price: price("What one costs."),
    count: count("How many there are.", { min: 1 }).default(1),
  },
  create: ({ price: { perHour, currency }, count: many }) => ({
    needs: { currencies: [currency] },
    positions: ({ hours }) => [{ unit: "hours", quantity: hours * many, price: perHour }],
  }),
});
