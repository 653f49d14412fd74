/** What the shoppers of each class felt. */
import type { ClassResult, Result } from "../../experiment/result.ts";
import { count, duration, NOTHING, percent } from "../units.ts";
import { numbers, words, type Table } from "./table.ts";

type Numbers = Omit<ClassResult, "name" | "workload" | "attack">;

export function classesTable(result: Result): Table {
  return {
    columns: [
      words("class"),
      numbers("generated"),
      numbers("succeeded"),
      numbers("attempts each"),
      numbers("p50"),
      numbers("p90"),
      numbers("p99"),
      numbers("p99.9"),
      numbers("max"),
      words("failed by cause"),
    ],
    rows: [
      ...result.classes.map((entry) => row(className(entry), entry)),
      ...(result.classes.length > 1 ? [row(totalName(result), result.total)] : []),
    ],
  };
}

/** "scraper (attack)": attacks are told apart wherever classes are named. */
export function className({ name, attack }: Pick<ClassResult, "name" | "attack">): string {
  return attack ? `${name} (attack)` : name;
}

function totalName({ classes }: Result): string {
  return classes.some(({ attack }) => attack) ? "all but attacks" : "all";
}

/** Succeeded of those that have ended; null when none has. */
export function successShare({ succeeded, failed }: Numbers): number | null {
  const ended = succeeded + sum(failed);
  return ended === 0 ? null : succeeded / ended;
}

/** "1,204 dropped, 33 lost", the most frequent first. */
export function causesInWords(failed: Readonly<Record<string, number>>): string {
  const causes = Object.entries(failed)
    .filter(([, times]) => times > 0)
    .sort(([, left], [, right]) => right - left);
  return causes.map(([cause, times]) => `${count(times)} ${cause}`).join(", ") || "none";
}

function row(name: string, entry: Numbers): string[] {
  const { latency, generated, attempts, failed } = entry;
  return [
    name,
    count(generated),
    percent(successShare(entry)),
    generated > 0 ? (attempts / generated).toFixed(2) : NOTHING,
    ...([latency.p50, latency.p90, latency.p99, latency["p99.9"], latency.max] as const).map(
      duration,
    ),
    causesInWords(failed),
  ];
}

function sum(failed: Readonly<Record<string, number>>): number {
  return Object.values(failed).reduce((total, times) => total + times, 0);
}
