/** A bulkhead: so many calls inside at once and no more, whatever they do there. */
import { count } from "../../schema/fields.ts";
import { ADMIT, guard, REJECT } from "./guard.ts";

export const bulkhead = guard({
  kind: "bulkhead",
  summary: "Admits a call while fewer than a fixed number are inside.",
  source:
    "M. Nygard, Release It! (2007), chapter 5; nginx's limit_conn with `per: key`, Envoy's max_requests",
  example: "guards: [{ kind: bulkhead, limit: 100 }]",
  options: { limit: count("Calls inside at once.", { min: 1 }) },
  create({ limit }) {
    let inside = 0;
    return {
      admit() {
        if (inside >= limit) return REJECT;
        inside++;
        return ADMIT;
      },
      finished: () => void inside--,
    };
  },
});
