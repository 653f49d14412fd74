import { z } from "zod";
import { oneOf, type Spec } from "../../schema/definition.ts";
import { bulkhead } from "./bulkhead.ts";
import { degradation } from "./degradation.ts";
import { envoyAdaptive } from "./envoy-adaptive.ts";
import { fixedWindow } from "./fixed-window.ts";
import { gradient2 } from "./gradient2.ts";
import { nginxLimitReq } from "./nginx-limit-req.ts";
import { priorityShedding } from "./priority-shedding.ts";
import { sentinelQueueing } from "./sentinel-queueing.ts";
import { sentinelWarmUp } from "./sentinel-warm-up.ts";
import { slidingWindow } from "./sliding-window.ts";
import { tokenBucket } from "./token-bucket.ts";
import { vegas } from "./vegas.ts";
import { waitingRoom } from "./waiting-room.ts";

/** Every guard. A new one is its own file and a line here. */
export const guards = [
  tokenBucket,
  nginxLimitReq,
  fixedWindow,
  slidingWindow,
  sentinelQueueing,
  sentinelWarmUp,
  bulkhead,
  vegas,
  gradient2,
  envoyAdaptive,
  priorityShedding,
  waitingRoom,
  degradation,
] as const;

export type GuardSpec = Spec<typeof guards>;

/** The field of a part. */
export const guardsField = z
  .array(oneOf(guards))
  .describe("What every call must pass before the part does anything for it, in this order.")
  .optional();
