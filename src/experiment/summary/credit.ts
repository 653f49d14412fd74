/** What an outage costs beyond machines: orders that were lost, and credits for a broken agreement. */
import { SECOND } from "../../kernel/time.ts";
import type { RunRecord } from "../../model/platform.ts";
import { classesOf } from "../../model/workload.ts";
import { agreements } from "../../scenario/catalogues/agreements.ts";
import type { Scenario } from "../../scenario/language.ts";
import { HOURS_PER_MONTH } from "../../schema/units.ts";
import type { CostResult } from "../result.ts";
import { judged } from "./classes.ts";
import { endedIn, usualRate } from "./history.ts";
import { micros, money } from "./money.ts";
import { mean, sum } from "./pooling.ts";

const MONTH = Number(HOURS_PER_MONTH);

/** Requests that have a worth: what those that succeeded brought, and those that failed did not. */
export function ordersOf(scenario: Scenario, records: readonly RunRecord[]): CostResult["orders"] {
  const valued = Object.entries(scenario.workloads).flatMap(([workload, spec]) =>
    classesOf(workload, spec).flatMap(({ name, worth }) => (worth ? [{ name, worth }] : [])),
  );
  return valued.map(({ name, worth }) => {
    const runs = records.map(({ classes }) => classes.find((one) => one.name === name)!);
    const done = mean(runs, ({ all }) => all.succeeded);
    const lost = mean(runs, ({ all }) => sum([...all.failed], (count) => count));
    const each = Number(worth.amount);
    return {
      of: name,
      currency: worth.currency,
      worth: money(micros(each)),
      done,
      lost,
      earned: money(micros(done * each)),
      missed: money(micros(lost * each)),
    };
  });
}

/**
 * The credit for a month of 730 hours in which this run happens once and the rest is as the history
 * says. @param perHour millionths
 */
export function creditOf(
  scenario: Scenario,
  records: readonly RunRecord[],
  perHour: number,
): CostResult["credit"] {
  const { sla } = scenario.cost;
  if (sla === undefined) return null;
  const { title, tiers } =
    typeof sla === "string" ? agreements[sla] : { title: "the scenario's own", tiers: sla };
  const runs = records.map(({ classes }) => judged(classes));
  const { total, failed } = endedIn(runs);
  const { duration, "warm-up": warmUp } = scenario.run;
  const outside = Math.max(0, MONTH * 3600 - (duration - warmUp) / SECOND);
  const usual = usualRate(scenario, runs) * outside;
  const all = total + usual;
  const availability = all > 0 ? 1 - (failed + usual * scenario.history.failed) / all : null;
  const credit = tiers.reduce(
    (most, tier) =>
      availability !== null && availability < tier.below ? Math.max(most, tier.credit) : most,
    0,
  );
  const bill = Math.floor(perHour * MONTH + 0.5);
  return {
    agreement: title,
    availability,
    share: credit,
    bill: money(bill),
    amount: money(Math.floor(bill * credit + 0.5)),
  };
}
