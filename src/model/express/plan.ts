/**
 * From parts joined by calls to stations in a row: follows each class of requests from where it
 * enters to where it is answered.
 *
 *     workloads -> [balancer] web -> (cache) -> store
 *       source        station 0   leg: cache     station 1
 */
import type { Duration } from "../../kernel/time.ts";
import type { Target } from "../exchange.ts";
import type { Part } from "../parts/part.ts";
import type { Router } from "../router.ts";
import type { Workload } from "../workload.ts";
import type { World } from "../world.ts";
import type { Step } from "../steps/step.ts";
import type { Counter, Gate, Lane } from "./lane.ts";
import { Ledger } from "./ledger.ts";
import { Cache, Exit, Leg, type Crossing } from "./leg.ts";
import { Requests, SOURCE } from "./requests.ts";
import { Source } from "./source.ts";
import { Station } from "./station.ts";

/** A workload, and how long its clients wait [ns]. */
export type Demand = readonly [Workload, Duration];

/** Everything that serves a run, in the order in which it serves a chunk of time. */
export interface Plan {
  readonly requests: Requests;
  readonly ledger: Ledger;
  readonly source: Source;
  readonly stations: readonly Station[];
  readonly caches: readonly Cache[];
  readonly legs: readonly Leg[];
  readonly exits: readonly Exit[];
  /** Where requests begin, by class. */
  readonly entries: readonly Leg[];
}

/** Why the parts cannot be put in a row. */
export class NotInARow extends Error {}

export function planFor(
  world: World,
  parts: readonly Part[],
  demands: readonly Demand[],
  measuredFrom: Duration,
): Plan {
  return new Planner(world, parts, demands, measuredFrom).plan();
}

/** Who calls: a station, or the clients of all workloads. */
type Producer = Station | null;

class Planner {
  private readonly parts: readonly Part[];
  private readonly demands: readonly Demand[];
  private readonly measuredFrom: Duration;
  readonly requests: Requests;
  readonly ledger: Ledger;
  private readonly stations: Station[] = [];
  private readonly caches: Cache[] = [];
  private readonly legs: Leg[] = [];
  private readonly exits: Exit[] = [];
  /** Who calls each part that must see its calls in one order. */
  private readonly producers = new Map<number, Producer>();

  constructor(
    world: World,
    parts: readonly Part[],
    demands: readonly Demand[],
    measuredFrom: Duration,
  ) {
    this.parts = parts;
    this.demands = demands;
    this.measuredFrom = measuredFrom;
    const meters = demands.flatMap(([workload]) => workload.meters);
    this.requests = new Requests();
    this.ledger = new Ledger(this.requests, world.fingerprint, meters, measuredFrom);
  }

  plan(): Plan {
    const entries = this.demands.flatMap(([{ entry, classes }]) =>
      classes.map(({ number, operation }) => {
        const target = { part: entry.number, operation, policy: 0 };
        return this.follow(number, target, {
          producer: null,
          parts: [],
          stations: [],
          behindCache: false,
        });
      }),
    );
    const { requests, ledger, stations, caches, legs, exits } = this;
    requests.makeRoom(stations.length);
    const source = new Source(this.demands, entries, requests, this.measuredFrom);
    return { requests, ledger, source, stations, caches, legs, exits, entries };
  }

  /** The leg that begins with a call; what comes after it is followed too. */
  private follow(requestClass: number, call: Target, so: Way): Leg {
    const passed: number[] = [];
    const crossings: Crossing[] = [];
    let router: Router | null = null;
    let target = call;
    for (;;) {
      const lane = this.laneTo(target, [...so.parts, ...passed]);
      passed.push(target.part);
      const parts = [...so.parts, ...passed];
      if (lane.kind === "counter") {
        const station = this.stationOf(target.part, lane, so.producer);
        this.serve(requestClass, lane.program(target.operation), station, router ?? lane.router, {
          producer: station,
          parts,
          stations: [...so.stations, station],
          behindCache: so.producer === null ? crossings.length > 0 : so.behindCache,
        });
        return this.leg(passed, crossings, station);
      }
      if (lane.kind === "gate") {
        if (target.operation !== lane.operation)
          throw new NotInARow("a cache is asked for more than what it keeps");
        const cache = this.cacheOf(target.part, lane, so.producer);
        crossings.push({ cache, exit: this.exit(requestClass, { ...so, parts }) });
        target = lane.target;
      } else {
        router = lane.router;
        target = { ...lane.target, operation: target.operation };
      }
    }
  }

  private laneTo({ part, policy }: Target, before: readonly number[]): Lane {
    if (before.includes(part)) throw new NotInARow("a request comes to the same part twice");
    if (policy !== 0)
      throw new NotInARow("a call between parts has a timeout or retries, or is optional");
    const lane = this.parts.find(({ number }) => number === part)!.lane?.();
    if (!lane) throw new NotInARow("a part is of a kind that is not computed");
    return lane;
  }

  /** What a class does at a station: works, and is answered or goes on. */
  private serve(
    requestClass: number,
    [step, call, ...more]: readonly Step[],
    station: Station,
    router: Router,
    way: Way,
  ): void {
    const work = step?.time;
    const targets = call?.targets ?? [];
    if (!work || more.length > 0 || targets.length !== (call ? 1 : 0))
      throw new NotInARow("an operation is more than work, and one call at its end");
    const leg = call
      ? this.follow(requestClass, targets[0]!, way)
      : this.leg([], [], this.exit(requestClass, way));
    station.expect(requestClass, { router, work, leg });
  }

  private stationOf(part: number, counter: Counter, producer: Producer): Station {
    this.calledBy(part, producer);
    const known = this.stations.find((station) => station.part === part);
    if (known) return known;
    const { stations } = this;
    const at = { stage: stations.length + 1, before: producer?.stage ?? SOURCE };
    const station = new Station(part, counter, at, this);
    stations.push(station);
    return station;
  }

  private cacheOf(part: number, gate: Gate, producer: Producer): Cache {
    this.calledBy(part, producer);
    const known = this.caches.find((cache) => cache.part === part);
    if (known) return known;
    const cache = new Cache(part, gate);
    this.caches.push(cache);
    return cache;
  }

  /** Two callers would have to be put in one order. */
  private calledBy(part: number, producer: Producer): void {
    const known = this.producers.get(part);
    if (known !== undefined && known !== producer)
      throw new NotInARow("a part is called by more than one other");
    this.producers.set(part, producer);
  }

  private leg(parts: readonly number[], crossings: readonly Crossing[], goal: Station | Exit): Leg {
    const leg = new Leg(parts, crossings, goal);
    this.legs.push(leg);
    return leg;
  }

  private exit(requestClass: number, { parts, stations, behindCache }: Way): Exit {
    const exit = new Exit(requestClass, parts, stations, stations.length > 0 && !behindCache);
    this.exits.push(exit);
    return exit;
  }
}

/** How far a class of requests has been followed. */
interface Way {
  readonly producer: Producer;
  readonly parts: readonly number[];
  readonly stations: readonly Station[];
  /** Whether a cache stands between the clients and the first station. */
  readonly behindCache: boolean;
}
