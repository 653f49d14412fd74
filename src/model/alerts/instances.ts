/** Too few machines are left: what `count(up == 1)` tells. */
import { formatDuration } from "../../schema/format.ts";
import { factor, name } from "../../schema/fields.ts";
import { alert, usualFields } from "./alert.ts";

export const instances = alert({
  kind: "instances",
  summary: "Fires while too few instances of a part are ready, as a mean over time.",
  example: "alerts:\n  thin: { kind: instances, part: web, below: 4, over: 2 min }",
  options: {
    part: name("The part."),
    below: factor("Ready instances.", { min: 0 }),
    ...usualFields,
  },
  create: ({ part, below, over, for: wait, severity }) => ({
    needs: { part },
    conditions: [
      {
        says: `fewer than ${below} instances of ${part} ready over ${formatDuration(over)}`,
        severity,
        windows: [over],
        for: wait,
        holds: (value) => value < below,
        value(telemetry, now) {
          const grown = telemetry.part({ now, over }, part);
          return grown && grown.readyTime / grown.length;
        },
      },
    ],
  }),
});
