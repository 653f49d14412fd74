import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { SECOND } from "../../../src/kernel/time.ts";
import { arrivalsSchema } from "../../../src/model/arrivals/index.ts";
import { rowOptions } from "../../../src/model/arrivals/replay.ts";
import { RequestRows } from "../../../src/model/replay/requestRows.ts";

/** Reads a table whose rows come each second but are written in blocks, the last second first. */
function mostWaiting(block: number, options: object): number {
  const rows = Array.from({ length: 5000 }, (_, row) => row - (row % block) + block - 1 - (row % block));
  const whole = Buffer.from(["timestamp", ...rows].join("\n"));
  const spec = arrivalsSchema.parse({ kind: "replay", file: "f", ...options });
  if (spec.kind !== "replay") return NaN;
  const complain = (line: number, message: string): never => expect.fail(`${line}: ${message}`);
  const reader = new RequestRows(
    { read: (into, at) => whole.copy(into, 0, at, at + into.length) },
    rowOptions(spec),
    [],
    { random: new Random("rows"), complain },
  );
  let count = 0;
  for (; reader.next(); count++) expect(reader.time).toBe(count * SECOND);
  expect(count).toBe(5000);
  return reader.waitedMost;
} // prettier-ignore

test("only the rows of the time that may be late wait: as many for a long file as for a short one", () => {
  expect(mostWaiting(1, {})).toBe(1);
  expect(mostWaiting(10, { "sort-within": "9 s" })).toBeLessThanOrEqual(20);
});
