/** A workload's caches of its users: which requests they may answer, and what they did for each class. */
import type { EventKind } from "../../kernel/kernel.ts";
import type { Duration } from "../../kernel/time.ts";
import { NONE } from "../calls.ts";
import type { World } from "../world.ts";
import type { PopulationSpec } from "./make.ts";
import type { Regulars } from "./regulars.ts";
import { UserCaches, type UserCacheSpec } from "./userCaches.ts";

/** Requests of one class that asked a cache, after the warm-up. */
export interface CacheCounts {
  hits: number;
  misses: number;
}

export class CacheDesk {
  /** By position of the class; null for a class whose answers are not kept. */
  readonly counts: readonly (CacheCounts | null)[];
  private readonly caches: UserCaches;
  /** Who the users are that are followed; null where their numbers say so. */
  private readonly followed: Regulars | null;
  private readonly measuredFrom: Duration;
  private readonly lookedUp: EventKind;
  private readonly answer: (call: number) => void;

  /** @param answer a call whose user has the answer, looked up by now. */
  constructor(
    spec: UserCacheSpec,
    people: PopulationSpec,
    followed: Regulars | null,
    classes: readonly string[],
    { world, workload, warmUp }: { world: World; workload: string; warmUp: Duration },
    answer: (call: number) => void,
  ) {
    const users = people.users?.count ?? people.population?.users ?? 0;
    this.caches = new UserCaches(spec, users, world.stream(workload, "time in users' caches"));
    this.followed = followed;
    this.measuredFrom = warmUp;
    this.answer = answer;
    this.lookedUp = world.kernel.on(answer);
    this.counts = classes.map((name) =>
      (spec.classes?.includes(name) ?? true) ? { hits: 0, misses: 0 } : null,
    );
  }

  /** A call need not be sent: its user has the answer. */
  lookUp(call: number): void {
    const { lookup } = this.caches;
    if (lookup === 0) this.answer(call);
    else this.lookedUp.after(lookup, call);
  }

  /** Whether a user has the answer already. */
  has(user: number, requestClass: number, key: number, now: Duration): boolean {
    const counts = this.counts[requestClass]!;
    if (counts === null || key === NONE) return false;
    const isHit = this.caches.find(this.whoIs(user), this.item(requestClass, key), now);
    if (now >= this.measuredFrom) {
      if (isHit) counts.hits++;
      else counts.misses++;
    }
    return isHit;
  }

  /** A user was sent the answer. */
  keep(user: number, requestClass: number, key: number, now: Duration): void {
    if (this.counts[requestClass] === null || key === NONE) return;
    this.caches.keep(this.whoIs(user), this.item(requestClass, key), now);
  }

  private whoIs(user: number): number {
    return this.followed === null ? user : this.followed.whoIs(user);
  }

  /** Answers to requests of two classes about one thing are two answers. */
  private item(requestClass: number, key: number): number {
    return key * this.counts.length + requestClass;
  }
}
