/** Simple scaling at work: alarms look once a period, and the fleet tells when an activity is over. */
import type { Duration } from "../../kernel/time.ts";
import type { Fleet } from "../fleet.ts";
import { SimpleScaling, type Rounding, type Rule } from "./alarmArithmetic.ts";
import {
  adjustmentOf,
  alarmOf,
  Readings,
  type WrittenAdjustment,
  type WrittenAlarm,
} from "./alarmFields.ts";
import { over, type AutoscalerContext } from "./autoscaler.ts";
import { measuredEvery, type Measurement } from "./measure.ts";

export type WrittenRule = WrittenAlarm &
  WrittenAdjustment & { readonly cooldown?: Duration | undefined };

export interface SimpleSettings extends Measurement {
  readonly rules: readonly WrittenRule[];
  readonly min: number;
  readonly max: number;
  readonly period: Duration;
  readonly cooldown: Duration;
}

/** Scales a part by alarms, one activity at a time. */
export function scaleByAlarms(
  settings: SimpleSettings,
  rounding: Rounding,
  { agenda, fleet, measure, note, scaleTo, floor }: AutoscalerContext,
): void {
  const { rules: written, period, cooldown } = settings;
  const rules = written.map((rule): Rule => {
    const adjustment = adjustmentOf(rule);
    return { alarm: alarmOf(rule), adjustment, cooldown: rule.cooldown ?? cooldown };
  });
  const readings = new Readings(written);
  const metrics = written.map(({ metric }) => metric);
  const measured = measure(measuredEvery(period, settings), metrics);
  const scaling = new SimpleScaling(rules, over(floor, settings), rounding);
  let told = false;
  const done = () => {
    if (!isActive(fleet)) scaling.activityDone(agenda.now);
  };
  fleet.watch({ ready: () => agenda.after(0, done), gone: () => agenda.after(0, done) });
  agenda.every(period, () => {
    done();
    const values = readings.values(measured.view());
    const verdict = scaling.look(values, fleet.desired, agenda.now);
    if (verdict === "waiting") {
      if (!told) note("not heeded", WAITING);
      told = true;
    } else if (verdict !== null) {
      const { alarm } = rules[verdict.rule]!;
      told = false;
      scaleTo(verdict.wanted, readings.reason(verdict, values[verdict.rule]!, alarm));
    }
  });
}

const WAITING = "an alarm fires, but the activity before is not over, or its cool-down";

/** Whether instances are on their way in or out. */
function isActive(fleet: Fleet): boolean {
  const moving = fleet.in("provisioning") + fleet.in("starting") + fleet.in("draining");
  return moving > 0;
}
