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
  /** What each of them owes for each hour of the run, the same money by when it falls due. */
  readonly dues: readonly (readonly Due[])[];
  /** What the savings plan costs beyond what it was used for in each hour, in the bill's currency. */
  readonly planLeft: readonly number[];
}

/** What an hour costs, in the time of a machine at the price on demand [s]. */
export interface Due {
  /** For what is reserved, whatever runs. */
  readonly reserved: number;
  /** For what runs above it. */
  readonly above: number;
}

/** Terms of one run. */
export function billingOf(
  fleets: readonly Priced[],
  cost: CostSpec,
  { duration, minimumSeconds }: { readonly duration: number; readonly minimumSeconds: number },
): Billing {
  const lengths = hoursOf(duration);
  const ends = lengths.map((length, hour) => hour * 3600 + length);
  const used = fleets.map(({ record }) => paidIn(record, ends, minimumSeconds));
  const bought = fleets.map(({ purchase }, index) =>
    lengths.map((length, hour) => buy(used[index]![hour]!, length, purchase)),
  );
  const plan = cost["savings-plan"];
  const planned = lengths.map((length, hour) => {
    if (!plan) return { share: 0, left: 0 };
    const wanted = valueAt(hour);
    const commit = (plan.commit.perHour * length) / 3600;
    const share = wanted > 0 ? Math.min(1, commit / wanted) : 0;
    return { share, left: Math.max(0, commit - wanted) };
  });
  const shares = planned.map(({ share }) => share);
  return {
    hours: bought.map((hours) => totals(hours, shares)),
    dues: bought.map((hours, index) => {
      const rates = ratesOf(fleets[index]!.record.name, cost);
      return hours.map((each, hour) => dueOf(each, shares[hour]!, rates));
    }),
    planLeft: planned.map(({ left }) => left),
  };

  /** What all that is on demand in an hour would cost at the plan's prices. */
  function valueAt(hour: number): number {
    const atPlan = 1 - plan!.discount;
    return fleets.reduce(
      (value, { price }, index) => value + (bought[index]![hour]!.onDemand / 3600) * price * atPlan,
      0,
    );
  }
}

type Rates = Readonly<Record<Term, number>>;

/** What a discount leaves of the price on demand, by terms. */
export function ratesOf(part: string, cost: CostSpec): Rates {
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

/**
 * Seconds paid for each instance: launch to end, whole ones and at least the least time billed [s].
 * Those of a reserve are a share of the time it waited, as they are.
 */
export function billedSeconds({ fleet }: NodesRecord, minimumSeconds: number): number[] {
  const { billed = [], reserves = 0 } = fleet ?? {};
  return [...billed].map((time, place) =>
    place >= billed.length - reserves
      ? time / SECOND
      : Math.max(minimumSeconds, Math.ceil(time / SECOND)),
  );
}

/**
 * Seconds paid for in each span of time, from launch on; what is beyond the end of the run falls in
 * the last. What waits in reserve is paid all through the run. @param ends of the spans [s]
 */
export function paidIn(
  record: NodesRecord,
  ends: readonly number[],
  minimumSeconds: number,
): number[] {
  const { launched, reserves = 0 } = record.fleet!;
  const seconds = new Array<number>(ends.length).fill(0);
  const last = ends.length - 1;
  billedSeconds(record, minimumSeconds).forEach((paid, instance) => {
    if (instance >= launched.length - reserves) {
      const share = paid / ends[last]!;
      ends.forEach((end, span) => (seconds[span]! += share * (end - (ends[span - 1] ?? 0))));
      return;
    }
    let from = launched[instance]! / SECOND;
    let span = ends.findIndex((end) => from < end);
    if (span < 0) span = last;
    for (let left = paid; left > 0; span++) {
      const taken = span === last ? left : Math.min(left, ends[span]! - from);
      seconds[span]! += taken;
      left -= taken;
      from = ends[span]!;
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

function dueOf({ onDemand, spot, reserved, spare }: Bought, planned: number, rates: Rates): Due {
  const atPlan = onDemand * planned;
  return {
    reserved: reserved * rates.reserved + spare * rates.spare,
    above: spot * rates.spot + atPlan * rates["savings-plan"] + (onDemand - atPlan),
  };
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
