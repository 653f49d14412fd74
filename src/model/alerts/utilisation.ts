/** Too busy: a cause, not a symptom, so that it may wake people whom no shopper misses. */
import { formatDuration, formatShare } from "../../schema/format.ts";
import { name, share } from "../../schema/fields.ts";
import { alert, usualFields } from "./alert.ts";

export const utilisation = alert({
  kind: "utilisation",
  summary: "Fires while the slots or cores of a part are too busy, as a mean over its instances.",
  example: "alerts:\n  hot: { kind: utilisation, part: web, above: 90 %, for: 5 min }",
  options: {
    part: name("The part."),
    above: share("The busy share."),
    ...usualFields,
  },
  create: ({ part, above, over, for: wait, severity }) => ({
    needs: { part },
    conditions: [
      {
        says: `${part} more than ${formatShare(above)} busy over ${formatDuration(over)}`,
        severity,
        windows: [over],
        for: wait,
        holds: (value) => value > above,
        value(telemetry, now) {
          const grown = telemetry.part({ now, over }, part);
          return grown && grown.servingTime > 0 ? grown.busyTime / grown.servingTime : null;
        },
      },
    ],
  }),
});
