/** Too many wait. */
import { formatDuration } from "../../schema/format.ts";
import { count, name } from "../../schema/fields.ts";
import { alert, usualFields } from "./alert.ts";

export const queueLength = alert({
  kind: "queue-length",
  summary: "Fires while too many calls wait at a part, as a mean over time.",
  example: "alerts:\n  backlog: { kind: queue-length, part: web, above: 200, over: 1 min }",
  options: {
    part: name("The part."),
    above: count("Calls that wait."),
    ...usualFields,
  },
  create: ({ part, above, over, for: wait, severity }) => ({
    needs: { part },
    conditions: [
      {
        says: `more than ${above} calls wait at ${part} over ${formatDuration(over)}`,
        severity,
        windows: [over],
        for: wait,
        holds: (value) => value > above,
        value(telemetry, now) {
          const grown = telemetry.part({ now, over }, part);
          return grown && grown.queueTime / grown.length;
        },
      },
    ],
  }),
});
