/** Members that probe one another: what Consul's gossip (serf, memberlist) finds out about a node. */
import { log } from "../../kernel/mathematics.ts";
import { count, duration, factor } from "../../schema/fields.ts";
import { detector } from "./detector.ts";
import { LeaseCheck } from "./leaseCheck.ts";

export const consul = detector({
  kind: "consul",
  summary:
    "Members probe each other; one that leaves a probe unanswered is suspect, and failed when the suspicion has lasted.",
  source: "hashicorp/memberlist: config.go, util.go, suspicion.go, state.go",
  notes:
    "A probe fails at the end of its interval. The suspicion lasts multiplier · max(1, log₁₀ members) · interval, as where enough others confirm it at once: a death is noticed after 5 to 6 s among 10 members and 9 to 10 s among 100. The defaults are those of a local network.",
  oblivious: true,
  options: {
    "probe-interval": duration("How often each member is probed.", { min: 1 }).prefault("1 s"),
    "suspicion-multiplier": factor("suspicion_mult.", { min: 1, max: 100 }).default(4),
    members: count("Members of the gossip pool, these instances and others.", {
      min: 1,
      max: 100_000,
    }).default(10),
  },
  create({ "probe-interval": heartbeat, "suspicion-multiplier": multiplier, members }, context) {
    const suspicion = multiplier * Math.max(1, log(members) / log(10)) * heartbeat;
    const ttl = Math.floor(2 * heartbeat + suspicion + 0.5);
    return new LeaseCheck({ heartbeat, ttl, check: 0 }, context.agenda);
  },
});
