/**
 * Cost by part and state under the column names of FOCUS, the FinOps Open Cost and Usage Specification.
 *
 * Charge periods need a date: without a `run.clock` in the scenario they are empty.
 */
import type { Result } from "../../experiment/result.ts";
import { instant } from "../clock.ts";
import { named, type Sheet } from "./csv.ts";

export function costs(result: Result): Sheet {
  const { clock, duration } = result.run;
  const kinds = new Map(result.parts.map(({ name, kind }) => [name, kind]));
  return {
    columns: [
      ...["ChargePeriodStart", "ChargePeriodEnd", "BilledCost", "BillingCurrency", "ServiceName"],
      ...["ResourceId", "PricingQuantity", "PricingUnit", "SkuId", "x_Part", "x_State"],
    ],
    rows: result.cost.parts.flatMap(({ part, type, instanceHours, total, states }) =>
      Object.entries(states).map(([state, amount]) => [
        instant(clock, 0),
        instant(clock, duration),
        amount,
        result.cost.currency,
        kinds.get(part) ?? null,
        named(part),
        share(amount, total) * instanceHours,
        "Hours",
        named(type),
        named(part),
        state,
      ]),
    ),
  };
}

/** Instances of a part cost the same in any state, so hours divide as the money does. */
function share(amount: string, total: string): number {
  return Number(total) === 0 ? 0 : Number(amount) / Number(total);
}
