/**
 * The files that demand is replayed from, read once from end to end before anything runs, so that every
 * row that is wrong is told at its line.
 */
import { Random } from "../kernel/random.ts";
import type { Duration } from "../kernel/time.ts";
import { rowOptions } from "../model/arrivals/replay.ts";
import type { ArrivalsSpec } from "../model/arrivals/index.ts";
import type { RateSpec } from "../model/rates/index.ts";
import { UnusableRate } from "../model/rates/rate.ts";
import { rateRows } from "../model/replay/rateRows.ts";
import { RequestRows, type Complain } from "../model/replay/requestRows.ts";
import { classesOf } from "../model/workload.ts";
import type { Issue } from "../schema/issue.ts";
import { didYouMean } from "../schema/suggest.ts";
import type { FilesBeside } from "./files.ts";
import type { ScenarioSpec } from "./language.ts";

type Path = readonly (string | number)[];
type Requests = Extract<ArrivalsSpec, { kind: "replay" }>;
type Rates = Extract<RateSpec, { kind: "replay" }>;

/** Wrong rows of one file that are told; there may be millions [rows]. */
const MOST_TOLD = 20;

/** Every mistake in the files that the workloads and the histories of autoscalers name. */
export function checkReplays(scenario: ScenarioSpec, files: FilesBeside): Issue[] {
  const { workloads, run } = scenario;
  const histories = historiesIn(scenario).flatMap(({ path, rates }) =>
    checkRates(rates, { path, files }),
  );
  const demand = Object.entries(workloads).flatMap(([workload, spec]) => {
    const classes = classesOf(workload, spec).map(({ name }) => name);
    return replaysIn(spec.arrivals, ["workloads", workload, "arrivals"]).flatMap(
      ({ path, requests, rates }) =>
        requests
          ? checkRequests(requests, { path, classes, files, most: run.limits.events })
          : checkRates(rates, { path, files }),
    );
  });
  return [...demand, ...histories];
}

/** The files that the workloads and the histories of autoscalers name. */
export function filesOf(scenario: ScenarioSpec): string[] {
  const demand = Object.values(scenario.workloads).flatMap(({ arrivals }) =>
    replaysIn(arrivals, []).map(({ requests, rates }) => (requests ?? rates).file),
  );
  return [...demand, ...historiesIn(scenario).map(({ rates }) => rates.file)];
}

function historiesIn({ autoscalers }: ScenarioSpec): { path: Path; rates: Rates }[] {
  return replaysIn(autoscalers, ["autoscalers"], true).flatMap(({ path, rates }) =>
    rates ? [{ path, rates }] : [],
  );
}

type Found = { readonly path: Path } & (
  | { readonly requests: Requests; readonly rates?: never }
  | { readonly rates: Rates; readonly requests?: never }
);

/** Replays in a value: of requests where arrivals are asked for, of rates anywhere inside. */
function replaysIn(value: unknown, path: Path, isInside = false): Found[] {
  if (typeof value !== "object" || value === null) return [];
  const { kind } = value as { kind?: unknown };
  if (kind === "replay")
    return [isInside ? { path, rates: value as Rates } : { path, requests: value as Requests }];
  return Object.entries(value).flatMap(([key, inner]) =>
    replaysIn(inner, [...path, Array.isArray(value) ? Number(key) : key], true),
  );
}

interface Request {
  readonly path: Path;
  readonly files: FilesBeside;
}

function checkRates(spec: Rates, { path, files }: Request): Issue[] {
  return told(spec.file, path, (complain) => {
    rateRows(files.open(spec.file), spec, complain);
  });
}

function checkRequests(
  spec: Requests,
  request: Request & { readonly classes: readonly string[]; readonly most: number },
): Issue[] {
  const { path, files, classes, most } = request;
  const strangers = Object.keys(spec.paths ?? {}).filter((name) => !classes.includes(name));
  if (strangers.length > 0)
    return strangers.map((name) => unknownClass(name, [...path, "paths", name], classes));
  let rows = 0;
  let last: Duration = 0;
  const issues = told(spec.file, path, (complain) => {
    const random = new Random("check");
    const reader = new RequestRows(files.open(spec.file), rowOptions(spec), classes, {
      random,
      complain,
    });
    for (; reader.next(); rows++) last = reader.time;
  });
  if (issues.length > 0) return issues;
  if (rows === 0 || last < spec.from) {
    return [{ path: [...path, "file"], message: `${spec.file} has no row to replay` }];
  }
  if (rows * spec.volume <= most) return [];
  const message = `${spec.file} brings ${Math.ceil(rows * spec.volume)} requests; expected at most ${most}: lower the volume or raise run.limits.events`;
  return [{ path: [...path, "file"], message }];
}

function unknownClass(name: string, path: Path, classes: readonly string[]): Issue {
  const message = `there is no request class "${name}"; there is ${classes.join(", ")}`;
  const suggestion = didYouMean(name, classes);
  return suggestion === undefined
    ? { path, message, atKey: true }
    : { path, message, suggestion, atKey: true };
}

/** What a file's rows are blamed for, each at its line; or why it cannot be read. */
function told(file: string, path: Path, read: (complain: Complain) => void): Issue[] {
  const issues: Issue[] = [];
  const at = [...path, "file"];
  try {
    read((line, message) => {
      issues.push({ path: at, message, row: { file, line, column: 1, length: 0 } });
      if (issues.length === MOST_TOLD) throw new EnoughSaid();
    });
  } catch (problem) {
    if (problem instanceof UnusableRate) return [{ path: at, message: problem.message }];
    if (!(problem instanceof EnoughSaid)) throw problem;
  }
  return issues;
}

/** Ends the reading of a file that has more mistakes than anybody reads. */
class EnoughSaid extends Error {}
