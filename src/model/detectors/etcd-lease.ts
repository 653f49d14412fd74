/** Registration in etcd: an instance's key hangs on a lease that its client keeps alive. */
import { z } from "zod";
import { MILLISECOND, SECOND } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import { detector } from "./detector.ts";
import { EtcdLessor, renewalOf } from "./etcdLessor.ts";

export const etcdLease = detector({
  kind: "etcd-lease",
  summary:
    "Instances keep a lease in etcd alive; when it has run out the leader revokes it, and their key is gone.",
  source:
    "etcd-io/etcd: client/v3/lease.go, server/lease/lessor.go, server/etcdserver/server.go (minTTL, Promote)",
  notes:
    "A client renews when a third of the TTL has passed, looking every 500 ms: 3.5 s for 10 s. The leader looks every 500 ms and revokes 500 leases at a look, so a death is noticed from ttl less a renewal to ttl plus 500 ms after it. A renewal that comes after the end does not save the lease: the instance is out until it registers anew, within 500 ms. A slow instance renews that many times as seldom. A new leader of etcd counts every lease from the beginning, and an election timeout longer.",
  oblivious: true,
  options: {
    ttl: duration("What clients ask for, in whole seconds.", { min: SECOND }).prefault("10 s"),
    renewal: duration(
      "How often a client renews; what etcd's own does, by the TTL granted, unless given.",
      { min: MILLISECOND },
    ).optional(),
    heartbeat: duration("heartbeat-interval of etcd.", { min: MILLISECOND }).prefault("100 ms"),
    "election-timeout": duration(
      "election-timeout of etcd; no lease is shorter than one and a half of it.",
      { min: 2 * MILLISECOND },
    ).prefault("1 s"),
    elections: z
      .array(duration("An instant of the run."))
      .max(100)
      .describe("When etcd loses its leader, once or several times.")
      .default([]),
    leaderless: duration(
      "How long nobody leads then: nothing is renewed and nothing revoked.",
    ).prefault("1.5 s"),
  },
  check({ ttl, renewal, heartbeat, "election-timeout": timeout, elections, leaderless }) {
    if (ttl % SECOND !== 0)
      return [{ path: ["ttl"], message: "etcd grants whole seconds; expected 10 s or the like" }];
    if (heartbeat >= timeout)
      return [{ path: ["election-timeout"], message: "expected more than one heartbeat" }];
    const early = elections.findIndex(
      (at, index) => at < (elections[index - 1] ?? -Infinity) + leaderless,
    );
    if (early > 0)
      return [
        {
          path: ["elections", early],
          message:
            "nobody leads yet whom etcd could lose; expected rising instants, `leaderless` apart",
        },
      ];
    const granted = Math.max(ttl, shortestOf(heartbeat, timeout));
    return renewal === undefined || renewal < granted
      ? []
      : [
          {
            path: ["renewal"],
            message: "the lease runs out between two; expected less than `ttl`",
          },
        ];
  },
  create(options, { agenda }) {
    const { heartbeat, elections, leaderless, "election-timeout": timeout } = options;
    const ttl = Math.max(options.ttl, shortestOf(heartbeat, timeout));
    const renewal = options.renewal ?? renewalOf(ttl);
    const lessor = new EtcdLessor({ ttl, renewal, extension: timeout }, agenda);
    for (const at of elections) {
      agenda.at(at, () => lessor.demote());
      agenda.at(at + leaderless, () => lessor.promote());
    }
    return lessor;
  },
});

/** One and a half election timeouts in ticks of the heartbeat, rounded up to whole seconds [ns]. */
function shortestOf(heartbeat: number, timeout: number): number {
  const ticks = Math.floor(timeout / heartbeat);
  return Math.ceil((Math.floor((3 * ticks) / 2) * heartbeat) / SECOND) * SECOND;
}
