/** What a run leaves behind of clients that keep answers, or have only so many connections. */
import type { Connections } from "./connections.ts";
import type { CacheDesk } from "./population/cacheDesk.ts";
import type { ClientRecord } from "./record.ts";

interface Clients {
  readonly name: string;
  readonly caches: CacheDesk | null;
  readonly connections: Connections | null;
  readonly meters: readonly { readonly name: string }[];
}

/** Nothing where no clients do. */
export function recordClients(workloads: readonly Clients[]): { clients?: ClientRecord[] } {
  const clients = workloads.flatMap(({ name: workload, caches, connections, meters }) => {
    if (caches === null && connections === null) return [];
    const counts = caches?.counts.flatMap((each, index) =>
      each !== null && each.hits + each.misses > 0 ? [{ name: meters[index]!.name, ...each }] : [],
    );
    const lines = connections && { limit: connections.limit, ...connections.counts };
    return [{ workload, caches: counts ?? null, connections: lines }];
  });
  return clients.length === 0 ? {} : { clients };
}
