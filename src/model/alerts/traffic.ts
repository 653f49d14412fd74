/** Shoppers stay away: the alert that an outage before the platform leaves. */
import { formatDuration, formatRate } from "../../schema/format.ts";
import { name, rate } from "../../schema/fields.ts";
import { alert, usualFields } from "./alert.ts";

export const traffic = alert({
  kind: "traffic",
  summary: "Fires while fewer requests arrive than should, or more than may.",
  example: "alerts:\n  silence: { kind: traffic, below: 10 rps, over: 1 min }",
  options: {
    class: name("The request class; all of them unless given.").optional(),
    below: rate("Fires under this rate.").optional(),
    above: rate("Fires over this rate.").optional(),
    ...usualFields,
  },
  check: ({ below, above }) =>
    below === undefined && above === undefined
      ? [{ path: [], message: "it would never fire; expected `below` or `above`" }]
      : [],
  create({ class: of, below, above, over, for: wait, severity }) {
    const bounds = [
      ...(below === undefined ? [] : [`below ${formatRate(below)}`]),
      ...(above === undefined ? [] : [`above ${formatRate(above)}`]),
    ];
    return {
      needs: { class: of },
      conditions: [
        {
          says: `${of ?? "all"} requests ${bounds.join(" or ")} over ${formatDuration(over)}`,
          severity,
          windows: [over],
          for: wait,
          holds: (value) => value < (below ?? -Infinity) || value > (above ?? Infinity),
          value: (telemetry, now) => telemetry.traffic({ now, over }, of),
        },
      ],
    };
  },
});
