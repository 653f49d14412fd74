/** What holds on any night, whatever the platform and whatever happens to it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resultSchema, type Result } from "../../src/experiment/result.ts";
import { run as simulate } from "../../src/index.ts";
import { anyNight, type Night } from "../support/anyNight.ts";

const sum = (counts: Iterable<number>) => [...counts].reduce((all, count) => all + count, 0);

/** Results of nights by their text: with one seed for all, properties speak of the same nights. */
const known = new Map<string, Promise<Result>>();

function run(night: object): Promise<Result> {
  const text = JSON.stringify(night);
  const result = known.get(text) ?? simulate(night);
  known.set(text, result);
  return result;
}

const always = (property: fc.IAsyncProperty<unknown>, numRuns: number) =>
  fc.assert(property as fc.IAsyncProperty<unknown[]>, { seed: 1111, numRuns, endOnFailure: true });

describe("on any night", () => {
  test("requests and calls are conserved, class by class and part by part", () =>
    always(
      fc.asyncProperty(anyNight, async (night) => {
        const { total, classes, parts, conservation } = await run(night);
        for (const { generated, succeeded, failed, inFlight } of [total, ...classes]) {
          expect(generated).toBe(succeeded + sum(Object.values(failed)) + inFlight);
        }
        for (const { calls } of parts) {
          expect(calls.arrived).toBe(calls.ok + sum(Object.values(calls.failed)) + calls.inFlight);
        }
        const { generated, succeeded, failed, inFlight, calls } = conservation;
        expect(generated).toBe(succeeded + failed + inFlight);
        expect(calls.arrived).toBe(calls.resolved + calls.inFlight);
      }),
      60,
    ));

  test("a result has its published form: shares from 0 to 1, times and counts not negative", () =>
    always(
      fc.asyncProperty(anyNight, async (night) => {
        const result = await run(night);
        expect(resultSchema.parse(result)).toEqual(result);
        for (const { waitingTime, serviceTime, queueLength } of result.parts) {
          expect(waitingTime?.mean ?? 0).toBeGreaterThanOrEqual(0);
          expect(serviceTime?.mean ?? 0).toBeGreaterThanOrEqual(0);
          expect(queueLength?.mean ?? 0).toBeGreaterThanOrEqual(0);
        }
        for (const { utilisation } of Object.values(result.windows.parts)) {
          for (const busy of utilisation) {
            expect(busy ?? 0).toBeGreaterThanOrEqual(0);
            expect(busy ?? 0).toBeLessThanOrEqual(1);
          }
        }
      }),
      30,
    ));

  test("the bill is the sum of its parts and charges, each part the sum of its states and of its terms", () =>
    always(
      fc.asyncProperty(anyNight, async (night) => {
        const { cost } = await run(night);
        const micros = (money: string) => Math.round(Number(money) * 1e6);
        const totals = (items: readonly { readonly total: string }[]) =>
          sum(items.map(({ total }) => micros(total)));
        expect(totals(cost.parts) + totals(cost.charges)).toBe(micros(cost.total));
        for (const { total } of cost.charges) expect(micros(total)).toBeGreaterThanOrEqual(0);
        for (const { total, states, terms } of cost.parts) {
          expect(sum(Object.values(states).map(micros))).toBe(micros(total));
          expect(totals(terms)).toBe(micros(total));
          for (const each of [{ total, states }, ...terms]) {
            for (const money of Object.values(each.states))
              expect(micros(money)).toBeGreaterThanOrEqual(0);
            expect(sum(Object.values(each.states).map(micros))).toBe(micros(each.total));
          }
        }
      }),
      25,
    ));

  test("the same seed gives the same bytes", () =>
    always(
      fc.asyncProperty(anyNight, async (night) => {
        expect(JSON.stringify(await simulate(night))).toBe(JSON.stringify(await run(night)));
      }),
      15,
    ));

  test("windows add up to the whole run", () =>
    always(
      fc.asyncProperty(anyNight, async (night) => {
        const { windows, conservation, parts, run: length } = await run(night);
        const whole = (series: readonly (number | null)[]) =>
          series.reduce<number>((all, rate, index) => {
            const end = windows.start[index + 1] ?? length.duration;
            return all + (rate ?? 0) * (end - windows.start[index]!);
          }, 0);
        const { arrivals, goodput, failed } = windows.classes["all"]!;
        expect(whole(arrivals)).toBeCloseTo(conservation.generated, 6);
        expect(whole(goodput)).toBeCloseTo(conservation.succeeded, 6);
        expect(sum(Object.values(failed).map(whole))).toBeCloseTo(conservation.failed, 6);
        const calls = sum(parts.map(({ name }) => whole(windows.parts[name]!.arrivals)));
        expect(calls).toBeCloseTo(conservation.calls.arrived, 6);
      }),
      15,
    ));
});

describe("what has nothing to do with a class changes nothing for it", () => {
  /** What a result says of the platform the night began with. */
  const view = ({ classes, parts, windows, events }: Result, names: readonly string[]) => ({
    classes: classes.filter(({ workload }) => workload === "shoppers"),
    parts: parts.filter(({ name }) => names.includes(name)),
    windows: names.map((name) => windows.parts[name]),
    events: events.filter(({ part }) => part !== null && names.includes(part)),
  });

  /** The same, with links as wide as may be: who shares one waits for the others. */
  const unshared = (night: Night): Night =>
    JSON.parse(JSON.stringify(night), (key, value: unknown) =>
      key === "bandwidth" ? undefined : value,
    ) as Night;

  test("another part and another workload", () =>
    always(
      fc.asyncProperty(anyNight.map(unshared), async (night) => {
        const names = Object.keys(night.parts);
        const crowded = {
          ...night,
          workloads: {
            ...night.workloads,
            bots: { to: "api", arrivals: { kind: "poisson", rate: "30 rps" } },
          },
          parts: {
            ...night.parts,
            api: { kind: "service", slots: 2, work: { kind: "exponential", mean: "90 ms" } },
          },
        };
        expect(view(await run(crowded), names)).toEqual(view(await run(night), names));
      }),
      24,
    ));

  test("the order in which a file lists parts and workloads", () =>
    always(
      fc.asyncProperty(anyNight, async (night) => {
        const parts = Object.fromEntries(Object.entries(night.parts).reverse());
        const turned = await run({ ...night, parts });
        const straight = await run(night);
        const bare = ({ resolved, runId, ...rest }: Result) => rest;
        expect(bare(turned)).toEqual(bare(straight));
      }),
      20,
    ));
});
