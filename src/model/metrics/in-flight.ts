/** Calls that have come and are not answered. */
import type { Sample } from "../monitor.ts";
import { meanOver, metric, totalOver } from "./metric.ts";
import { per } from "./per.ts";

export const inFlight = metric({
  kind: "in-flight",
  summary: "Calls at the instances, waiting or served, as each scrape finds them.",
  notes: "In total, calls held because there is no instance count too.",
  example:
    "autoscalers:\n  web: { kind: target-tracking, metric: in-flight, target: 12, min: 2, max: 40 }",
  level: "number",
  options: { per },
  create({ per: whose }) {
    const ofInstance = (sample: Sample) => sample.inFlight;
    if (whose === "instance")
      return { title: "in flight", ofInstance, ofPart: (view) => meanOver(view, ofInstance) };
    return {
      title: "in flight",
      ofInstance,
      ofPart(view) {
        const present = totalOver(view, ofInstance);
        return view.part === null || present === null ? null : present + view.part.held;
      },
    };
  },
});
