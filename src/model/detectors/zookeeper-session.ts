/** Instances that register themselves in ZooKeeper: their nodes vanish when their session expires. */
import { duration } from "../../schema/fields.ts";
import { detector } from "./detector.ts";
import { LeaseCheck } from "./leaseCheck.ts";

export const zookeeperSession = detector({
  kind: "zookeeper-session",
  summary: "Instances keep a session with ZooKeeper; when it expires their registration is gone.",
  source: "ZooKeeper Administrator's Guide: tickTime, minSessionTimeout, maxSessionTimeout",
  notes:
    "The server grants from 2 to 20 ticks, whatever a client asks for, and expires sessions at whole ticks.",
  oblivious: true,
  options: {
    session: duration("The session timeout that clients ask for.", { min: 1 }).prefault("10 s"),
    tick: duration("The server's tickTime.", { min: 1 }).prefault("2 s"),
    ping: duration(
      "How often a client lets itself be heard; a third of its session unless given.",
      {
        min: 1,
      },
    ).optional(),
  },
  create({ session, tick, ping }, { agenda }) {
    const granted = Math.min(Math.max(session, 2 * tick), 20 * tick);
    const heartbeat = ping ?? Math.floor(granted / 3);
    return new LeaseCheck({ heartbeat, ttl: granted, check: tick }, agenda);
  },
});
