/** What the run cost: its machines, by terms and by what they did for the money, and what else is charged. */
import { HOUR } from "../../kernel/time.ts";
import type { ChargeMeter } from "../../model/charges/charge.ts";
import { charges, type ChargeSpec } from "../../model/charges/index.ts";
import { instanceStates, type InstanceState } from "../../model/instance.ts";
import type { NodesRecord, RunRecord } from "../../model/platform.ts";
import type { CostSpec } from "../../scenario/costSpec.ts";
import type { Scenario } from "../../scenario/language.ts";
import { priceSources } from "../../scenario/machines.ts";
import { pricingOf, type Pricing } from "../../scenario/pricing.ts";
import { make } from "../../schema/definition.ts";
import type { CostResult } from "../result.ts";
import {
  billingOf,
  ratesOf,
  terms,
  type Billing,
  type Hours,
  type Priced,
  type Term,
} from "./billing.ts";
import { judged } from "./classes.ts";
import { creditOf, ordersOf } from "./credit.ts";
import { divide, micros, money } from "./money.ts";
import { mean, sum } from "./pooling.ts";
import { Windows } from "./spending.ts";
import { meterOf } from "./usage.ts";

/** What a savings plan was not used for, on the bill. */
const PLAN = "savings plan";

/** A replication's mean cost, over the whole run. */
export function costOf(scenario: Scenario, records: readonly RunRecord[]): CostResult {
  const pricing = pricingOf(scenario);
  const machines = machinesOf(scenario, records, pricing);
  const others = chargesOf(scenario, records, pricing);
  const total = sum([...machines.parts, ...machines.plan, ...others], (each) => each.micros);
  const generated = mean(records, ({ classes }) =>
    sum(judged(classes), ({ all }) => all.generated),
  );
  const succeeded = mean(records, ({ classes }) =>
    sum(judged(classes), ({ all }) => all.succeeded),
  );
  const perHour = (total * HOUR) / scenario.run.duration;
  return {
    currency: pricing.currency,
    catalogue: priceSources(scenario),
    total: money(total),
    perHour: money(perHour),
    perThousandRequests: generated > 0 ? money((total / generated) * 1000) : null,
    perThousandGood: succeeded > 0 ? money((total / succeeded) * 1000) : null,
    parts: machines.parts.map(({ result }) => result),
    charges: [...machines.plan, ...others].map(({ result }) => result),
    spending: machines.spending,
    orders: ordersOf(scenario, records),
    credit: creditOf(scenario, records, perHour),
  };
}

/** Types that the machines of one fleet are of in any run, the one it began with first. */
function typesOf(records: readonly RunRecord[], index: number): string[] {
  const fleets = records.map(({ parts, nodes = [] }) => [...parts, ...nodes][index]!.fleet);
  const types = fleets.flatMap((fleet) => [fleet?.type ?? null, ...(fleet?.types ?? [])]);
  return [...new Set(types)].filter((type) => type !== null);
}

/** The machines of a fleet that are of a type; it has reserved only such as it began with. */
function pricedAs(record: NodesRecord, type: string, price: number, cost: CostSpec): Priced {
  const fleet = record.fleet!;
  const own = type === fleet.type;
  const { reserved, ...rest } = cost.purchase[record.name] ?? {};
  const purchase = own && reserved ? { ...rest, reserved } : rest;
  const isSuch = (_: number, place: number) =>
    (fleet.types ? fleet.types[place] : fleet.type) === type;
  const launched = fleet.launched.filter(isSuch);
  const billed = fleet.billed.filter(isSuch);
  const reserves = own ? (fleet.reserves ?? 0) : 0;
  const such = { ...fleet, type, launched, billed, reserves };
  return { record: { ...record, fleet: such }, price, purchase };
}

interface Costing<Row> {
  readonly micros: number;
  readonly result: Row;
}

type PartCost = Costing<CostResult["parts"][number]>;
type OtherCost = Costing<CostResult["charges"][number]>;

interface Machines {
  readonly parts: PartCost[];
  readonly plan: OtherCost[];
  readonly spending: CostResult["spending"];
}

/** Every fleet whose machines have a price, and what a savings plan was not used for. */
function machinesOf(scenario: Scenario, records: readonly RunRecord[], pricing: Pricing): Machines {
  const priced = records.map(({ parts, nodes = [] }) =>
    [...parts, ...nodes].flatMap((record, index) =>
      typesOf(records, index).flatMap((type) => {
        const known = pricing.types.get(type);
        return known ? [pricedAs(record, type, known.perHour, scenario.cost)] : [];
      }),
    ),
  );
  const { minimumSeconds } = pricing.catalogue;
  const { duration } = scenario.run;
  const billings = priced.map((fleets) =>
    billingOf(fleets, scenario.cost, { duration, minimumSeconds }),
  );
  const parts = priced[0]!.map(({ record: { name }, price }, index) =>
    partCost(
      priced.map((fleets) => fleets[index]!.record),
      billings.map(({ hours }) => hours[index]!),
      { price, rates: ratesOf(name, scenario.cost) },
    ),
  );
  const left = mean(billings, ({ planLeft }) => sum(planLeft, (each) => each));
  const unused = { unit: "not used", quantity: 1, price: left };
  const plan = scenario.cost["savings-plan"] ? [position(PLAN, null, unused)] : [];
  return { parts, plan, spending: spendingOf(records, priced, billings, pricing) };
}

/** What was paid by the hour in each window, by part: means over the replications. */
function spendingOf(
  records: readonly RunRecord[],
  priced: readonly (readonly Priced[])[],
  billings: readonly Billing[],
  { catalogue: { minimumSeconds } }: Pricing,
): CostResult["spending"] {
  const marks = records[0]!.parts[0]!.snapshots.map(({ at }) => at);
  const windows = new Windows(marks);
  const perHour = marks.slice(1).map((end, at) => HOUR / (end - marks[at]!) / records.length);
  const spending: Record<string, number[]> = {};
  const add = (name: string, amounts: readonly number[]) => {
    const sums = (spending[name] ??= amounts.map(() => 0));
    amounts.forEach((amount, at) => (sums[at]! += amount * perHour[at]!));
  };
  billings.forEach(({ dues, planLeft }, run) => {
    priced[run]!.forEach((fleet, index) =>
      add(fleet.record.name, windows.spent(fleet, dues[index]!, minimumSeconds)),
    );
    if (planLeft.some((left) => left > 0)) add(PLAN, windows.evenly(planLeft));
  });
  return spending;
}

function partCost(
  runs: readonly NodesRecord[],
  hours: readonly Hours[],
  { price, rates }: { price: number; rates: Readonly<Record<Term, number>> },
): PartCost {
  const doing = occupations(runs);
  const bought = terms
    .map((term) => ({ term, hours: mean(hours, (each) => each[term]) }))
    .filter(({ hours: paid }) => paid > 0)
    .map(({ term, hours: paid }) => {
      const total = micros(paid * price * rates[term]);
      const did = term === "spare" ? [["spare", total] as const] : divide(total, doing);
      return { term, hours: paid, total, states: new Map(did) };
    });
  const total = sum(bought, (each) => each.total);
  const states = [...doing.map(([state]) => state), "spare"].map(
    (state) => [state, sum(bought, (each) => each.states.get(state) ?? 0)] as const,
  );
  const { name, fleet } = runs[0]!;
  const result = {
    part: name,
    type: fleet!.type!,
    pricePerHour: money(micros(price)),
    instanceHours: sum(bought, (each) => (each.term === "spare" ? 0 : each.hours)),
    total: money(total),
    states: inMoney(states),
    terms: bought.map((each) => ({
      term: each.term,
      hours: each.hours,
      total: money(each.total),
      list: money(micros(each.hours * price)),
      states: inMoney([...each.states]),
    })),
  };
  return { micros: total, result };
}

function inMoney(amounts: readonly (readonly [string, number])[]): Record<string, string> {
  const some = amounts.filter(([, amount]) => amount > 0);
  return Object.fromEntries(some.map(([name, amount]) => [name, money(amount)]));
}

/** Positions of a charge, each a mean over the replications. */
function chargesOf(
  scenario: Scenario,
  records: readonly RunRecord[],
  pricing: Pricing,
): OtherCost[] {
  const specs = Object.entries(scenario.cost.charges);
  if (specs.length === 0) return [];
  const meters = records.map((record) => meterOf(scenario, record, pricing));
  return specs.flatMap(([name, spec]) => {
    const of = "of" in spec ? (spec.of ?? null) : null;
    return positionsOf(spec, meters).map((each) => position(name, of, each));
  });
}

function positionsOf(spec: ChargeSpec, meters: readonly ChargeMeter[]) {
  const charge = make(charges, spec, undefined);
  const runs = meters.map((meter) => charge.positions(meter));
  return runs[0]!.map(({ unit, price }, index) => {
    return { unit, price, quantity: mean(runs, (positions) => positions[index]!.quantity) };
  });
}

function position(
  name: string,
  of: string | null,
  { unit, quantity, price }: { unit: string; quantity: number; price: number },
): OtherCost {
  const total = micros(quantity * price);
  return { micros: total, result: { name, of, unit, quantity, price, total: money(total) } };
}

/** Instance-time by what it was good for [instance ns]. */
function occupations(runs: readonly NodesRecord[]): [string, number][] {
  const last = runs.map(({ snapshots }) => snapshots.at(-1)!);
  const inState = (state: InstanceState) =>
    sum(last, ({ stateTime }) => stateTime[instanceStates.indexOf(state)]!);
  const serving = inState("ready") + inState("draining");
  const others: [string, number][] = [
    ["warming", inState("provisioning") + inState("starting")],
    ["down", inState("crashed")],
    ["standby", sum(runs, ({ fleet }) => fleet?.standby ?? 0)],
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
