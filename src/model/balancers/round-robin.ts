/**
 * Round robin: each backend in turn.
 *
 * It keeps its place through changes of membership: the next call goes to the first backend that
 * was due and is still there, so nobody is served twice because somebody else left.
 */
import { balancer, idsOf, type Backends, type Balancer } from "./balancer.ts";

export const roundRobin = balancer({
  kind: "round-robin",
  summary: "Sends calls to each backend in turn.",
  notes: "Weights do not matter to it; smooth-weighted-round-robin is the one that heeds them.",
  oblivious: true,
  options: {},
  create: () => new RoundRobin(),
});

class RoundRobin implements Balancer {
  /** Ids by position, as of the last change. */
  private ids: readonly number[] = [];
  /** Whose turn it is [position]. */
  private due = 0;

  choose(backends: Backends): number {
    const position = this.due;
    this.due = position + 1 === backends.size ? 0 : position + 1;
    return position;
  }

  changed(backends: Backends): void {
    const ids = idsOf(backends);
    this.due = this.firstStillThere(ids);
    this.ids = ids;
  }

  /** New position of the first backend, from the one whose turn it is, that did not leave. */
  private firstStillThere(ids: readonly number[]): number {
    const positions = new Map(ids.map((id, position) => [id, position]));
    const queue = [...this.ids.slice(this.due), ...this.ids.slice(0, this.due)];
    const heir = queue.find((id) => positions.has(id));
    return heir === undefined ? 0 : positions.get(heir)!;
  }
}
