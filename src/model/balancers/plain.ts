import { oneOfOrWord } from "../../schema/definition.ts";
import { consistentHash } from "./consistent-hash.ts";
import { first } from "./first.ts";
import { joinIdleQueue } from "./join-idle-queue.ts";
import { joinShortestQueue } from "./join-shortest-queue.ts";
import { leastConnections } from "./least-connections.ts";
import { leastTime } from "./least-time.ts";
import { maglev } from "./maglev.ts";
import { neverQueue } from "./never-queue.ts";
import { peakEwma } from "./peak-ewma.ts";
import { powerOfChoices } from "./power-of-choices.ts";
import { random } from "./random.ts";
import { roundRobin } from "./round-robin.ts";
import { shortestExpectedDelay } from "./shortest-expected-delay.ts";
import { smoothWeightedRoundRobin } from "./smooth-weighted-round-robin.ts";
import { sourceHash } from "./source-hash.ts";
import { uriHash } from "./uri-hash.ts";
import { weightedLeastConnections } from "./weighted-least-connections.ts";
import { weightedRoundRobin } from "./weighted-round-robin.ts";

/** Every balancing algorithm that stands on its own. A new one is its own file and a line here. */
export const plainBalancers = [
  roundRobin,
  smoothWeightedRoundRobin,
  weightedRoundRobin,
  random,
  leastConnections,
  weightedLeastConnections,
  shortestExpectedDelay,
  neverQueue,
  leastTime,
  peakEwma,
  powerOfChoices,
  joinIdleQueue,
  joinShortestQueue,
  first,
  sourceHash,
  uriHash,
  consistentHash,
  maglev,
] as const;

export const plainBalancerSchema = oneOfOrWord(plainBalancers, "plain-balancer");
