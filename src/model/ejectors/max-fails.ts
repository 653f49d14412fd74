/**
 * nginx's passive check: so many failures and a server is left alone for a time; then one call is
 * let through, and what becomes of it decides.
 *
 *     fails < max --failure--> out for fail-timeout --> one call may try it
 *          ^                        ^--- it failed, or is still out ---|
 *          '------------------------------- it was answered -----------'
 *
 * The product's clock has whole seconds, so the time out is up to a second longer.
 */
import { SECOND, type Duration } from "../../kernel/time.ts";
import { count, duration } from "../../schema/fields.ts";
import { seconds } from "../fleet.ts";
import type { Instance } from "../instance.ts";
import { LOST, REFUSED, TIMED_OUT, type Outcome } from "../outcomes.ts";
import { ejector, type Ejector, type EjectorContext } from "./ejector.ts";

export const maxFails = ejector({
  kind: "max-fails",
  summary: "Leaves a backend alone after failed calls, then tries it with a single one.",
  source: "nginx: src/http/ngx_http_upstream_round_robin.c",
  notes:
    "A call fails that was refused, lost or timed out; an answer, even an error, is none. With a single backend nothing is done, as in the product. Smooth weighted round robin also lowers the weight of a backend that failed, as in the product.",
  options: {
    fails: count("Failures that take a backend out: max_fails.", { min: 1 }).default(1),
    "fail-timeout": duration("How long it is then left alone: fail_timeout.", {
      min: SECOND,
    }).prefault("10 s"),
  },
  create: (options, context) => new MaxFails(options.fails, options["fail-timeout"], context),
});

/** What is known of one backend; times in whole seconds of the product's clock. */
interface Peer {
  readonly instance: Instance;
  fails: number;
  /** When it last failed or was tried again, and when it last failed [s]. */
  checked: number;
  accessed: number;
  out: boolean;
}

class MaxFails implements Ejector {
  private readonly most: number;
  private readonly timeoutSeconds: number;
  private readonly context: EjectorContext;
  /** By instance id. */
  private readonly peers: (Peer | undefined)[] = [];

  constructor(most: number, timeout: Duration, context: EjectorContext) {
    this.most = most;
    this.timeoutSeconds = Math.floor(timeout / SECOND);
    this.context = context;
  }

  watch(instance: Instance): void {
    this.peers[instance.id] = { instance, fails: 0, checked: 0, accessed: 0, out: false };
  }

  forget(instance: Instance): void {
    this.peers[instance.id] = undefined;
  }

  chosen(id: number): void {
    const peer = this.peers[id];
    if (peer === undefined || this.now - peer.checked <= this.timeoutSeconds) return;
    peer.checked = this.now;
    // This is the one call that may try it: no other until the time is over again.
    if (peer.fails >= this.most) this.leaveAlone(peer, null);
  }

  answered(id: number, outcome: Outcome): void {
    const peer = this.peers[id];
    if (peer === undefined) return;
    if (isFailure(outcome)) this.failed(peer);
    else if (peer.fails > 0 && peer.accessed < peer.checked) {
      peer.fails = 0;
      peer.out = false;
      this.context.readmit(peer.instance, "the call that tried it was answered");
    }
  }

  private failed(peer: Peer): void {
    if (this.context.registered() === 1) return;
    peer.fails++;
    peer.accessed = peer.checked = this.now;
    this.context.weaken(peer.instance, this.most);
    if (peer.fails < this.most) return;
    const reason = `${peer.fails} failed; left alone for ${seconds(this.timeoutSeconds * SECOND)}`;
    this.leaveAlone(peer, peer.out ? null : reason);
  }

  private leaveAlone(peer: Peer, reason: string | null): void {
    const { checked } = peer;
    peer.out = true;
    this.context.eject(peer.instance, reason);
    const until = (checked + this.timeoutSeconds + 1) * SECOND;
    this.context.agenda.at(until, () => {
      if (!peer.out || peer.checked !== checked || this.peers[peer.instance.id] !== peer) return;
      this.context.readmit(peer.instance, "one call may try it");
    });
  }

  private get now(): number {
    return Math.floor(this.context.agenda.now / SECOND);
  }
}

function isFailure(outcome: Outcome): boolean {
  return outcome === REFUSED || outcome === LOST || outcome === TIMED_OUT;
}
