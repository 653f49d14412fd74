/**
 * Scaling by traffic, in three parts: a monitor counts requests, a control compares them with what the
 * instances are meant to serve, a dispatch carries out the order, late and in portions.
 *
 *     monitor (metric-…) -> control (above, below, aim) -> dispatch (delay, at once) -> fleet
 */
import { SECOND, type Duration } from "../../kernel/time.ts";
import { count, duration, rate, share } from "../../schema/fields.ts";
import type { Issue } from "../../schema/issue.ts";
import { metricOf } from "../metrics/index.ts";
import { showLevel } from "../metrics/level.ts";
import { boundsFields } from "./alarmFields.ts";
import { autoscaler, minAboveMax, over, within } from "./autoscaler.ts";
import { measuredEvery, measurementFields } from "./measure.ts";
import { sizeForTraffic } from "./trafficArithmetic.ts";

const requestsInTotal = { kind: "requests", per: "total" } as const;

export const traffic = autoscaler({
  kind: "traffic",
  summary:
    "Sizes a fleet by the requests that come: monitored, compared with the capacity, and dispatched in portions.",
  notes:
    "Requests are counted at the part's door whether they are served or not, so that it grows in one decision where utilisation would only say 100 %. It has to be told what an instance can serve, and is wrong when that is.",
  example:
    "autoscalers:\n  web: { kind: traffic, capacity: 100 rps, above: 80 %, below: 40 %, aim: 60 %, max: 40 }",
  options: {
    capacity: rate("Requests one instance is meant to serve.", { min: 0.001 }),
    above: share("Grow above this share of the capacity.", { max: 10 }).prefault("80 %"),
    below: share("Shrink below this share.", { max: 10 }).prefault("40 %"),
    aim: share("Where to be after either.", { min: 0.01, max: 10 }).prefault("60 %"),
    ...boundsFields,
    period: duration("How often the control decides.", { min: SECOND }).prefault("15 s"),
    cooldown: duration("How long it does not shrink after any order.").prefault("300 s"),
    "dispatch-delay": duration("From an order until the first of it is carried out.").prefault(
      "0 s",
    ),
    "dispatch-size": count("Instances started or stopped at once; without it, all.", {
      min: 1,
    }).optional(),
    "dispatch-interval": duration("Between two portions.", { min: SECOND }).prefault("10 s"),
    ...measurementFields,
  },
  check: (settings) => [...minAboveMax(settings), ...issuesOfThresholds(settings)],
  most: ({ max }) => max,
  create(settings, { agenda, fleet, measure, scaleTo, floor }) {
    const { period, cooldown, "dispatch-delay": delay, "dispatch-interval": interval } = settings;
    const portion = settings["dispatch-size"] ?? Infinity;
    const measured = measure(measuredEvery(period, settings), [requestsInTotal]);
    const metric = metricOf(requestsInTotal);
    let ordered: number | null = null;
    let holdUntil: Duration = 0;
    const dispatch = (order: number, reason: string) => {
      // A newer order has taken its place.
      if (order !== ordered) return;
      const aim = Math.max(order, floor());
      const step = Math.max(-portion, Math.min(portion, aim - fleet.desired));
      scaleTo(fleet.desired + step, reason);
      if (fleet.desired !== aim) agenda.after(interval, () => dispatch(order, reason));
    };
    agenda.every(period, () => {
      const value = metric.ofPart(measured.view());
      const size = ordered ?? fleet.desired;
      const verdict = value === null ? null : sizeForTraffic(value, size, settings);
      if (verdict === null || (verdict.side === "below" && agenda.now < holdUntil)) return;
      const { instances, note } = within(over(floor, settings), verdict.wanted);
      if (instances === size) return;
      ordered = instances;
      holdUntil = agenda.now + cooldown;
      const { side, load, wanted } = verdict;
      const limit = showLevel("share", settings[side]);
      const seen = `${showLevel("rate", value!)} are ${showLevel("share", load)} of what ${size} can serve, ${side} ${limit}`;
      const reason = `${seen} → ${wanted} for ${showLevel("share", settings.aim)}${note}`;
      agenda.after(delay, () => dispatch(instances, reason));
    });
  },
});

function issuesOfThresholds({
  above,
  below,
  aim,
}: {
  above: number;
  below: number;
  aim: number;
}): Issue[] {
  if (below <= aim && aim <= above) return [];
  const message = "expected an aim between `below` and `above`, or it would never come to rest";
  return [{ path: ["aim"], message }];
}
