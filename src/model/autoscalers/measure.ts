/** How a controller measures its part: the fields a user may write, and what it reads then. */
import { SECOND, type Duration } from "../../kernel/time.ts";
import { duration, share } from "../../schema/fields.ts";
import type { Instance } from "../instance.ts";
import type { View } from "../metrics/metric.ts";
import type { Monitor, MonitorSpec, Sample } from "../monitor.ts";

/** What a controller may read. */
export interface Measure {
  /** One instance, for controllers that look at each. */
  sample(instance: Instance): Sample | null;
  /** The part through its instances that are ready, or those of them that `counts` lets pass. */
  view(counts?: (instance: Instance) => boolean): View;
}

/** The fields with which a user says how a controller measures. */
export const measurementFields = {
  "metric-interval": duration("Between two scrapes; by default as often as it decides.", {
    min: SECOND,
  }).optional(),
  "metric-window": duration(
    "What measurements are averaged over; by default one scrape.",
  ).optional(),
  "metric-delay": duration("From a scrape until the controller can read it.").prefault("0 s"),
  "metric-loss": share("Share of scrapes that are lost, each instance's by itself.", {
    max: 0.99,
  }).prefault("0 %"),
};

export interface Measurement {
  readonly "metric-interval"?: Duration | undefined;
  readonly "metric-window"?: Duration | undefined;
  readonly "metric-delay": Duration;
  readonly "metric-loss": number;
}

/** The same with the interval of its decisions for what it does not say. */
export function measuredEvery(period: Duration, spec: Measurement): Measurement {
  return { ...spec, "metric-interval": spec["metric-interval"] ?? period };
}

/** How a part is measured, in the monitor's words. */
export function monitorSpec(spec: Measurement): MonitorSpec {
  const interval = spec["metric-interval"] ?? 15 * SECOND;
  return {
    interval,
    window: Math.max(spec["metric-window"] ?? interval, interval),
    delay: spec["metric-delay"],
    loss: spec["metric-loss"],
  };
}

/** A monitor as controllers read it. */
export function measureWith(monitor: Monitor, ready: () => readonly Instance[]): Measure {
  return {
    sample: (instance) => monitor.sample(instance),
    view(counts = () => true) {
      const counted = ready().filter(counts);
      const samples = counted.flatMap((instance) => monitor.sample(instance) ?? []);
      return { instances: counted.length, samples, part: monitor.whole() };
    },
  };
}
