/**
 * A pool of connections at the side of whoever calls: each calling instance has one of its own.
 *
 *     caller -> [waits for a connection] -> part behind
 *                      '- waited too long: rejected
 */
import { count, duration, name } from "../../schema/fields.ts";
import { ConnectionPools } from "../connectionPools.ts";
import { hangDoor } from "../door.ts";
import { guardsField } from "../guards/index.ts";
import { nothingRead, part, type Part } from "./part.ts";

export const connectionPool = part({
  kind: "connection-pool",
  summary:
    "Lets each calling instance have a limited number of calls at the part behind it; the others wait at the caller, first come, first served.",
  source: "HikariCP README, maximumPoolSize and connectionTimeout (the defaults)",
  options: {
    to: name("The part that its connections lead to."),
    connections: count(
      "Connections of one calling instance; the clients of workloads share one pool.",
      {
        min: 1,
        max: 1_000_000,
      },
    ).default(10),
    "wait-timeout": duration(
      "How long a call may wait for a connection before it is rejected.",
    ).prefault("30 s"),
    guards: guardsField,
  },
  notes:
    "A call has its connection until the part behind answers, even when its caller has given up and does not say so; one whose caller gives up while it waits takes none. An instance that dies loses its pool, and the calls that wait in it.",
  hasFleet: false,
  hasSlots: false,
  operations: ({ to }) => ({ like: to }),
  references: ({ to }) => [{ path: ["to"], target: to }],
  create(options, context): Part {
    const { world, directory } = context;
    const { to, connections, guards = [] } = options;
    const pools = new ConnectionPools(world, connections, options["wait-timeout"]);
    const target = () => directory.part(to);
    const operation = (named: string) => target().operation(named);
    hangDoor(world, { owner: context.name, part: pools.number, guards, operation });
    return {
      number: pools.number,
      fleet: null,
      service: null,
      operation,
      link: () => pools.join(target().number),
      items: () => target().items?.() ?? Infinity,
      read: () => ({ ...nothingRead, ...pools.read() }),
      resource: "connections",
      keeps: false,
      waitingTime: pools.meter.waitingTime,
      serviceTime: pools.meter.serviceTime,
      beginMeasuring: () => pools.meter.reset(),
    };
  },
});
