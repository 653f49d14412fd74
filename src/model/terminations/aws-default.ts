/**
 * The default of an Auto Scaling group: keep the zones even, then get rid of old versions, then use
 * the hour that is paid for, then draw.
 */
import type { Instance } from "../instance.ts";
import { nearestToHour } from "./closest-to-hour.ts";
import { largest, termination } from "./termination.ts";

export const awsDefault = termination({
  kind: "aws-default",
  summary:
    "From the zone with most instances, the oldest version, then the one nearest to its next hour, then any.",
  source: "Amazon EC2 Auto Scaling user guide, default termination policy",
  notes: "The version of a launch template is here what a rollout has brought.",
  options: {},
  create: (_, { random }) => ({
    choose(candidates, now) {
      const crowded = largest(candidates, ({ zone }) => inZone(candidates, zone));
      const dated = largest(crowded, ({ version }) => -version);
      const due = nearestToHour(dated, now);
      return due[due.length === 1 ? 0 : random.below(due.length)]!;
    },
  }),
});

function inZone(candidates: readonly Instance[], zone: string): number {
  return candidates.filter((each) => each.zone === zone).length;
}
