/** Where all requests spent their time, beside the slowest hundredth; empty where none were followed. */
import type { Result } from "../../experiment/result.ts";
import { duration } from "../units.ts";
import { numbers, words, type Table } from "./table.ts";

export function slowestTable({ slowest }: Result): Table {
  const extra = ({ all, slow }: NonNullable<Result["slowest"]>["parts"][number]) =>
    slow.waiting + slow.working - all.waiting - all.working;
  const parts = [...(slowest?.parts ?? [])].sort((left, right) => extra(right) - extra(left));
  return {
    columns: [
      words("part"),
      numbers("all wait"),
      numbers("all work"),
      numbers("slowest wait"),
      numbers("slowest work"),
    ],
    rows: parts.map(({ part, all, slow }) => [
      part,
      ...[all.waiting, all.working, slow.waiting, slow.working].map(duration),
    ]),
  };
}

/** "The slowest 1 % take 75.2 ms or more; most of what they take longer is waiting at web." */
export function slowestSentence({ slowest }: Result): string | null {
  if (!slowest) return null;
  const causes = slowest.parts.flatMap(({ part, all, slow }) => [
    { what: `waiting at ${part}`, more: slow.waiting - all.waiting },
    { what: `work at ${part}`, more: slow.working - all.working },
  ]);
  const most = causes.reduce((high, one) => (one.more > high.more ? one : high), causes[0]!);
  return `The slowest 1 % take ${duration(slowest.latency)} or more; most of what they take longer is ${most.what}, ${duration(Math.max(0, most.more))} more than usual (what a part waits for is counted where it is done)`;
}
