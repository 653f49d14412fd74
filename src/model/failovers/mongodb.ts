/** A MongoDB replica set: a secondary that has not heard of a primary calls an election. */
import { SECOND } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import { make } from "../../schema/definition.ts";
import { distributions, distributionSchema } from "../../statistics/distributions/index.ts";
import { failover } from "./failover.ts";

export const mongodb = failover({
  kind: "mongodb",
  summary:
    "Members exchange heartbeats; a secondary that has heard of no primary for electionTimeoutMillis calls an election.",
  source:
    "mongodb/mongo: src/mongo/db/repl/repl_set_config.idl; MongoDB manual, Replica Set Elections",
  notes:
    "The manual names a median of 12 s at most until there is a new primary, with the defaults.",
  options: {
    heartbeat: duration("heartbeatIntervalMillis.", { min: SECOND }).prefault("2 s"),
    "election-timeout": duration("electionTimeoutMillis.", { min: SECOND }).prefault("10 s"),
    election: distributionSchema
      .describe("The election, and catching up; a plain starting point.")
      .prefault("2 s"),
  },
  check: ({ heartbeat, "election-timeout": timeout }) =>
    heartbeat < timeout
      ? []
      : [{ path: ["election-timeout"], message: "expected more than one heartbeat" }],
  create({ heartbeat, "election-timeout": ttl, election }, context) {
    const times = make(distributions, election, context);
    return { lease: { heartbeat, ttl, check: 0 }, promotion: () => times.sample() };
  },
});
