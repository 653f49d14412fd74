/** PostgreSQL under repmgr: the daemons of the standbys try to reconnect, and then elect. */
import { SECOND } from "../../kernel/time.ts";
import { count, duration } from "../../schema/fields.ts";
import { between, failover } from "./failover.ts";

export const repmgr = failover({
  kind: "repmgr",
  summary:
    "Standbys try to reach the primary again so many times, and then elect one of them (repmgr with failover=automatic).",
  source: "EnterpriseDB/repmgr: repmgr.conf.sample",
  notes:
    "With its defaults 60 s after the standbys have lost the primary. The promotion takes 1 to 3 s, which is a value to plan with.",
  options: {
    "monitor-interval": duration("Time between two looks at the primary.", {
      min: SECOND,
    }).prefault("2 s"),
    "reconnect-attempts": count("Times a standby tries to reconnect.", { min: 1 }).default(6),
    "reconnect-interval": duration("Time between two of them.", { min: SECOND }).prefault("10 s"),
  },
  create(options, { random }) {
    const heartbeat = options["monitor-interval"];
    const ttl = heartbeat + options["reconnect-attempts"] * options["reconnect-interval"];
    return {
      lease: { heartbeat, ttl, check: 0 },
      promotion: () => between(SECOND, 3 * SECOND, random),
    };
  },
});
