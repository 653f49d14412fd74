import { expect, test } from "vitest";
import { traffic } from "../../../src/report/charts/traffic.ts";
import { sampleResult } from "../sample.ts";

/** A result whose tightest part gets twice the calls it could complete in the window at 10 min, so busy. */
function pressed(utilisation: number) {
  const result = sampleResult({ clock: null });
  const { start, classes, parts } = result.windows;
  const tight = parts[result.bottleneck!.part]!;
  const at = start.indexOf(600);
  const { attempts } = classes["all"]!;
  for (const position of start.keys()) {
    tight.arrivals[position] = attempts[position]!;
    tight.capacity[position] = 10 * attempts[position]!;
  }
  tight.capacity[at] = attempts[at]! / 2;
  tight.utilisation[at] = utilisation;
  return result;
}

test("the caption says when a saturated part was outrun", () => {
  expect(traffic.describe(pressed(0.99))).toMatch(/; from 10:00 attempts outran what \w+ could/);
});

test("the caption does not call a part outrun that had room, as when a dead instance refused", () => {
  expect(traffic.describe(pressed(0.9))).toMatch(/, always within what \w+ could complete\.$/);
});
