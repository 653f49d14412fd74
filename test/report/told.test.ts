/** What `explain --run` tells of alerts and rollouts, of a night in which both can be worked out. */
import { expect, test } from "vitest";
import { run } from "../../src/index.ts";
import { whyOf, whyTerminal } from "../../src/report/why/why.ts";
import { till } from "../support/till.ts";

test("a bad release is told step by step, and who heard of it when", async () => {
  const result = await run({
    ...till({ run: { duration: "200 s" } }),
    rollouts: [
      { kind: "rolling", of: "till", at: "50 s", version: { name: "new", "error-rate": "100 %" } },
    ],
    monitoring: { scrape: "10 s", evaluation: "10 s" },
    alerts: { failing: { kind: "error-ratio", above: "50 %", over: "20 s", for: "10 s" } },
  });
  const why = whyOf(result);
  const [firing] = result.alerts!.firings;
  expect(why.told.map(({ at, words }) => [at, words.replace(/ \(.*/, "")])).toEqual([
    [50, "rollout of till"],
    [51, "rolled out of till"],
    [firing!.firedAt, "failing fires"],
    [firing!.toldAt, "somebody is paged by failing, " + `${firing!.toldAt! - 50} s after rollout`],
  ]);
  const text = whyTerminal(result, why, { colour: false, width: 100 });
  expect(text).toContain("rollouts and alerts\n");
});

test("without any there is nothing to tell", async () => {
  expect(whyOf(await run(till())).told).toEqual([]);
});
