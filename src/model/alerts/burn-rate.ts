/**
 * Multi-window, multi-burn-rate alerts: the error budget burns too fast over a long window, and still
 * does over a short one, so that the alert ends soon after the trouble.
 *
 * With budget 1 - target, error ratio e burns it e / (1 - target) times as fast as it may. A condition
 * spends burn × long / period of the budget before it fires: 2 % for 14.4 over 1 h of 30 days.
 */
import { z } from "zod";
import { HOUR } from "../../kernel/time.ts";
import { formatDuration, formatShare } from "../../schema/format.ts";
import { choice, duration, factor, name, share } from "../../schema/fields.ts";
import { alert, type Condition, type Telemetry } from "./alert.ts";

/** Of 30 days: 2 % of the budget in an hour, 5 % in six, 10 % in a day and in three. */
const usual = [
  { burn: 14.4, long: "1 h", short: "5 min", severity: "page" },
  { burn: 6, long: "6 h", short: "30 min", severity: "page" },
  { burn: 3, long: "1 d", short: "2 h", severity: "ticket" },
  { burn: 1, long: "3 d", short: "6 h", severity: "ticket" },
] as const;

/** A short window is this part of the long one where it is not told. */
const SHORT = 12;

export const burnRate = alert({
  kind: "burn-rate",
  summary: "Fires while the error budget burns too fast, over a long and over a short window.",
  source: "Google, The Site Reliability Workbook (2018), chapter 5, for 30 days",
  notes:
    "What the windows hold of the time before the run is what `history` says: nothing failed, at the rate of the run, unless told.",
  example: "alerts:\n  budget: { kind: burn-rate, target: 99.9 % }",
  options: {
    target: share("The promise: share of requests that succeed.", { max: 0.9999999 }),
    class: name("The request class; all of them unless given.").optional(),
    windows: z
      .array(
        z.strictObject({
          burn: factor("How many times as fast as it may the budget burns.", { min: 0 }),
          long: duration("The long window."),
          short: duration("The short window; a twelfth of the long one unless given.").optional(),
          severity: choice("Whether somebody is woken.", ["page", "ticket"]).default("page"),
        }),
      )
      .min(1)
      .describe("Each fires by itself.")
      .prefault([...usual]),
  },
  check: ({ windows }) =>
    windows.flatMap(({ long, short = 0 }, index) =>
      short > long || long > LONGEST
        ? [
            {
              path: ["windows", index, short > long ? "short" : "long"],
              message:
                short > long
                  ? "the short window is longer than the long one"
                  : `expected at most ${formatDuration(LONGEST)}`,
            },
          ]
        : [],
    ),
  create: ({ target, class: of, windows }) => ({
    needs: { class: of },
    conditions: windows.map(({ burn, long, short = long / SHORT, severity }): Condition => {
      const subject = `${of ?? "all"} requests at ${formatShare(target)}`;
      const rate = (telemetry: Telemetry, now: number, over: number) => {
        const grown = telemetry.requests({ now, over }, of);
        return grown && grown.ended > 0 ? grown.failed / grown.ended / (1 - target) : null;
      };
      return {
        says: `budget of ${subject} burns at more than ${burn}× over ${formatDuration(long)} and ${formatDuration(Math.floor(short))}`,
        severity,
        windows: [long, Math.floor(short)],
        for: 0,
        holds: (value) => value > burn,
        value(telemetry, now) {
          const slow = rate(telemetry, now, long);
          const fast = rate(telemetry, now, short);
          return slow === null || fast === null ? null : Math.min(slow, fast);
        },
      };
    }),
  }),
});

/** A quarter; the history before a run is a straight line, however long it is. */
const LONGEST = 90 * 24 * HOUR;
