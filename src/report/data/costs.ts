/**
 * The bill under the column names of FOCUS, the FinOps Open Cost and Usage Specification: a row for
 * each part, terms and state, and one for each charge besides machines.
 *
 * Periods need a date: without a `run.clock` in the scenario they are empty. The billing period is the
 * calendar month the run begins in.
 */
import type { Result } from "../../experiment/result.ts";
import { instant, monthOf } from "../clock.ts";
import { named, namedOrNull, type Cell, type Sheet } from "./csv.ts";

const columns = [
  ...["BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd"],
  ...["ChargeCategory", "ChargeFrequency", "ChargeDescription", "BillingCurrency"],
  ...["BilledCost", "EffectiveCost", "ContractedCost", "ListCost", "ListUnitPrice"],
  ...["PricingCategory", "PricingQuantity", "PricingUnit", "ConsumedQuantity", "ConsumedUnit"],
  ...["CommitmentDiscountId", "CommitmentDiscountStatus"],
  ...["ServiceName", "ResourceId", "SkuId", "x_Part", "x_State"],
] as const;

type Row = Partial<Record<(typeof columns)[number], Cell>>;

export function costs(result: Result): Sheet {
  const { clock, duration } = result.run;
  const [monthStart, monthEnd] = monthOf(clock);
  const shared: Row = {
    BillingPeriodStart: monthStart,
    BillingPeriodEnd: monthEnd,
    ChargePeriodStart: instant(clock, 0),
    ChargePeriodEnd: instant(clock, duration),
    BillingCurrency: result.cost.currency,
  };
  const rows = [...machines(result), ...charges(result)];
  return {
    columns,
    rows: rows.map((row) => columns.map((column) => ({ ...shared, ...row })[column] ?? null)),
  };
}

function machines({ cost, parts }: Result): Row[] {
  const kinds = new Map(parts.map(({ name, kind }) => [name, kind]));
  return cost.parts.flatMap(({ part, type, pricePerHour, ...bought }) =>
    termsOf(bought).flatMap(({ term, hours, total, list, states }) =>
      Object.entries(states).map(([state, amount]): Row => {
        const share = Number(total) === 0 ? 0 : Number(amount) / Number(total);
        const isSpare = term === "spare";
        const listed = inMillionths(share * Number(list));
        return {
          ...usage(amount, listed),
          ChargeDescription: named(`${type} of ${part}, ${term}`),
          ListUnitPrice: pricePerHour,
          PricingCategory: categories[term] ?? "Standard",
          PricingQuantity: share * hours,
          PricingUnit: "Hours",
          ConsumedQuantity: isSpare ? null : share * hours,
          ConsumedUnit: isSpare ? null : "Hours",
          CommitmentDiscountId: commitments[term] ?? null,
          CommitmentDiscountStatus: commitments[term] ? (isSpare ? "Unused" : "Used") : null,
          ServiceName: kinds.get(part) ?? null,
          ResourceId: named(part),
          SkuId: named(type),
          x_Part: named(part),
          x_State: state,
        };
      }),
    ),
  );
}

/** Results of before there were terms are of machines on demand. */
function termsOf({
  terms,
  instanceHours,
  total,
  states,
}: Pick<Result["cost"]["parts"][number], "terms" | "instanceHours" | "total" | "states">) {
  if (terms.length > 0) return terms;
  return [{ term: "on-demand", hours: instanceHours, total, list: total, states }];
}

function charges({ cost }: Result): Row[] {
  return cost.charges.map(({ name, of, unit, quantity, price, total }) => ({
    ...usage(total, total),
    ChargeDescription: named(`${name}: ${unit}`),
    ListUnitPrice: price,
    PricingCategory: "Standard",
    PricingQuantity: quantity,
    PricingUnit: unit,
    ConsumedQuantity: quantity,
    ConsumedUnit: unit,
    ServiceName: named(name),
    ResourceId: namedOrNull(of),
    x_Part: namedOrNull(of),
    ...(name === "savings plan" && unused),
  }));
}

/** What was promised to a savings plan and not used, as FOCUS tells commitments apart. */
const unused: Row = {
  PricingCategory: "Committed",
  ConsumedQuantity: null,
  ConsumedUnit: null,
  CommitmentDiscountId: "savings plan",
  CommitmentDiscountStatus: "Unused",
};

/** Nothing is amortised and nothing negotiated: commitments are paid by the hour, without upfront. */
function usage(paid: string, listed: string): Row {
  return {
    ChargeCategory: "Usage",
    ChargeFrequency: "Usage-Based",
    BilledCost: paid,
    EffectiveCost: paid,
    ContractedCost: listed,
    ListCost: listed,
  };
}

const categories: Readonly<Record<string, string>> = {
  "savings-plan": "Committed",
  reserved: "Committed",
  spare: "Committed",
  spot: "Dynamic",
};

const commitments: Readonly<Record<string, string>> = {
  "savings-plan": "savings plan",
  reserved: "reserved instances",
  spare: "reserved instances",
};

function inMillionths(amount: number): string {
  return amount.toFixed(6).replace(/0{1,4}$/, "");
}
