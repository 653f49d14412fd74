/**
 * What monitoring scraped of one run: its counters at multiples of the scrape interval.
 *
 * Windows of the series end where scrapes fall, so that what was recorded is what a scrape would have
 * read. Counters of requests begin long before the measured part: until then they grew as the history
 * says, in a straight line.
 */
import { SECOND, type Duration } from "../../kernel/time.ts";
import type { Telemetry, Window } from "../../model/alerts/alert.ts";
import { instanceStates } from "../../model/instance.ts";
import type { ClassRecord, RunRecord } from "../../model/platform.ts";
import type { Scenario } from "../../scenario/language.ts";
import { Histogram } from "../../statistics/histogram.ts";
import { judged } from "./classes.ts";
import { usualRate } from "./history.ts";
import { stretch } from "./parts.ts";
import { sum } from "./pooling.ts";

/** The first and the last scrape of a window [ns]; null with fewer than two. */
interface Scrapes {
  readonly from: Duration;
  readonly to: Duration;
}

const READY = instanceStates.indexOf("ready");

/** @param records of all replications, which share a history; @param record the one that is watched */
export function telemetryOf(
  scenario: Scenario,
  records: readonly RunRecord[],
  record: RunRecord,
): Telemetry {
  const { window } = scenario;
  const { scrape } = scenario.monitoring;
  const origin = Math.ceil(scenario.run["warm-up"] / window) * window;
  const counters = new Map<string | undefined, Counters>();
  const countersOf = (of: string | undefined) => {
    const known = counters.get(of) ?? new Counters(scenario, records, record, of);
    counters.set(of, known);
    return known;
  };
  const growth = (scraped: Scrapes | null, of: string | undefined, counter: keyof Totals) => {
    if (scraped === null) return null;
    const { from, to } = scraped;
    return countersOf(of).at(to, counter) - countersOf(of).at(from, counter);
  };
  const scrapesOf = ({ now, over }: Window): Scrapes | null => {
    const to = Math.floor(now / scrape) * scrape;
    const from = (Math.floor((now - over) / scrape) + 1) * scrape;
    return from < to ? { from, to } : null;
  };
  /** The same without what lies before the measured part. */
  const measuredScrapes = (wanted: Window): Scrapes | null => {
    const scraped = scrapesOf(wanted);
    const from = Math.max(scraped?.from ?? 0, Math.ceil(origin / scrape) * scrape);
    return scraped && from < scraped.to ? { from, to: scraped.to } : null;
  };
  return {
    requests(wanted, of) {
      const scraped = scrapesOf(wanted);
      const ended = growth(scraped, of, "ended");
      const failed = growth(scraped, of, "failed");
      return ended === null || failed === null ? null : { ended, failed };
    },
    traffic(wanted, of) {
      const scraped = scrapesOf(wanted);
      const born = growth(scraped, of, "born");
      return scraped && born !== null ? (born * SECOND) / (scraped.to - scraped.from) : null;
    },
    latencies(wanted, of) {
      const scraped = measuredScrapes(wanted);
      const all = new Histogram();
      if (scraped === null) return all;
      for (const { windows } of judged(record.classes, of))
        for (const each of windows.slice(scraped.from / window, scraped.to / window))
          all.add(each.latency);
      return all;
    },
    part(wanted, name) {
      const scraped = measuredScrapes(wanted);
      if (scraped === null) return null;
      const { snapshots } = record.parts.find((part) => part.name === name)!;
      const grown = stretch(snapshots[scraped.from / window]!, snapshots[scraped.to / window]!);
      const failed = sum([...grown.resolved.subarray(1)], (count) => count);
      return {
        length: grown.length,
        busyTime: grown.busyTime,
        servingTime: grown.servingTime,
        queueTime: grown.queueTime,
        readyTime: grown.stateTime[READY]!,
        ended: grown.resolved[0]! + failed,
        failed,
      };
    },
  };
}

interface Totals {
  readonly born: number;
  readonly ended: number;
  readonly failed: number;
}

/** Counters of some classes, zero at the start of the measured part. */
class Counters {
  private readonly window: Duration;
  private readonly first: number;
  /** Before the measured part [1/s]. */
  private readonly usual: Totals;
  /** At the end of each window, the first of them at the start of the measured part. */
  private readonly totals: Totals[] = [{ born: 0, ended: 0, failed: 0 }];

  constructor(
    scenario: Scenario,
    records: readonly RunRecord[],
    record: RunRecord,
    of: string | undefined,
  ) {
    this.window = scenario.window;
    this.first = Math.ceil(scenario.run["warm-up"] / scenario.window);
    const every = records.map(({ classes }) => judged(classes));
    const some = records.map(({ classes }) => judged(classes, of));
    const rate = usualRate(scenario, some, every);
    this.usual = { born: rate, ended: rate, failed: rate * scenario.history.failed };
    this.count(judged(record.classes, of));
  }

  at(instant: Duration, counter: keyof Totals): number {
    const position = instant / this.window - this.first;
    if (position >= 0) return this.totals[position]![counter];
    return (position * this.window * this.usual[counter]) / SECOND;
  }

  private count(classes: readonly ClassRecord[]): void {
    const windows = classes[0]?.windows.length ?? 0;
    for (let index = this.first; index < windows; index++) {
      const here = classes.map((one) => one.windows[index]!);
      const last = this.totals.at(-1)!;
      const failed = sum(here, (each) => sum([...each.failed], (count) => count));
      this.totals.push({
        born: last.born + sum(here, ({ generated }) => generated),
        ended: last.ended + failed + sum(here, ({ succeeded }) => succeeded),
        failed: last.failed + failed,
      });
    }
  }
}
