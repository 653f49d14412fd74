/** Too many failures: the ratio of two counters' growth, as recording rules of Prometheus have it. */
import { formatDuration, formatShare } from "../../schema/format.ts";
import { name, share } from "../../schema/fields.ts";
import { alert, usualFields, type Telemetry, type Window } from "./alert.ts";

export const errorRatio = alert({
  kind: "error-ratio",
  summary: "Fires while too large a share of requests, or of a part's calls, fails.",
  source: "Prometheus documentation, alerting rules and rate()",
  notes:
    "The windows of `over` are open at their left end, so of scrapes every 15 s a window of 1 min holds four, 45 s apart.",
  example: "alerts:\n  failing: { kind: error-ratio, above: 5 %, over: 5 min, for: 1 min }",
  options: {
    class: name("The request class; all of them unless given.").optional(),
    part: name("The part whose calls count, instead of clients' requests.").optional(),
    above: share("The share that must fail."),
    ...usualFields,
  },
  check: ({ class: of, part }) =>
    of !== undefined && part !== undefined
      ? [{ path: ["part"], message: "it is about a request class or about a part, not both" }]
      : [],
  create({ class: of, part, above, over, for: wait, severity }) {
    const subject = part === undefined ? `${of ?? "all"} requests` : `calls of ${part}`;
    const says = `more than ${formatShare(above)} of ${subject} fail over ${formatDuration(over)}`;
    const growth = (telemetry: Telemetry, window: Window) =>
      part === undefined ? telemetry.requests(window, of) : telemetry.part(window, part);
    return {
      needs: { class: of, part },
      conditions: [
        {
          says,
          severity,
          windows: [over],
          for: wait,
          holds: (value) => value > above,
          value(telemetry, now) {
            const grown = growth(telemetry, { now, over });
            return grown && grown.ended > 0 ? grown.failed / grown.ended : null;
          },
        },
      ],
    };
  },
});
