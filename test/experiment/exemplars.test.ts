/** Requests followed through platforms that one can work out. */
import { describe, expect, test } from "vitest";
import type { ExemplarResult, Result } from "../../src/experiment/result.ts";
import { run } from "../../src/index.ts";
import { chromeTrace } from "../../src/report/traces/chromeTrace.ts";
import { otlp } from "../../src/report/traces/otlp.ts";
import { tracesText } from "../../src/report/traces/text.ts";

/** A request each second, and what becomes of those of the first seconds. */
function followed(more: { run?: object; client?: object; parts: object }): Promise<Result> {
  return run({
    title: "Followed",
    run: { duration: "6 s", window: "1 s", traces: true, ...more.run },
    workloads: {
      shoppers: {
        to: "till",
        arrivals: { kind: "deterministic", rate: "1 rps" },
        ...(more.client && { client: more.client }),
      },
    },
    parts: more.parts,
  });
}

/** "median 2 s: till 0 → 2, slot at 0.5, ok". Times after the birth [s]. */
function told({ of, bornAt, endedAt, spans }: ExemplarResult): string[] {
  const since = (time: number | null) =>
    time === null ? "never" : String(Math.round((time - bornAt) * 1e6) / 1e6);
  return [
    `${of} ${since(endedAt)} s, born at ${bornAt} s`,
    ...spans.map(({ instance, part, parent, attempt, from, startedAt, to, outcome }) => {
      const maker = parent === null ? "" : ` of ${parent}`;
      const slot = startedAt === null ? "" : `, slot at ${since(startedAt)}`;
      return `${instance ?? part}${maker} try ${attempt}: ${since(from)} to ${since(to)}${slot}, ${outcome}`;
    }),
  ];
}

const fleet = { instances: 1 };
const alone = { "health-check": "none", fleet, slots: 1 };

describe("exemplars", () => {
  test("are the median, the 99th percentile and the slowest, with their waits", async () => {
    // Work of 1.5 s for a request each second: they take 1.5, 2.0 and 2.5 s, and the fourth is not done.
    const { exemplars, slowest } = await followed({
      parts: { till: { kind: "service", ...alone, work: "1500 ms" } },
    });
    expect(slowest).toEqual({
      latency: 2.5,
      requests: 3,
      slow: 1,
      parts: [
        {
          part: "till",
          all: { waiting: 0.5, working: 1.5 },
          slow: { waiting: 1, working: 1.5 },
        },
      ],
    });
    expect(exemplars.map(told)).toEqual([
      ["median 2 s, born at 2 s", "till-1 try 1: 0 to 2, slot at 0.5, ok"],
      ["p99 2.5 s, born at 3 s", "till-1 try 1: 0 to 2.5, slot at 1, ok"],
      ["slowest 2.5 s, born at 3 s", "till-1 try 1: 0 to 2.5, slot at 1, ok"],
    ]);
  });

  test("show the calls that were made, passed on and made side by side", async () => {
    const { exemplars, slowest } = await followed({
      run: { duration: "3 s" },
      parts: {
        till: { kind: "load-balancer", to: "web", "health-check": "none" },
        web: {
          kind: "service",
          fleet,
          slots: 4,
          operations: {
            shoppers: [
              { work: "100 ms" },
              { parallel: [{ call: "stock.read" }, { call: "stock.read" }] },
              { work: "50 ms" },
            ],
          },
        },
        stock: { kind: "database", ...alone, read: "200 ms", write: "1 s" },
      },
    });
    // What web waits for is not its own: 0.1 + 0.05 of its 0.55 s; of stock's two calls one waits.
    const work = slowest!.parts.map(({ part, all: { waiting, working } }) => [
      part,
      waiting,
      working,
    ]);
    expect(work).toEqual([
      ["till", 0, 0],
      ["web", 0, expect.closeTo(0.15, 9)],
      ["stock", expect.closeTo(0.2, 9), expect.closeTo(0.4, 9)],
    ]);
    expect(told(exemplars[0]!)).toEqual([
      "median 0.55 s, born at 1 s",
      "till try 1: 0 to 0.55, ok",
      "web-1 of 0 try 1: 0 to 0.55, slot at 0, ok",
      "stock-1 of 1 try 1: 0.1 to 0.3, slot at 0.1, ok",
      "stock-1 of 1 try 1: 0.1 to 0.5, slot at 0.3, ok",
    ]);
  });

  test("follow a request that fails through all its tries", async () => {
    // 0.5 s of work for clients who wait 0.4 s, and try again 0.2 s later.
    const { exemplars } = await followed({
      client: {
        timeout: "400 ms",
        retry: { attempts: 2, backoff: { kind: "constant", delay: "200 ms" } },
      },
      parts: { till: { kind: "service", ...alone, work: "500 ms" } },
    });
    expect(exemplars.map(told)).toEqual([
      [
        "failed 1 s, born at 1 s",
        "till-1 try 1: 0 to 0.4, slot at 0, timed-out",
        "till-1 try 2: 0.6 to 1, slot at 0.6, timed-out",
      ],
    ]);
  });

  test("do not change the run, whichever path it takes", async () => {
    const parts = {
      till: { kind: "service", slots: 1, work: { kind: "exponential", mean: "1 s" } },
    };
    const plain = await followed({ run: { traces: false }, parts });
    const watched = await followed({ parts });
    expect(watched.fingerprint).toBe(plain.fingerprint);
    expect(plain.exemplars).toEqual([]);
    expect({ ...watched, exemplars: [], slowest: null, runId: "", resolved: {} }).toEqual({
      ...plain,
      runId: "",
      resolved: {},
    });
  });
});

describe("an exemplar", async () => {
  const result = await followed({
    run: { duration: "3 s", clock: "2026-11-11T00:00:00+08:00" },
    parts: {
      till: {
        kind: "service",
        ...alone,
        operations: { shoppers: [{ work: "100 ms" }, { call: "stock.read" }] },
      },
      stock: { kind: "database", ...alone, read: "300 ms", write: "1 s" },
    },
  });

  test("is a waterfall on a terminal", () => {
    const [block] = tracesText(result, (_, text) => text, 83);
    expect(block).toEqual([
      "Median: shoppers, 400 ms  born 00:00:01",
      `  till-1     ${"█".repeat(40)}  400 ms`,
      `    stock-1  ${" ".repeat(10)}${"█".repeat(30)}  300 ms`,
    ]);
  });

  test("is a trace for Perfetto, in microseconds on tracks that do not overlap", () => {
    const { traceEvents } = JSON.parse(chromeTrace(result));
    expect(traceEvents.slice(0, 3)).toMatchObject([
      { ph: "M", pid: 1, name: "process_name", args: { name: "Median: shoppers, 400 ms" } },
      { ph: "X", pid: 1, tid: 1, name: "till-1", ts: 1_000_000, dur: 400_000 },
      { ph: "X", pid: 1, tid: 2, name: "stock-1", ts: 1_100_000, dur: 300_000 },
    ]);
  });

  test("is a trace for OpenTelemetry, on the clock of the scenario", () => {
    const { resourceSpans } = JSON.parse(otlp(result)) as {
      resourceSpans: {
        resource: { attributes: { value: { stringValue: string } }[] };
        scopeSpans: { spans: { [key: string]: string }[] }[];
      }[];
    };
    const [request, web, stock] = resourceSpans.map(({ scopeSpans }) => scopeSpans[0]!.spans[0]!);
    expect(resourceSpans.map(({ resource }) => resource.attributes[0]!.value.stringValue)).toEqual([
      result.scenario,
      "till",
      "stock",
    ]);
    expect(request!.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(web).toMatchObject({ traceId: request!.traceId, parentSpanId: request!.spanId });
    expect(stock).toMatchObject({ traceId: request!.traceId, parentSpanId: web!.spanId });
    // 00:00:01.1 of 11 November at +08:00.
    const nanoseconds = BigInt(Date.UTC(2026, 10, 10, 16, 0, 1, 100)) * 1_000_000n;
    expect(stock!["startTimeUnixNano"]).toBe(String(nanoseconds));
    expect(stock!["endTimeUnixNano"]).toBe(String(nanoseconds + 300_000_000n));
  });
});
