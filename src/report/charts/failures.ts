/** Failed requests over time, by what ended them. */
import type { Result } from "../../experiment/result.ts";
import { compact, count, percent, rate } from "../units.ts";
import { chart } from "./chart.ts";
import { stacked, stackTable, type Stack } from "./stacked.ts";
import { BLUE, INK, MUTED, ORANGE, PURPLE, SKY, VERMILION, YELLOW } from "./theme.ts";

/** One colour for one cause, in every report. */
const colours = {
  "timed-out": SKY,
  dropped: VERMILION,
  refused: PURPLE,
  lost: BLUE,
  error: ORANGE,
  rejected: INK,
  reneged: YELLOW,
  cancelled: MUTED,
};

export const failures = chart({
  name: "failures",
  section: "broke",
  title: "Failures by cause",
  question: "Why did requests fail, and when?",

  draw(result) {
    const stack = stackOf(result);
    return Object.keys(stack.named).length > 0 ? stacked(result, stack) : null;
  },

  describe(result) {
    const causes = Object.entries(result.total.failed).sort(([, left], [, right]) => right - left);
    const failed = causes.reduce((sum, [, times]) => sum + times, 0);
    if (failed === 0) return "No measured request failed.";
    const [most, times] = causes[0]!;
    const share = percent(failed / Math.max(1, result.total.generated));
    return `${compact(failed)} requests failed (${share}), most of them ${most === "error" ? "answered with an error" : most} (${count(times)}).`;
  },

  table: (result) => stackTable(result, stackOf(result), rate),
});

function stackOf(result: Result): Stack {
  const failed = result.windows.classes["all"]?.failed ?? {};
  const named = Object.fromEntries(
    Object.entries(failed).filter(([, rates]) => rates.some((value) => (value ?? 0) > 0)),
  );
  return { named, unit: "failed requests per second", colours };
}
