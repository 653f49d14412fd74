/** What clients kept, and how long their calls waited for a connection. */
import type { Result } from "../../experiment/result.ts";
import { count, duration, percent } from "../units.ts";
import { numbers, words, type Table } from "./table.ts";

/** A row for each class whose answers users keep; none where they keep nothing. */
export function clientCachesTable({ clientCaches = [] }: Result): Table {
  return {
    columns: [words("class"), ...["answered at the client", "sent", "hit ratio"].map(numbers)],
    rows: clientCaches.map(({ class: name, hits, misses }) => [
      name,
      count(hits),
      count(misses),
      percent(hits / (hits + misses)),
    ]),
  };
}

/** A row for each workload that has only so many connections. */
export function clientConnectionsTable({ clientConnections = [] }: Result): Table {
  return {
    columns: [
      words("workload"),
      ...["connections", "calls", "waited", "gave up", "mean wait", "longest"].map(numbers),
    ],
    rows: clientConnections.map(
      ({ workload, connections, calls, waited, gaveUp, meanWait, longestWait }) => [
        workload,
        ...[connections, calls, waited, gaveUp].map(count),
        duration(meanWait),
        duration(longestWait),
      ],
    ),
  };
}
