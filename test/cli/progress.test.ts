import { expect, test } from "vitest";
import { inWords, Progress } from "../../src/cli/progress.ts";

/** A stream that remembers, and a clock that only the test moves. */
function onlooker(cells: number, isTTY: boolean) {
  const written: string[] = [];
  const clock = { now: 0 };
  const out = { isTTY, columns: 60, write: (text: string) => written.push(text) > 0 };
  return { written, clock, progress: new Progress(cells, out, () => clock.now) };
}

test("a log gets one line per ten percent, with the time that remains", () => {
  const { written, clock, progress } = onlooker(2, false);
  clock.now = 5_000;
  progress.advance(0, 0.5); // a quarter of all in 5 s: three more quarters take 15 s
  progress.advance(0, 0.52);
  clock.now = 10_000;
  progress.advance(1, 0.48);
  expect(written).toEqual(["simulated 20 %, 15 s left\n", "simulated 50 %, 10 s left\n"]);
});

test("the last line says how long it took, whatever the rounding of the shares", () => {
  const { written, clock, progress } = onlooker(3, false);
  clock.now = 61_000;
  for (const cell of [0, 1, 2]) progress.advance(cell, 1);
  expect(written.at(-1)).toBe("simulated 100 %, in 1 min 1 s\n");
});

test("a terminal gets a bar that is repainted in place and taken away at the end", () => {
  const { written, clock, progress } = onlooker(1, true);
  clock.now = 1_000;
  progress.advance(0, 0.5);
  clock.now = 1_001;
  progress.advance(0, 0.51); // too soon after the last painting
  progress.end();
  expect(written).toEqual([
    `\r\u001b[K[${"█".repeat(20)}${"·".repeat(20)}]  50 %  1 s left`,
    "\r\u001b[K",
  ]);
});

test("the bar leaves room in a narrow terminal", () => {
  const written: string[] = [];
  const out = { isTTY: true, columns: 40, write: (text: string) => written.push(text) > 0 };
  new Progress(1, out, () => 0).advance(0, 0.5);
  expect(written[0]?.replace("\r\u001b[K", "").length).toBeLessThan(40);
});

test.each([
  [0, "0 s"],
  [59_400, "59 s"],
  [59_600, "1 min 0 s"],
  [3_599_000, "59 min 59 s"],
  [4_800_000, "1 h 20 min"],
])("%i ms is said as %s", (milliseconds, words) => {
  expect(inWords(milliseconds)).toBe(words);
});

test("more replications than were thought make the share smaller, and what is done stays done", () => {
  const { written, clock, progress } = onlooker(1, false);
  clock.now = 10_000;
  progress.advance(0, 1);
  progress.expect(4);
  progress.advance(1, 0.5); // 1.5 of 4 in 10 s
  expect(written).toEqual(["simulated 100 %, in 10 s\n", "simulated 30 %, 17 s left\n"]);
});
