/** Whom the guards at the doors of parts let in, and whom callers did not even send. */
import type { Result } from "../../experiment/result.ts";
import { count, NOTHING } from "../units.ts";
import { numbers, words, type Table } from "./table.ts";

/** What one guard decided, or all breakers of the callers of a part [calls]; null is never decided there. */
export interface Decided {
  readonly part: string;
  readonly guard: string;
  readonly admitted: number;
  readonly delayed: number | null;
  readonly degraded: number | null;
  readonly rejected: number;
}

/** A row for each guard; none where nobody is turned away at a door. */
export function guardsTable(result: Result): Table {
  return {
    columns: [
      words("part"),
      words("guard"),
      ...["admitted", "of them delayed", "of them degraded", "rejected"].map(numbers),
    ],
    rows: decisionsOf(result).map(({ part, guard, admitted, delayed, degraded, rejected }) => [
      part,
      guard,
      ...[admitted, delayed, degraded, rejected].map((calls) =>
        calls === null ? NOTHING : count(calls),
      ),
    ]),
  };
}

/** In the order in which a call meets them: the breakers of its caller, then the guards. */
export function decisionsOf({ parts }: Result): Decided[] {
  return parts.flatMap(({ name: part, calls: { arrived, neverSent = 0 }, guards = [] }) => [
    ...(neverSent > 0
      ? [
          {
            part,
            guard: "breakers of its callers",
            admitted: arrived,
            delayed: null,
            degraded: null,
            rejected: neverSent,
          },
        ]
      : []),
    ...guards.map(({ name: guard, ...decided }) => ({ part, guard, ...decided })),
  ]);
}
