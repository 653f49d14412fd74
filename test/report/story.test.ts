import { expect, test } from "vitest";
import { episodeName, peakTraffic, timeline, worstMinute } from "../../src/report/story.ts";
import { sampleResult } from "./sample.ts";

test("verdicts on eight instances at once are told as one episode", () => {
  const told = timeline(sampleResult()).filter(({ plane }) => plane === "health");
  expect(told.map(episodeName)).toEqual(["marked down · edge ×8", "marked up · edge ×8"]);
});

test("every scaling decision is told by itself", () => {
  const scaling = timeline(sampleResult()).filter(({ plane }) => plane === "scaling");
  expect(scaling.map(({ at }) => at)).toEqual([1215, 1275, 1335, 1395, 2160]);
});

test("a crash is noticed when the first health check speaks of an instance of its part", () => {
  const crash = timeline(sampleResult()).find(({ what }) => what === "crash");
  expect(crash?.detectedAfter).toBe(7);
});

test("the peak and the worst minute are found where the spike is", () => {
  const result = sampleResult();
  expect(peakTraffic(result)?.at).toBeGreaterThanOrEqual(1200);
  expect(peakTraffic(result)?.at).toBeLessThan(1320);
  expect(worstMinute(result)).toMatch(/^00:00, 1 min: 79\.5 % of .* failed, p99 up to /);
});

test("when nothing fails the worst minute is the slowest", () => {
  const result = sampleResult();
  result.windows.classes["all"]!.failed = {};
  expect(worstMinute(result)).toMatch(/: p99 2\.25 s, nothing failed$/);
});
