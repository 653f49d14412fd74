/** What every alert rule must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { run } from "../../src/index.ts";
import { alerts } from "../../src/model/alerts/index.ts";

/** A web server that is overrun, then dead, then alone with nobody. */
const night = (rules: object) => ({
  title: "A night",
  run: { duration: "40 min", window: "15 s", "warm-up": "1 min" },
  monitoring: { scrape: "15 s", evaluation: "15 s" },
  workloads: {
    shoppers: {
      to: "web",
      arrivals: {
        rate: {
          kind: "profile",
          points: ["0 s", "10 min", "10 min", "30 min", "30 min", "40 min"].map((at, place) => [
            at,
            ["1 rps", "1 rps", "12 rps", "12 rps", "0 rps", "0 rps"][place],
          ]),
        },
      },
    },
  },
  parts: {
    web: {
      kind: "service",
      slots: 1,
      work: "100 ms",
      queue: { limit: 1000 },
      fleet: { instances: 1, "start-up": "1 s" },
      "health-check": "none",
    },
  },
  faults: [{ kind: "crash", of: "web", at: "20 min", repair: "5 min" }],
  alerts: rules,
});

describe.each(alerts.map((definition) => ({ ...definition })))("$kind", ({ kind, example }) => {
  const { alerts: rules } = parse(example!) as { alerts: Record<string, { kind: string }> };

  test("in the example of the manual fires on a bad night, in an order that makes sense", async () => {
    expect(Object.values(rules)[0]!.kind).toBe(kind);
    const { firings } = (await run(night(rules))).alerts!;
    expect(firings.length).toBeGreaterThan(0);
    for (const { pendingAt, firedAt, toldAt, resolvedAt } of firings) {
      expect(firedAt).toBeGreaterThanOrEqual(pendingAt);
      if (toldAt !== null) expect(toldAt).toBeGreaterThanOrEqual(firedAt);
      if (resolvedAt !== null) expect(resolvedAt).toBeGreaterThan(firedAt);
    }
  });

  test("changes nothing in the night it watches", async () => {
    const watched = await run(night(rules));
    const alone = await run(night({}));
    expect(watched.fingerprint).toBe(alone.fingerprint);
    expect(watched.windows).toEqual(alone.windows);
  });
});
