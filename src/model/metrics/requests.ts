/** How many calls come. */
import type { Sample } from "../monitor.ts";
import { metric } from "./metric.ts";
import { per } from "./per.ts";

export const requests = metric({
  kind: "requests",
  summary: "Calls that come in a second, tries again included.",
  notes:
    "The part's calls are counted at its door, with those that are turned away there. For each instance they are divided by the instances that are ready, as a load balancer does that counts requests per target.",
  example:
    "autoscalers:\n  web: { kind: target-tracking, metric: requests, target: 100 rps, min: 2, max: 40 }",
  level: "rate",
  options: { per },
  create({ per: whose }) {
    return {
      title: whose === "instance" ? "requests per instance" : "requests",
      ofInstance: (sample: Sample) => sample.requestRate,
      ofPart({ part, instances }) {
        if (part === null) return null;
        if (whose === "total") return part.requestRate;
        return instances === 0 ? null : part.requestRate / instances;
      },
    };
  },
});
