/** A cluster whose members pass a token round: Corosync's totem, under Pacemaker. */
import { MILLISECOND } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import { detector } from "./detector.ts";
import { LeaseCheck } from "./leaseCheck.ts";

/** The token comes round many times a second; this often is near enough for seconds of patience [ns]. */
const ROUND = 100 * MILLISECOND;

export const corosync = detector({
  kind: "corosync",
  summary:
    "Members pass a token round; when it is lost for `token` they agree within `consensus` on who is left.",
  source: "corosync/corosync: exec/totemconfig.c; Red Hat Enterprise Linux 8.4 release notes",
  notes:
    "A death is noticed after token and consensus, 6.6 s with the defaults (1 s of token before corosync 3.1). Fencing the node and starting its resources elsewhere come after that: the take-over of a standby.",
  oblivious: true,
  options: {
    token: duration("How long the token may stay away.", { min: 2 * ROUND }).prefault("3 s"),
    consensus: duration("How long they look for agreement; 1.2 · token unless given.", {
      min: 1,
    }).optional(),
  },
  create({ token, consensus = Math.floor(1.2 * token + 0.5) }, { agenda }) {
    return new LeaseCheck({ heartbeat: ROUND, ttl: token + consensus, check: 0 }, agenda);
  },
});
