/** Everything that waits for a part: the lag of those who work it off. */
import type { Sample } from "../monitor.ts";
import { metric, totalOver } from "./metric.ts";

export const backlog = metric({
  kind: "backlog",
  summary: "Calls that wait, for a slot or because there is no instance, in total.",
  example:
    "autoscalers:\n  web: { kind: kubernetes-hpa, metrics: [{ metric: backlog, target: 10 }], max: 40 }",
  level: "number",
  options: {},
  create() {
    const queued = (sample: Sample) => sample.queueLength;
    return {
      title: "backlog",
      ofPart(view) {
        const waiting = totalOver(view, queued);
        return view.part === null || waiting === null ? null : waiting + view.part.held;
      },
    };
  },
});
