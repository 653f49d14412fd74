/** What is timed: ordinary scenario files, the floor beside each, and what theory expects of them. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SECOND, type Duration } from "../src/kernel/time.ts";
import { mm1, mmc } from "../src/statistics/theory/index.ts";
import * as floors from "./floors/index.ts";

export interface BenchWorkload {
  /** "W1" -- as the benchmark issue and the README name it. */
  readonly name: string;
  readonly what: string;
  /** From the top of the repository. */
  readonly file: string;
  /** Replacements that make it run in an instant: "run.duration=20 s". */
  readonly small: readonly string[];
  readonly floor: floors.Floor | null;
  /** Whether `engine: auto` computes it, so that it is timed with events as well. */
  readonly computed: boolean;
  /** Mean latency in steady state [ns]; or why there is no formula. */
  readonly theory: Duration | string;
}

const till = { arrivalRatePerSecond: 90, serviceRatePerSecond: 100 };

export const workloads: readonly BenchWorkload[] = [
  {
    name: "W1",
    what: "M/M/1, utilisation 0.9",
    file: "bench/scenarios/w1.yaml",
    small: ["run.duration=200 s"],
    floor: floors.w1,
    computed: true,
    theory: mm1(till).responseSeconds * SECOND,
  },
  {
    name: "W2",
    what: "M/M/50, utilisation 0.9",
    file: "bench/scenarios/w2.yaml",
    small: ["run.duration=4 s"],
    floor: floors.w2,
    computed: true,
    theory:
      mmc({ arrivalRatePerSecond: 4500, serviceRatePerSecond: 100, servers: 50 }).responseSeconds *
      SECOND,
  },
  {
    name: "W3",
    what: "three tiers, a time-out per request",
    file: "bench/scenarios/w3.yaml",
    small: ["run.duration=8 s"],
    floor: floors.w3,
    computed: true,
    theory: "no closed form",
  },
  {
    name: "W4",
    what: "Double 11 as users run it",
    file: "scenarios/double-eleven.yaml",
    small: ["run.duration=20 s", "run.warm-up=0 s", "faults=[]"],
    floor: null,
    computed: false,
    theory: "no closed form",
  },
  {
    name: "record",
    what: "583,000 requests a second through three tiers, 1,930 instances",
    file: "bench/scenarios/record.yaml",
    small: ["run.duration=50 ms"],
    floor: null,
    computed: true,
    theory: "no closed form",
  },
];

export function workloadNamed(name: string): BenchWorkload {
  const found = workloads.find((workload) => workload.name === name);
  if (!found) throw new Error(`no workload ${name}; there are ${workloads.map((w) => w.name)}`);
  return found;
}

/** Built, this file is three folders deeper. */
const ROOT = new URL(import.meta.url.endsWith(".ts") ? "../" : "../../../", import.meta.url);

export function textOf({ file }: BenchWorkload): string {
  return readFileSync(fileURLToPath(new URL(file, ROOT)), "utf8");
}
