/** What holds on any night, whatever the platform and whatever happens to it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resultSchema, type Result } from "../../src/experiment/result.ts";
import { run } from "../../src/index.ts";
import { anyNight } from "../support/anyNight.ts";
import { Rehearsal } from "../support/rehearsal.ts";

const sum = (counts: Iterable<number>) => [...counts].reduce((all, count) => all + count, 0);

const always = (property: fc.IAsyncProperty<unknown>, numRuns: number) =>
  fc.assert(property as fc.IAsyncProperty<unknown[]>, { seed: 1111, numRuns });

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
      }),
      30,
    ));

  test("the bill is the sum of its parts, and each part the sum of its states", () =>
    always(
      fc.asyncProperty(anyNight, async (night) => {
        const { cost } = await run(night);
        const micros = (money: string) => Math.round(Number(money) * 1e6);
        expect(sum(cost.parts.map(({ total }) => micros(total)))).toBe(micros(cost.total));
        for (const { total, states } of cost.parts)
          expect(sum(Object.values(states).map(micros))).toBe(micros(total));
      }),
      20,
    ));

  test("the same seed gives the same bytes", () =>
    always(
      fc.asyncProperty(anyNight, async (night) => {
        expect(JSON.stringify(await run(night))).toBe(JSON.stringify(await run(night)));
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

test("when everything is over, every call has ended once and nothing is left of it", () =>
  always(
    fc.asyncProperty(
      anyNight,
      fc.array(fc.nat(20_000), { minLength: 30, maxLength: 60 }),
      async (night, asked) => {
        const { parts, faults, autoscalers } = night;
        const play = new Rehearsal(parts, {
          faults,
          autoscalers: autoscalers as Record<string, object>,
        });
        const client: Record<string, unknown> = { ...night.workloads.shoppers.client };
        // A rehearsal's calls have no workload to share connections.
        delete client["connections"];
        asked.forEach((at, index) => {
          const target = ["edge.buy", "web.look", "memory.get", "store.write"][index % 4]!;
          play.ask(at / 1000, target, { key: at % 10, ...client });
        });
        play.run(600);
        expect(play.endings).toHaveLength(asked.length);
        expect(play.live).toBe(0);
      },
    ),
    80,
  ));

describe("what has nothing to do with a class changes nothing for it", () => {
  /** What a result says of the platform the night began with. */
  const view = ({ classes, parts, windows, events }: Result, names: readonly string[]) => ({
    classes: classes.filter(({ workload }) => workload === "shoppers"),
    parts: parts.filter(({ name }) => names.includes(name)),
    windows: names.map((name) => windows.parts[name]),
    events: events.filter(({ part }) => part !== null && names.includes(part)),
  });

  test("another part and another workload", () =>
    always(
      fc.asyncProperty(anyNight, async (night) => {
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
      40,
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
