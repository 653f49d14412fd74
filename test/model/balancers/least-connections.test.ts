import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import type { Backends, Balancer } from "../../../src/model/balancers/balancer.ts";
import { leastConnections } from "../../../src/model/balancers/least-connections.ts";
import { anyCall, Pool } from "../../support/pool.ts";

const kind = "least-connections";
const [a, b, c] = [0, 1, 2];

test("the backend with the fewest calls in flight gets the next", () => {
  const pool = new Pool(kind, [1, 1, 1]);
  expect(pool.sendAll(4)).toEqual([a, b, c, a]); // now 2, 1, 1 in flight
  pool.answer(c);
  expect(pool.sendAll(1)).toEqual([c]);
  pool.answer(a);
  pool.answer(a);
  expect(pool.sendAll(1)).toEqual([a]);
});

test("calls in flight count in proportion to weight", () => {
  // 0 : 0 a, 1/2 : 0 b, 1/2 : 1 a, 1 : 1 equal again.
  expect(new Pool(kind, [2, 1]).sendAll(6)).toEqual([a, b, a, a, b, a]);
});

test("an idle fleet is used in rotation", () => {
  expect(new Pool(kind, [1, 1, 1]).askAll(6)).toEqual([a, b, c, a, b, c]);
});

test("turns missed while busy are not made up for afterwards", () => {
  const pool = new Pool(kind, [1, 1]);
  expect(pool.sendAll(1)).toEqual([a]);
  expect(pool.askAll(4)).toEqual([b, b, b, b]);
  pool.answer(a);
  // It joins in the round that b has just begun, and does not get four calls in a row.
  expect(pool.askAll(5)).toEqual([a, a, b, a, b]);
});

test("a newcomer is filled up before the others get more", () => {
  const pool = new Pool(kind, [1, 1]);
  pool.sendAll(4);
  pool.join(c);
  expect(pool.sendAll(4)).toEqual([c, c, a, b]);
});

test("the heap chooses as a look at every backend does, whatever comes and goes", () => {
  const members: { id: number; weight: number; inFlight: number }[] = [];
  const backends: Backends = {
    get size() {
      return members.length;
    },
    inFlight: (position) => members[position]!.inFlight,
    weight: (position) => members[position]!.weight,
    limit: () => Infinity,
    id: (position) => members[position]!.id,
    zone: () => "a",
  };
  const random = new Random("twin");
  const fast = leastConnections.create({}, { random, clock: { now: 0 } });
  const slow = new Obvious(backends);
  for (let event = 0; event < 30_000; event++) {
    const dice = random.below(100);
    if (members.length === 0 || (dice === 0 && members.length < 30)) {
      members.push({ id: event, weight: 1 + random.below(3), inFlight: 0 });
      fast.changed!(backends);
    } else if (dice === 1 && members.length > 1) {
      members.splice(random.below(members.length), 1);
      fast.changed!(backends);
    } else if (dice < 55) {
      const position = fast.choose(backends, anyCall);
      expect(position).toBe(slow.choose());
      members[position]!.inFlight++;
      fast.sent!(position);
      slow.sent(position);
    } else {
      const position = random.below(members.length);
      if (members[position]!.inFlight === 0) continue;
      members[position]!.inFlight--;
      fast.answered!(position, 0, true);
    }
  }
});

/** The same rule, looking at every backend for every call. */
class Obvious implements Balancer {
  private readonly backends: Backends;
  private readonly dues = new Map<number, number>();
  private now = 0;

  constructor(backends: Backends) {
    this.backends = backends;
  }

  choose(): number {
    let best = 0;
    for (let rival = 1; rival < this.backends.size; rival++) {
      const lighter = this.load(rival) - this.load(best);
      if (lighter < 0 || (lighter === 0 && this.due(rival) < this.due(best))) best = rival;
    }
    return best;
  }

  sent(position: number): void {
    this.now = Math.max(this.now, this.due(position));
    this.dues.set(this.backends.id(position), this.now + 1 / this.backends.weight(position));
  }

  private load(position: number): number {
    return this.backends.inFlight(position) / this.backends.weight(position);
  }

  private due(position: number): number {
    const id = this.backends.id(position);
    if (!this.dues.has(id)) this.dues.set(id, this.now);
    return this.dues.get(id)!;
  }
}
