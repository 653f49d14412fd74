/** What clients kept, and how long their calls waited for a connection. */
import { SECOND } from "../../kernel/time.ts";
import type { RunRecord } from "../../model/platform.ts";
import type { Result } from "../result.ts";
import { estimateOf, shareOf, sum } from "./pooling.ts";

export function clientResults(
  records: readonly RunRecord[],
  confidence: number,
): Pick<Result, "clientCaches" | "clientConnections"> {
  const clientCaches = cachesOf(records, confidence);
  const clientConnections = connectionsOf(records);
  return {
    ...(clientCaches.length > 0 && { clientCaches }),
    ...(clientConnections.length > 0 && { clientConnections }),
  };
}

/** A class that no request of one replication was of may be there in another. */
function cachesOf(records: readonly RunRecord[], confidence: number) {
  const runs = records.map(({ clients = [] }) =>
    clients.flatMap(({ workload, caches }) =>
      (caches ?? []).map((counts) => ({ workload, ...counts })),
    ),
  );
  const names = [...new Set(runs.flat().map(({ name }) => name))];
  return names.map((name) => {
    const counts = runs.map((run) => run.find((each) => each.name === name));
    const present = counts.filter((each) => each !== undefined);
    return {
      class: name,
      workload: present[0]!.workload,
      hits: sum(present, ({ hits }) => hits),
      misses: sum(present, ({ misses }) => misses),
      hitRatio: estimateOf(
        counts.map((each) => (each ? shareOf(each.hits, each.hits + each.misses) : null)),
        confidence,
      ),
    };
  });
}

function connectionsOf(records: readonly RunRecord[]) {
  return (records[0]!.clients ?? []).flatMap(({ workload, connections }, index) => {
    if (connections === null) return [];
    const runs = records.map(({ clients }) => clients![index]!.connections!);
    const asked = sum(runs, (run) => run.asked);
    const waitingTime = sum(runs, (run) => run.waitingTime);
    return [
      {
        workload,
        connections: connections.limit,
        calls: asked,
        waited: sum(runs, (run) => run.waited),
        gaveUp: sum(runs, (run) => run.gaveUp),
        meanWait: asked === 0 ? null : waitingTime / asked / SECOND,
        longestWait: Math.max(...runs.map(({ longest }) => longest)) / SECOND,
      },
    ];
  });
}
