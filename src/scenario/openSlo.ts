/**
 * Promises from OpenSLO documents, as if they had been written in the scenario: each piece keeps its
 * place in the document, so that whatever is wrong with it later is told there.
 *
 * Source: OpenSLO specification, openslo/v1: SLO with an indicator of its own or an SLI beside it,
 * ratio and threshold metrics, rolling and calendar windows, Occurrences and Timeslices.
 */
import { epochSeconds, windowAround } from "../model/calendar.ts";
import type { Span } from "./place.ts";
import { childAt, leaf, mapTree, type Entry, type Flaw, type Tree } from "./tree.ts";

/** What the scenario adds to a document that does not know it. */
export interface OpenSloWish {
  /** Where the scenario names the document. */
  readonly span: Span;
  /** The request class it is about, where its query does not say. */
  readonly of: Tree | undefined;
  /** What threshold values are in. */
  readonly unit: string;
  /** What a clock on the wall shows at the start of the run. */
  readonly clock: string | null;
}

export interface OpenSloPromises {
  readonly promises: readonly Tree[];
  readonly flaws: readonly Flaw[];
}

/** The objectives of every SLO among some documents. */
export function openSloPromises(documents: readonly Tree[], wish: OpenSloWish): OpenSloPromises {
  const slos = documents.filter((document) => word(document, "kind") === "SLO");
  if (slos.length === 0)
    return {
      promises: [],
      flaws: [{ message: "the file has no SLO of OpenSLO", span: wish.span }],
    };
  const flaws: Flaw[] = [];
  const promises = slos.flatMap((slo) => {
    const reader = new SloReader(slo, documents, wish, flaws);
    const objectives = at(slo, "spec", "objectives");
    if (objectives?.type === "list" && objectives.items.length > 0)
      return objectives.items.flatMap((objective) => reader.promise(objective));
    flaws.push({ message: "an SLO needs `objectives`", span: (objectives ?? slo).span });
    return [];
  });
  return { promises, flaws };
}

type Fields = Record<string, Tree | undefined>;

class SloReader {
  private readonly slo: Tree;
  private readonly wish: OpenSloWish;
  private readonly flaws: Flaw[];
  /** The specification of its indicator. */
  private readonly indicator: Tree | undefined;

  constructor(slo: Tree, documents: readonly Tree[], wish: OpenSloWish, flaws: Flaw[]) {
    this.slo = slo;
    this.wish = wish;
    this.flaws = flaws;
    const named = at(slo, "spec", "indicatorRef");
    const beside = documents.find(
      (each) =>
        word(each, "kind") === "SLI" && named && word(each, "metadata", "name") === valueOf(named),
    );
    this.indicator = at(slo, "spec", "indicator", "spec") ?? at(beside, "spec");
    if (!this.indicator)
      this.refuse("an SLO needs an `indicator`, or the SLI of its `indicatorRef` beside it", named);
  }

  /** One objective in the words of scenarios; nothing where it has none. */
  promise(objective: Tree): Tree[] {
    if (!this.indicator) return [];
    const before = this.flaws.length;
    const isSliced = word(this.slo, "spec", "budgetingMethod") === "Timeslices";
    const target = this.share(objective, "target", at(objective, "targetPercent"));
    const each = isSliced ? this.share(objective, "timeSliceTarget") : target;
    const fields: Fields = {
      ...this.kept(objective, each),
      ...(isSliced
        ? {
            slice: this.duration(objective, at(objective, "timeSliceWindow")),
            "of-slices": target && percent(target),
          }
        : {}),
    };
    if ("availability" in fields || isSliced) Object.assign(fields, this.window());
    if (this.flaws.length > before) return [];
    const entries = Object.entries(fields).flatMap(([name, value]): [string, Entry][] =>
      value ? [[name, { key: value.span, value }]] : [],
    );
    return [mapTree(new Map(entries), objective.span)];
  }

  /** What must be kept by a share of requests. */
  private kept(objective: Tree, share: Tree | undefined): Fields {
    const of = this.wish.of;
    if (at(this.indicator, "thresholdMetric")) return { ...this.threshold(objective, share), of };
    const ratio = at(this.indicator, "ratioMetric");
    if (!ratio) return this.refuse("expected a ratioMetric or a thresholdMetric", this.indicator);
    return this.ours(ratio, share) ?? { availability: share && percent(share), of };
  }

  /** The queries that Loadstar writes itself say the class, and the bound of a latency. */
  private ours(ratio: Tree, share: Tree | undefined): Fields | null {
    const query = at(ratio, "good", "metricSource", "spec", "query");
    const said = /^requests (?:succeeded )?of (\S+?)(?: within (\S+) s)?$/.exec(
      String(valueOf(query)),
    );
    if (!said || word(ratio, "good", "metricSource", "type") !== "loadstar") return null;
    const { span } = query!;
    const of = said[1] === "all" ? undefined : leaf(said[1]!, span);
    if (said[2] === undefined) return { availability: share && percent(share), of };
    return { latency: share && percentile(share), below: leaf(`${said[2]} s`, span), of };
  }

  private threshold(objective: Tree, share: Tree | undefined): Fields {
    const op = at(objective, "op");
    const bound = at(objective, "value");
    if (!["lt", "lte"].includes(String(valueOf(op))))
      return this.refuse("a latency stays below its value; expected op lt or lte", op ?? objective);
    if (typeof valueOf(bound) !== "number")
      return this.refuse("a threshold needs a number as its `value`", bound ?? objective);
    const below = leaf(`${String(valueOf(bound))} ${this.wish.unit}`, bound!.span);
    return { latency: share && percentile(share), below };
  }

  /** The window of the promise, and how much of a calendar window has passed. */
  private window(): Fields {
    const window = at(this.slo, "spec", "timeWindow", "0");
    if (!window) return {};
    const written = at(window, "duration");
    const length = lengthOf(written);
    const calendar = at(window, "calendar");
    if (!length) return this.refuse(DURATION, written ?? window);
    const rolling = { period: leaf(`${length.seconds} s`, written!.span) };
    if (valueOf(at(window, "isRolling")) === true) return rolling;
    const start = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/.exec(
      String(valueOf(at(calendar, "startTime"))),
    );
    if (!start) return this.refuse(START, at(calendar, "startTime") ?? window);
    const { clock } = this.wish;
    if (clock === null) return this.refuse(CLOCK, calendar);
    const isUtc = /^(UTC|Etc\/UTC|GMT|Z)$/i.test(word(calendar, "timeZone") ?? "");
    const offset = isUtc ? "Z" : /(?:[Zz]|[+-]\d\d:\d\d)$/.exec(clock)![0];
    const begin = `${start[1]}T${start[2]}${offset}`;
    const { from, to } = windowAround({ begin, ...length }, clock);
    const passed = epochSeconds(clock)! - from;
    const seconds = (value: number) => leaf(`${value} s`, written!.span);
    return { period: seconds(to - from), elapsed: seconds(passed) };
  }

  private duration(objective: Tree, written: Tree | undefined): Tree | undefined {
    const length = lengthOf(written);
    if (length) return leaf(`${length.seconds} s`, written!.span);
    this.refuse(DURATION, written ?? objective);
    return undefined;
  }

  /** A share between 0 and 1, or in its other field a percentage; as a leaf of the share. */
  private share(objective: Tree, name: string, inPercent?: Tree): Tree | undefined {
    const found = at(objective, name) ?? inPercent;
    const value = Number(valueOf(found) ?? Number.NaN) / (found === inPercent ? 100 : 1);
    if (found && value >= 0 && value < 1) return leaf(value, found.span);
    this.refuse(`expected ${name}, from 0 to below 1`, found ?? objective);
    return undefined;
  }

  private refuse(message: string, where: Tree | undefined): Record<string, never> {
    this.flaws.push({ message, span: spanOf(where ?? this.slo) });
    return {};
  }
}

const DURATION = "expected a duration of OpenSLO, such as 5m, 1h, 28d, 4w, 1M, 1Q or 1Y";
const START =
  "a calendar window needs a startTime, such as 2026-11-01 00:00:00; or isRolling: true";
const CLOCK = "how much of a calendar window has passed needs a date; expected `run.clock`";

/** Seconds of the units, and of those of the calendar their months. */
const units: Readonly<Record<string, readonly [seconds: number, months: number]>> = {
  m: [60, 0],
  h: [3600, 0],
  d: [86_400, 0],
  w: [604_800, 0],
  M: [30 * 86_400, 1],
  Q: [90 * 86_400, 3],
  Y: [365 * 86_400, 12],
};

function lengthOf(written: Tree | undefined): { seconds: number; months: number } | null {
  const [, digits, unit] = /^([1-9]\d{0,5})([mhdwMQY])$/.exec(String(valueOf(written))) ?? [];
  if (digits === undefined) return null;
  const [seconds, months] = units[unit!]!;
  return { seconds: Number(digits) * seconds, months: Number(digits) * months };
}

function at(tree: Tree | undefined, ...path: string[]): Tree | undefined {
  return path.reduce((here, step) => here && childAt(here, step)?.value, tree);
}

function valueOf(tree: Tree | undefined) {
  return tree?.type === "leaf" ? tree.value : undefined;
}

function word(tree: Tree | undefined, ...path: string[]): string | undefined {
  const value = valueOf(at(tree, ...path));
  return typeof value === "string" ? value : undefined;
}

/** Of a map or list, only its beginning is worth underlining. */
function spanOf({ type, span }: Tree): Span {
  return type === "leaf" ? span : { ...span, end: Math.min(span.end, span.start + 1) };
}

function percent(share: Tree): Tree {
  return leaf(`${hundredfold(share)} %`, share.span);
}

function percentile(share: Tree): Tree {
  return leaf(`p${hundredfold(share)}`, share.span);
}

/** Without the hair that a binary fraction leaves. */
function hundredfold(share: Tree): number {
  return Number((Number(valueOf(share)) * 100).toFixed(7));
}
