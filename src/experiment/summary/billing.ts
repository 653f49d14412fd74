/**
 * Under which terms the machine time of a run is paid, hour by hour as commitments are settled.
 *
 * Reserved instances come first: in each hour they cover so many machine hours, one machine after
 * another or side by side. Of what is above them a share is bought on the spot market. The rest is on
 * demand, of which a savings plan covers what its commitment pays for at the plan's price, the same
 * share of every part. Commitments are paid whether they are used or not.
 *
 * Source: AWS, EC2 Reserved Instances billing ("concurrently") and Savings Plans user guide.
 */
import { HOUR, SECOND } from "../../kernel/time.ts";
import type { NodesRecord } from "../../model/platform.ts";
import type { CostSpec, PurchaseSpec } from "../../scenario/costSpec.ts";
import { sum } from "./pooling.ts";

/** Machine time by the terms it is paid under [h]; `spare` is reserved and was not used. */
export const terms = ["on-demand", "savings-plan", "reserved", "spot", "spare"] as const;
export type Term = (typeof terms)[number];
export type Hours = Readonly<Record<Term, number>>;

/** A fleet that has a price. */
export interface Priced {
  readonly record: NodesRecord;
  /** On demand, by the hour. */
  readonly price: number;
  /** Other terms under which it is bought. */
  readonly purchase: PurchaseSpec | undefined;
}

export interface Billing {
  /** One for each priced fleet, in their order. */
  readonly hours: readonly Hours[];
  /** What the savings plan costs beyond what it was used for, in the bill's currency. */
  readonly planLeft: number;
}

/** Terms of one run. */
export function billingOf(
  fleets: readonly Priced[],
  cost: CostSpec,
  { duration, minimumSeconds }: { readonly duration: number; readonly minimumSeconds: number },
): Billing {
  const lengths = hoursOf(duration);
  const used = fleets.map(({ record }) => usage(record, lengths.length, minimumSeconds));
  const bought = fleets.map(({ purchase }, index) =>
    lengths.map((length, hour) => buy(used[index]![hour]!, length, purchase)),
  );
  const plan = cost["savings-plan"];
  let planLeft = 0;
  const shares = lengths.map((length, hour) => {
    if (!plan) return 0;
    const wanted = valueAt(hour);
    const commit = (plan.commit.perHour * length) / 3600;
    planLeft += Math.max(0, commit - wanted);
    return wanted > 0 ? Math.min(1, commit / wanted) : 0;
  });
  return { hours: bought.map((hours) => totals(hours, shares)), planLeft };

  /** What all that is on demand in an hour would cost at the plan's prices. */
  function valueAt(hour: number): number {
    const atPlan = 1 - plan!.discount;
    return fleets.reduce(
      (value, { price }, index) => value + (bought[index]![hour]!.onDemand / 3600) * price * atPlan,
      0,
    );
  }
}

/** What a discount leaves of the price on demand, by terms. */
export function ratesOf(part: string, cost: CostSpec): Readonly<Record<Term, number>> {
  const { reserved, spot } = cost.purchase[part] ?? {};
  const atReserved = 1 - (reserved?.discount ?? 0);
  return {
    "on-demand": 1,
    "savings-plan": 1 - (cost["savings-plan"]?.discount ?? 0),
    reserved: atReserved,
    spot: 1 - (spot?.discount ?? 0),
    spare: atReserved,
  };
}

/** Seconds of each hour of a run; the last one may be cut short. */
export function hoursOf(duration: number): number[] {
  const count = Math.max(1, Math.ceil(duration / HOUR));
  return Array.from({ length: count }, (_, hour) =>
    Math.ceil(Math.min(HOUR, duration - hour * HOUR) / SECOND),
  );
}

/** Whole seconds paid for each instance: launch to end, with the least time billed [s]. */
export function billedSeconds({ fleet }: NodesRecord, minimumSeconds: number): number[] {
  return [...(fleet?.billed ?? [])].map((time) =>
    Math.max(minimumSeconds, Math.ceil(time / SECOND)),
  );
}

/** Seconds paid for in each hour; what a minimum adds beyond the end of the run falls in its last hour. */
function usage(record: NodesRecord, count: number, minimumSeconds: number): number[] {
  const seconds = new Array<number>(count).fill(0);
  const launched = record.fleet!.launched;
  billedSeconds(record, minimumSeconds).forEach((paid, instance) => {
    let from = launched[instance]! / SECOND;
    for (let left = paid; left > 0;) {
      const hour = Math.min(count - 1, Math.floor(from / 3600));
      const room = hour === count - 1 ? left : (hour + 1) * 3600 - from;
      const taken = Math.min(left, room);
      seconds[hour]! += taken;
      from += taken;
      left -= taken;
    }
  });
  return seconds;
}

interface Bought {
  readonly onDemand: number;
  readonly spot: number;
  readonly reserved: number;
  readonly spare: number;
}

/** How one hour of a fleet is bought [s]. */
function buy(used: number, length: number, purchase: PurchaseSpec | undefined): Bought {
  const reservable = (purchase?.reserved?.instances ?? 0) * length;
  const reserved = Math.min(used, reservable);
  const spot = (used - reserved) * (purchase?.spot?.share ?? 0);
  return { reserved, spare: reservable - reserved, spot, onDemand: used - reserved - spot };
}

/** All hours together, with the share of each that the savings plan covers. */
function totals(hours: readonly Bought[], planShares: readonly number[]): Hours {
  const planned = sum(
    hours.map(({ onDemand }, hour) => onDemand * planShares[hour]!),
    (seconds) => seconds,
  );
  return {
    "on-demand": (sum(hours, ({ onDemand }) => onDemand) - planned) / 3600,
    "savings-plan": planned / 3600,
    reserved: sum(hours, ({ reserved }) => reserved) / 3600,
    spot: sum(hours, ({ spot }) => spot) / 3600,
    spare: sum(hours, ({ spare }) => spare) / 3600,
  };
}
