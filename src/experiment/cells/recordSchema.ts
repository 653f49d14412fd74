/**
 * What a record from elsewhere must be before anything is made of it: the shape that summaries walk
 * along, with numbers where they calculate. What a record says besides is kept as it is.
 */
import { z } from "zod";
import { outcomes } from "../../model/outcomes.ts";
import type { RunRecord } from "../../model/record.ts";

/** Buckets of a histogram: 54 octaves of 128, and one for what is shorter than a nanosecond. */
const BUCKETS = 54 * 128 + 1;

const numbers = z.instanceof(Float64Array);
const count = z.number().min(0);
const name = z.string().max(1000);

const histogram = z
  .looseObject({
    indices: z.instanceof(Int32Array),
    counts: numbers,
    count,
    sum: z.number(),
    min: z.number().nullable(),
    max: z.number().nullable(),
  })
  .refine(
    ({ indices, counts }) =>
      indices.length === counts.length && indices.every((index) => index >= 0 && index < BUCKETS),
  );

const requestCounts = z.looseObject({
  generated: count,
  succeeded: count,
  failed: numbers,
  attempts: count,
});

const sessionCounts = z.looseObject({ started: count, completed: count, abandoned: count });

const clients = z.array(
  z.looseObject({
    workload: name,
    caches: z.array(z.looseObject({ name, hits: count, misses: count })).nullable(),
    connections: z
      .looseObject({
        limit: count,
        asked: count,
        waited: count,
        gaveUp: count,
        waitingTime: count,
        longest: count,
      })
      .nullable(),
  }),
);

const reading = z
  .looseObject({ at: count, arrived: count, resolved: numbers, stateTime: numbers })
  .catchall(z.union([z.number(), numbers]));

const stay = z.strictObject({ waiting: count, working: count });

export const recordSchema: z.ZodType<RunRecord> = z.looseObject({
  engine: name,
  fingerprint: z.string().regex(/^[0-9a-f]{1,64}$/),
  events: count,
  classes: z.array(
    z.looseObject({
      name,
      workload: name,
      attack: z.boolean(),
      all: requestCounts,
      measured: requestCounts,
      latency: histogram,
      windows: z.array(requestCounts.extend({ latency: histogram })),
    }),
  ),
  sessions: z.array(z.looseObject({ workload: name, all: sessionCounts, measured: sessionCounts })),
  clients: clients.optional(),
  parts: z.array(
    z.looseObject({
      name,
      kind: name,
      resource: name.nullable(),
      keeps: z.boolean(),
      guards: z.array(name),
      inFlightAtWarmUp: count,
      inFlight: count,
      snapshots: z.array(reading).min(1),
      warm: reading,
      waitingTime: histogram.nullable(),
      serviceTime: histogram.nullable(),
      fleet: z
        .looseObject({
          type: name.nullable(),
          initial: count,
          peak: count,
          readyMin: count,
          billed: numbers,
        })
        .nullable(),
    }),
  ),
  journal: z.array(
    z.looseObject({
      at: z.number(),
      plane: name,
      part: name.nullable(),
      instance: name.nullable(),
      what: name,
      reason: z.string(),
      until: z.number().nullable(),
    }),
  ),
  exemplars: z
    .array(
      z.strictObject({
        of: z.enum(["median", "p99", "slowest", "failed"]),
        wanted: count.nullable(),
        requestClass: name,
        key: z.int().nullable(),
        bornAt: count,
        endedAt: count,
        outcome: z.enum(outcomes),
        spans: z
          .array(
            z.strictObject({
              part: name,
              instance: name.nullable(),
              parent: count.nullable(),
              attempt: count,
              from: count,
              startedAt: count.nullable(),
              to: count.nullable(),
              outcome: z.enum(outcomes).nullable(),
            }),
          )
          .max(500),
      }),
    )
    .max(4)
    .optional(),
  slowest: z
    .strictObject({
      latency: count,
      requests: count,
      slow: count,
      parts: z.array(z.strictObject({ part: name, all: stay, slow: stay })),
    })
    .optional(),
}) as unknown as z.ZodType<RunRecord>;
