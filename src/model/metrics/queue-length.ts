/** Calls that wait for a slot. */
import type { Sample } from "../monitor.ts";
import { meanOver, metric, totalOver } from "./metric.ts";
import { per } from "./per.ts";

export const queueLength = metric({
  kind: "queue-length",
  summary: "Calls that wait for a slot, as each scrape finds them.",
  example:
    "autoscalers:\n  web: { kind: threshold, metric: queue-length, above: 8, below: 1, max: 40 }",
  level: "number",
  options: { per },
  create({ per: whose }) {
    const ofInstance = (sample: Sample) => sample.queueLength;
    const over = whose === "instance" ? meanOver : totalOver;
    return { title: "queue length", ofInstance, ofPart: (view) => over(view, ofInstance) };
  },
});
