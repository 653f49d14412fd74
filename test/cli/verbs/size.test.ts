/** The textbook's number of servers, from the command line. */
import { describe, expect, test } from "vitest";
import { sizingSchema } from "../../../src/experiment/sizing.ts";
import { mmc } from "../../../src/statistics/theory/mmc.ts";
import { folderWith } from "../../support/folder.ts";
import { inside } from "../inside.ts";
import { loadstar } from "../loadstar.ts";

/** M/M/c with work of 100 ms and a promise for the 95th percentile. */
const tills = (rate: number, below: number) => `
title: Tills
run: { duration: 320 s, warm-up: 20 s, window: 20 s }
workloads: { shoppers: { to: tills, arrivals: { rate: ${rate} rps } } }
parts: { tills: { kind: service, slots: 1, work: { kind: exponential, mean: 100 ms } } }
objectives: [{ latency: p95, below: ${below} ms }]
`;

/** The least servers for which theory keeps the promise. */
function textbook(rate: number, below: number): number {
  for (let servers = Math.floor(rate / 10) + 1; ; servers++) {
    const rates = { arrivalRatePerSecond: rate, serviceRatePerSecond: 10, servers };
    if (mmc(rates).responseSecondsAt(0.95) < below / 1000) return servers;
  }
}

const flags = ["--quiet", "--no-report", "--json"];

const sized = async (input: string, words: string[]) => {
  const ended = await loadstar(["size", "-", ...flags, ...words], { input });
  return { ...ended, sizing: sizingSchema.parse(JSON.parse(ended.stdout)) };
};

/** The same without a process and with one thread. */
const sizedInside = async (text: string, words: string[]) => {
  const cwd = folderWith({ "tills.yaml": text });
  const ended = await inside(["size", "tills.yaml", "--jobs", "1", ...flags, ...words], cwd);
  return { ...ended, sizing: sizingSchema.parse(JSON.parse(ended.stdout)) };
};

describe("size", () => {
  test.each([
    // Each target lies about halfway between what the textbook's number gives and one server less.
    [4, 400],
    [9, 1000],
    [9, 330],
    [14, 425],
    [25, 470],
    [33, 420],
    [48, 770],
    [64, 450],
    [120, 385],
    [170, 390],
  ])("finds Erlang's number of servers for %i rps within %i ms", async (rate, below) => {
    const knob = ["--knob", "parts.tills.slots=1..32"];
    const { code, sizing } = await sizedInside(tills(rate, below), knob);
    expect(code).toBe(0);
    expect(sizing.answer!.values).toEqual([String(textbook(rate, below))]);
    expect(sizing.confirmation!.verdict).toBe("holds");
    const [till] = sizing.analytic;
    expect(till!.offeredErlang).toBeCloseTo(rate / 10, 0);
    expect(till!.utilisation).toBeCloseTo(till!.simulatedUtilisation!, 1);
  });

  test("ends with 5 and the nearest miss where nothing fits", async () => {
    const knob = ["--knob", "parts.tills.slots=1..4"];
    const { code, sizing } = await sized(tills(25, 200), knob); // a service alone takes 300 ms
    expect(code).toBe(5);
    expect(sizing.answer).toBeNull();
    expect(sizing.trials[0]).toMatchObject({ values: ["4"], verdict: "fails" });
  });

  test("--headroom finds the traffic at which M/M/1 breaks its promise", async () => {
    // p95 = ln(20) / (10 - λ) < 1 s up to λ = 7.004: 1.75 times 4 a second.
    const { sizing } = await sizedInside(tills(4, 1000), ["--headroom"]);
    expect(Number(sizing.answer!.values[0])).toBeGreaterThan(1.55);
    expect(Number(sizing.answer!.values[0])).toBeLessThan(1.76);
  });

  test("of a scenario that promises nothing is a wrong command", async () => {
    const input = tills(4, 1000).replace(/objectives.*/, "");
    const { code, stderr } = await loadstar(["size", "-", "--quiet"], { input });
    expect([code, stderr]).toEqual([2, expect.stringContaining("without objectives")]);
  });
});

describe("size --drill", () => {
  /** Evenly spaced, 150 a second; a node serves 100. Two are enough, and one of two is not. */
  const shop = `
title: A shop
run: { duration: 60 s, window: 10 s }
workloads: { shoppers: { to: edge, arrivals: { kind: deterministic, rate: 150 rps } } }
parts:
  edge: { kind: load-balancer, to: web, tries: 3, timeout: 400 ms, health-check: { interval: 1 s, fall: 1 } }
  web: { kind: service, slots: 1, queue: { limit: 10 }, fleet: { instances: 2, start-up: 0 s }, work: 10 ms }
objectives: [{ availability: 98 % }]
`;

  test("asks for the node that may crash at the peak, and --confirm counts runs that hold", async () => {
    const plain = await sizedInside(shop, ["--confirm", "6"]);
    expect(plain.sizing.answer!.values).toEqual(["2"]);
    // Six runs without a miss: (1 - x)^6 = 5 % at x = 39.3 %.
    expect(plain.sizing.fresh).toMatchObject({ kept: 6, of: 6, missChance: { low: 0 } });
    expect(plain.sizing.fresh!.missChance.high).toBeCloseTo(1 - 0.05 ** (1 / 6), 9);
    const { sizing } = await sizedInside(shop, ["--drill", "crash"]);
    expect(sizing.answer!.values).toEqual(["3"]);
    const two = sizing.trials.find(({ values }) => values[0] === "2")!;
    expect(two.verdict).toBe("fails");
    expect(two.binding).toBe(
      "98 % of all requests succeed, when one instance of web crashes and is not repaired",
    );
  }, 60_000);

  test("knows its drills", async () => {
    const { code, stderr } = await loadstar(["size", "-", "--drill", "flood"], { input: shop });
    expect([code, stderr]).toEqual([2, expect.stringContaining('there is no drill "flood"; there are crash, zone')]); // prettier-ignore
  });
});

describe("size --metastable", () => {
  /** Six calls a second at a till for ten, which give up after a second. */
  const till = (attempts: number) => `
title: A till
run: { duration: 170 s, warm-up: 10 s, window: 1 s }
workloads:
  shoppers:
    to: till
    arrivals: { kind: deterministic, rate: 6 rps }
    client: { timeout: 1 s, retry: { attempts: ${attempts}, backoff: { kind: constant, delay: 1 ms } } }
parts: { till: { kind: service, slots: 1, health-check: none, work: 100 ms } }
faults: [{ kind: slow, of: till, at: 20 s, for: 100 s, factor: 50 }]
`;
  const words = ["--metastable", "till", "--quiet"];
  const metastable = (text: string, ...more: string[]) =>
    inside(["size", "till.yaml", ...words, ...more], folderWith({ "till.yaml": text }));

  test("finds no trigger where nobody tries again, and the time in which the backlog drains", async () => {
    const { code, stdout } = await loadstar(["size", "-", ...words, "--json"], { input: till(1) });
    expect(code).toBe(0);
    const { smallest, largestBorne } = JSON.parse(stdout);
    expect(smallest).toBeNull();
    expect(largestBorne.length).toBe(10);
    // 10 s * 6/s wait at its end and drain at 10/s - 6/s: 15 s, but for calls shorter than a second.
    expect(largestBorne.recoveredAfter).toBeGreaterThanOrEqual(12);
    expect(largestBorne.recoveredAfter).toBeLessThanOrEqual(16);
  });

  test("finds the standstill from which three attempts never let the till recover", async () => {
    const { code, stdout } = await metastable(till(3), "--json");
    expect(code).toBe(0);
    const { smallest, largestBorne } = JSON.parse(stdout);
    // Up to 0.9 s every call is answered within its second. From three times three seconds on, all
    // three attempts of everybody come, 18/s, and each waits longer than its second.
    expect(largestBorne.length).toBeGreaterThanOrEqual(0.9 / 1.05);
    expect(smallest.length).toBeLessThanOrEqual(9 * 1.05);
  });

  test("says so in a sentence, and knows the parts", async () => {
    const { stdout } = await metastable(till(1));
    expect(stdout).toContain("The platform recovers from every standstill of till up to 10 s");
    const wrong = await loadstar(["size", "-", "--metastable", "tll"], { input: till(1) });
    expect([wrong.code, wrong.stdout]).toEqual([2, ""]);
    expect(wrong.stderr).toContain('there is no fleet "tll"; did you mean "till"?');
  });
});
