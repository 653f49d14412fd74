/** What controllers read: late, averaged, sometimes missing; each number worked out by hand. */
import { describe, expect, test } from "vitest";
import { SECOND } from "../../../src/kernel/time.ts";
import { measured, type Scraping } from "../../support/measured.ts";
import { Rehearsal } from "../../support/rehearsal.ts";

/** Two instances of two slots. */
const web = (work = "100 s") => ({
  web: { kind: "service", slots: 2, work, fleet: { instances: 2, "start-up": "0 s" } },
});

interface Night {
  readonly calls: readonly number[];
  readonly work?: string;
  readonly scraping?: Scraping;
}

/** Values of a metric at some instants; calls are asked at the given ones. */
function readings(metric: string | object, at: readonly number[], night: Night): (number | null)[] {
  const play = new Rehearsal(web(night.work));
  const reader = measured(play, "web", metric, night.scraping ?? { interval: 10 });
  for (const time of night.calls) play.ask(time, "web");
  const values: (number | null)[] = [];
  for (const time of at) play.at(time, () => values.push(reader.value()));
  play.run(1000);
  return values;
}

const atOnce = (count: number, time = 0.5) => Array.from({ length: count }, () => time);

describe("one scrape", () => {
  test("utilisation is busy slot-time over slot-time", () => {
    // One of four slots from 5 s on: half of the first ten seconds, all of the next.
    expect(readings("utilisation", [11, 21], { calls: [5] })).toEqual([0.125, 0.25]);
  });

  test("the queue and what is in flight are as the scrape finds them, for each or in total", () => {
    // Ten calls: five at each, of which two are served.
    const night = { calls: atOnce(10) };
    expect(readings("queue-length", [11], night)).toEqual([3]);
    expect(readings({ kind: "queue-length", per: "total" }, [11], night)).toEqual([6]);
    expect(readings("in-flight", [11], night)).toEqual([5]);
    expect(readings({ kind: "in-flight", per: "total" }, [11], night)).toEqual([10]);
    expect(readings("backlog", [11], night)).toEqual([6]);
  });

  test("requests are counted over the interval and divided by the instances", () => {
    const night = { calls: [...atOnce(10), 12] };
    expect(readings("requests", [11, 21, 31], night)).toEqual([0.5, 0.05, 0]);
    expect(readings({ kind: "requests", per: "total" }, [11, 21], night)).toEqual([1, 0.1]);
  });

  test("latency is from sending to the answer, waiting included, and unknown when nobody was answered", () => {
    // Four are served in 1 s, four wait for them and take 2 s.
    const night = { calls: atOnce(8), work: "1 s" };
    const in1 = (kind: string) =>
      readings({ kind: "latency", percentile: kind }, [11, 21], night).map(
        (time) => time && Math.round((time / SECOND) * 50) / 50,
      );
    expect(in1("mean")).toEqual([1.5, null]);
    expect(in1("p50")).toEqual([1, null]);
    expect(in1("p95")).toEqual([2, null]);
  });

  test("a formula has all of them, and is unknown while one it names is", () => {
    const night = { calls: atOnce(10) };
    const formula = (of: string) => readings({ kind: "formula", of }, [11], night);
    expect(formula("queue / instances + 10 * rps")).toEqual([13]);
    expect(formula("in_flight + held + 100 * utilisation")).toEqual([10 + 95]);
    expect(formula("p95 * 0 + queue")).toEqual([null]);
  });
});

describe("what a monitoring system would know", () => {
  const night = (scraping: Scraping) => ({ calls: [10, 20, 30, 40], scraping });

  test("nothing before the first scrape", () => {
    expect(readings("utilisation", [9], night({ interval: 10 }))).toEqual([null]);
    expect(readings("requests", [9], night({ interval: 10 }))).toEqual([null]);
  });

  test("a scrape can be read after its delay", () => {
    const late = night({ interval: 10, delay: 6 });
    expect(readings("utilisation", [15, 25, 27, 37], late)).toEqual([null, 0, 0.25, 0.5]);
  });

  test("a window is the mean of the scrapes in it", () => {
    const wide = night({ interval: 10, window: 30 });
    // Busy slots of four in the intervals: 0, 1, 2, 3, 4.
    expect(readings("utilisation", [31, 41, 51], wide)).toEqual([0.25, 0.5, 0.75]);
    const asked = { ...wide, calls: [1, 11, 12, 31] };
    expect(readings({ kind: "requests", per: "total" }, [31, 41], asked)).toEqual([0.1, 0.1]);
  });

  test("lost scrapes are missing, each instance's by itself, in the share that is said", () => {
    const play = new Rehearsal(web());
    const { measure } = measured(play, "web", "utilisation", { interval: 1, loss: 0.3 });
    let known = 0;
    const scrapes = 4000;
    for (let second = 1; second <= scrapes; second++)
      play.at(second + 0.5, () => (known += measure.view().samples.length));
    play.run(scrapes + 1);
    // 8000 draws at 0.7; 3.29 standard deviations hold 99.9 %.
    expect(Math.abs(known - 5600)).toBeLessThan(3.29 * Math.sqrt(8000 * 0.7 * 0.3));
  });

  test("an instance that stopped serving is forgotten, and one that came back begins anew", () => {
    const play = new Rehearsal(web());
    const reader = measured(play, "web", "utilisation", { interval: 10 });
    play.ask(0, "web");
    play.at(12, () => play.fleet("web").crash(play.fleet("web").instances[0]!, false));
    const seen: (number | null)[] = [];
    for (const time of [11, 21]) play.at(time, () => seen.push(reader.value()));
    play.run(30);
    expect(seen).toEqual([0.25, 0]);
  });
});
