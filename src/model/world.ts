/** What everything in one simulated platform shares: the clock, the calls, the weather, the journal. */
import { assert } from "../kernel/assert.ts";
import { Fingerprint } from "../kernel/fingerprint.ts";
import { Kernel } from "../kernel/kernel.ts";
import { stream, type Random } from "../kernel/random.ts";
import { Agenda } from "./agenda.ts";
import { ABANDONED, Calls, NONE } from "./calls.ts";
import type { Fleet } from "./fleet.ts";
import { Exchange } from "./exchange.ts";
import { Journal } from "./journal.ts";
import type { NodePool } from "./nodePool.ts";
import type { Supply } from "./supply.ts";
import { WatchedExchange } from "./watchedExchange.ts";
import { Zones } from "./zones.ts";

/** Whoever made a call has given it up; what stands beside it goes on. */
export const GONE = -2;

export class World {
  readonly kernel = new Kernel();
  readonly calls = new Calls();
  readonly fingerprint = new Fingerprint();
  readonly agenda = new Agenda(this.kernel);
  readonly exchange: Exchange;
  readonly journal = new Journal(this.kernel, this.fingerprint);
  readonly zones = new Zones();
  /** What may be launched; null for everything at any time -- constant once built. */
  supply: Supply | null = null;
  /** Nodes that pods live on, by name. */
  readonly pools = new Map<string, NodePool>();
  /** How urgent each request class is, by number; larger is more urgent. */
  readonly priorities: number[] = [];
  /** Size of a request of each class and of its answer [bytes], by number, where the class tells. */
  readonly requestBytes: (number | undefined)[] = [];
  readonly answerBytes: (number | undefined)[] = [];
  /** Names of the parts, by number. */
  readonly partNames: string[] = [];
  /** The fleets of parts that have one, by the number of the part. */
  readonly fleets = new Map<number, Fleet>();
  /** Names of the request classes, by number. */
  readonly classNames: string[] = [];
  private readonly seed: string;
  /** Owner and purpose of every stream given out. */
  private readonly streams = new Set<string>();

  /** @param isWatched whether a tracer will follow its calls */
  constructor(seed: string, isWatched = false) {
    this.seed = seed;
    this.exchange = new (isWatched ? WatchedExchange : Exchange)(this.kernel, this.calls);
  }

  /**
   * The call whose instance makes a call, whatever stands beside it; NONE for the clients of a
   * workload, GONE once it no longer waits, since its record may be another call's by then.
   */
  makerOf(call: number): number {
    const { calls, exchange } = this;
    let maker = calls.parent(call);
    while (maker !== NONE && exchange.calleeOf(calls.part(maker)).isBesideCaller) {
      if (calls.has(maker, ABANDONED)) return GONE;
      maker = calls.parent(maker);
    }
    return maker;
  }

  /** The random stream of one owner for one purpose; a second one would repeat the first, draw by draw. */
  stream(owner: string, purpose: string): Random {
    const name = `${owner}: ${purpose}`;
    assert(!this.streams.has(name), () => `one stream has one user: ${name}`);
    this.streams.add(name);
    return stream(this.seed, owner, purpose);
  }
}
