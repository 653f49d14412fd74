/** A quick look at every family: the cases that need no long run, at a part of their length. */
import { expect, test } from "vitest";
import { perform, type RunRecord } from "../../src/experiment/replication.ts";
import type { Case } from "./case.ts";
import { families } from "./cases/index.ts";
import { final } from "./judge.ts";
import { play, type Runner } from "./play.ts";

const LENGTH = 0.04;

const here: Runner = (scenario, replication) =>
  Promise.resolve(perform({ scenario, replication, wanted: "record" }) as RunRecord);

test.each(families)("$name: every number agrees", async ({ name, cases }) => {
  const short = cases.filter(({ long }) => !long).map(withoutFarEnd);
  const verdicts = await play([{ name, cases: short }], { run: here, length: LENGTH });
  const misses = verdicts.flatMap((verdict) =>
    final(verdict)
      .filter(({ agrees }) => !agrees)
      .map(({ metric, expected, simulated, halfWidth }) => {
        return `${verdict.of.id}, ${metric}: ${expected} expected, ${simulated} ± ${halfWidth ?? 0}`;
      }),
  );
  expect(misses).toEqual([]);
});

/** What one in a thousand exceeds comes out low in short runs, as excursions that long are rare. */
function withoutFarEnd(one: Case): Case {
  if ("worked" in one) return one;
  return { ...one, claims: one.claims.filter(([{ name }]) => !name.startsWith("p99.9")) };
}

test("every case has a name of its own", () => {
  const names = families.flatMap(({ cases }) => cases.map(({ id }) => id));
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((id) => !/^[a-z0-9-]+$/.test(id))).toEqual([]);
});
