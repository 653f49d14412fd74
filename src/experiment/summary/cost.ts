/** What the machines cost, and what they were doing for the money. */
import { HOUR, SECOND } from "../../kernel/time.ts";
import { instanceStates, type InstanceState } from "../../model/instance.ts";
import type { PartRecord, RunRecord } from "../../model/platform.ts";
import type { Scenario } from "../../scenario/language.ts";
import { pricingOf, type Pricing } from "../../scenario/pricing.ts";
import type { CostResult } from "../result.ts";
import { judged } from "./classes.ts";
import { mean, sum } from "./pooling.ts";

/** Money is counted in millionths, so that parts add up to the total exactly. */
const MICRO = 1e6;

/** A replication's mean cost, over the whole run. */
export function costOf(scenario: Scenario, records: readonly RunRecord[]): CostResult {
  const pricing = pricingOf(scenario);
  const parts = records[0]!.parts.flatMap((_, index) =>
    partCost(
      records.map((record) => record.parts[index]!),
      pricing,
    ),
  );
  const total = sum(parts, (part) => part.micros);
  const generated = mean(records, ({ classes }) =>
    sum(judged(classes), ({ all }) => all.generated),
  );
  const succeeded = mean(records, ({ classes }) =>
    sum(judged(classes), ({ all }) => all.succeeded),
  );
  return {
    currency: pricing.currency,
    catalogue: pricing.catalogue.title,
    total: money(total),
    perHour: money((total * HOUR) / scenario.run.duration),
    perThousandRequests: generated > 0 ? money((total / generated) * 1000) : null,
    perThousandGood: succeeded > 0 ? money((total / succeeded) * 1000) : null,
    parts: parts.map(({ result }) => result),
  };
}

interface PartCost {
  readonly micros: number;
  readonly result: CostResult["parts"][number];
}

/** Nothing for a part whose machines have no price. */
function partCost(runs: readonly PartRecord[], pricing: Pricing): PartCost[] {
  const { name, fleet } = runs[0]!;
  const type = fleet?.type ?? null;
  const price = type === null ? undefined : pricing.types.get(type);
  if (type === null || !price) return [];
  const billedHours = mean(runs, (run) => billed(run, pricing.catalogue.minimumSeconds) / 3600);
  const micros = Math.floor(billedHours * price.perHour * MICRO + 0.5);
  const states = divide(micros, occupations(runs));
  const result = {
    part: name,
    type,
    pricePerHour: money(price.perHour * MICRO),
    instanceHours: billedHours,
    total: money(micros),
    states: Object.fromEntries(states.map(([state, share]) => [state, money(share)])),
  };
  return [{ micros, result }];
}

/** Whole seconds that are paid for: each instance from launch to end, with the least time billed [s]. */
function billed({ fleet }: PartRecord, minimumSeconds: number): number {
  const times = [...(fleet?.billed ?? [])];
  return sum(times, (time) => Math.max(minimumSeconds, Math.ceil(time / SECOND)));
}

/** Instance-time by what it was good for [instance ns]. */
function occupations(runs: readonly PartRecord[]): [string, number][] {
  const last = runs.map(({ snapshots }) => snapshots.at(-1)!);
  const inState = (state: InstanceState) =>
    sum(last, ({ stateTime }) => stateTime[instanceStates.indexOf(state)]!);
  const serving = inState("ready") + inState("draining");
  const others: [string, number][] = [
    ["warming", inState("provisioning") + inState("starting")],
    ["down", inState("crashed")],
  ];
  const offered = sum(last, ({ servingTime }) => servingTime);
  if (offered === 0) return [["serving", serving], ...others];
  const busy = (sum(last, ({ busyTime }) => busyTime) / offered) * serving;
  // Of the work that was done, as much was wasted as of the slots in which it was done.
  const occupied = sum(last, ({ slotBusyTime }) => slotBusyTime);
  const forNobody = sum(last, ({ wastedTime }) => wastedTime);
  const wasted = occupied > 0 ? busy * Math.min(1, forNobody / occupied) : 0;
  return [["useful", busy - wasted], ["wasted", wasted], ["idle", serving - busy], ...others];
}

/** Whole millionths in proportion to weights, adding up exactly: the largest remainders are rounded up. */
function divide(micros: number, weights: readonly [string, number][]): [string, number][] {
  const total = sum(weights, ([, weight]) => weight);
  const exact = weights.map(([name, weight]) => ({ name, value: (micros * weight) / total }));
  const whole = exact.map(({ name, value }) => ({
    name,
    value: Math.floor(value),
    rest: value % 1,
  }));
  let missing = micros - sum(whole, ({ value }) => value);
  const order = [...whole].sort((a, b) => b.rest - a.rest);
  for (const share of order) {
    if (missing-- <= 0) break;
    share.value++;
  }
  return whole.filter(({ value }) => value > 0).map(({ name, value }) => [name, value]);
}

/** Millionths as decimal text: "12.345678", without idle zeros after the cents. */
function money(micros: number): string {
  return (Math.floor(micros + 0.5) / MICRO).toFixed(6).replace(/0{1,4}$/, "");
}
