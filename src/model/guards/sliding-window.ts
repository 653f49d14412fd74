/** So many calls in the last second, say, counted in a few buckets: Sentinel's plain flow rule. */
import { MILLISECOND } from "../../kernel/time.ts";
import { count, duration } from "../../schema/fields.ts";
import { ADMIT, guard, REJECT } from "./guard.ts";
import { SlidingCount } from "./slidingCount.ts";

export const slidingWindow = guard({
  kind: "sliding-window",
  summary: "Admits so many calls in any stretch of time, counted in buckets.",
  source:
    "Alibaba Sentinel, sentinel-core, node/StatisticNode.java and flow/controller/DefaultController.java",
  example: "guards: [{ kind: sliding-window, limit: 200 }]",
  options: {
    limit: count("Calls admitted in one window.", { min: 1 }),
    window: duration("Length of the window.", { min: MILLISECOND }).prefault("1 s"),
    buckets: count("Buckets it is counted in; it moves on by one of them.", {
      min: 1,
      max: 1000,
    }).default(2),
  },
  create({ limit, window, buckets }) {
    const admitted = new SlidingCount(window, buckets);
    return {
      admit(_call, now) {
        if (admitted.total(now) >= limit) return REJECT;
        admitted.add(now);
        return ADMIT;
      },
    };
  },
});
