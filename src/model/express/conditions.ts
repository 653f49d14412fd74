/**
 * When a run may be computed without events: a list of what is known to be harmless.
 *
 * What is not on the list is an obstacle, whatever it means: so a new option of any part keeps every
 * scenario that uses it on events until somebody has shown that it is harmless, and adds it here.
 * Two conditions need the parts joined and are checked in `plan.ts`: requests come to a part at most
 * once, and everything that comes to a part comes from one place.
 */
import { wholeTicks, type Duration } from "../../kernel/time.ts";
import { arrivalProcesses } from "../arrivals/index.ts";
import { balancers } from "../balancers/index.ts";
import { detectors } from "../detectors/index.ts";
import { ejectors } from "../ejectors/index.ts";
import { fifo } from "../disciplines/fifo.ts";
import type { PlatformSpec } from "../platform.ts";

/** What stands in the way of the express path at one place of a specification. */
type Rule = (value: unknown, place: string) => string[];

/** Slots of all instances of a part; each takes 8 bytes. */
const SLOTS_MAX = 4_000_000;

const harmless: Rule = () => [];

/** Must not be there, or say no. */
const absent: Rule = (value, place) => (isNothing(value) ? [] : [`${place} is given`]);

/** Must be as it is unless something else is said. */
function says(usual: string | number): Rule {
  return (value, place) => (value === usual ? [] : [`${place} is not ${usual}`]);
}

/** A member of a family that looks at nothing calls do. */
function oblivious(members: readonly { kind: string; oblivious?: boolean }[]): Rule {
  return (value, place) => {
    const kind = (value as { kind: string } | undefined)?.kind ?? "nothing";
    if (members.find((member) => member.kind === kind)?.oblivious) return [];
    return [`${place}: ${kind} goes by what calls do`];
  };
}

/** Fields that are known, each with its own rule; any other must not be used. */
function only(fields: Readonly<Record<string, Rule>>): Rule {
  return (value, place) =>
    Object.entries(value as object).flatMap(([field, found]) =>
      (fields[field] ?? absent)(found, `${place}.${field}`),
    );
}

/** The same rule for each value of a map, or of a list. */
function each(rule: Rule): Rule {
  return (value, place) =>
    Object.entries((value ?? {}) as object).flatMap(([key, found]) =>
      rule(found, `${place}.${key}`),
    );
}

/** One that sends no calls of its own. */
const healthCheck: Rule = (value, place) => {
  const { probe } = value as { probe?: string };
  return probe === "request" ? [`${place} sends requests`] : oblivious(detectors)(value, place);
};

const patience: Rule = (value, place) =>
  value === undefined || wholeTicks(value as Duration) >= 1 ? [] : [`${place} is no time at all`];

/** The process itself, and those it is made of. */
const arrivals: Rule = (value, place) => {
  const { of = [] } = (value ?? {}) as { of?: object | object[] };
  const inner = [of].flat().flatMap((one, index) => arrivals(one, `${place}.of.${index}`));
  return [...oblivious(arrivalProcesses)(value, place), ...inner];
};

const workload = only({
  to: harmless,
  arrivals,
  attack: harmless,
  mix: each(
    only({
      share: harmless,
      operation: harmless,
      keys: harmless,
      worth: harmless,
      priority: harmless,
      "request-bytes": harmless,
      "answer-bytes": harmless,
    }),
  ),
  client: only({ timeout: patience }),
});

const fleet = only({
  type: harmless,
  instances: harmless,
  zones: harmless,
  weights: harmless,
  provisioning: harmless,
  "start-up": harmless,
  "drain-timeout": harmless,
  "replace-after": harmless,
});

const inOrder: Rule = (value, place) =>
  (value as { kind: string }).kind === fifo.kind ? [] : [`${place} is not first in, first out`];

const serving = {
  kind: harmless,
  preset: harmless,
  fleet,
  slots: harmless,
  queue: only({ discipline: inOrder }),
  balancer: oblivious(balancers),
  "health-check": healthCheck,
};

const service: Rule = (value, place) => {
  const { operations, "while-calling": whileCalling } = value as {
    operations?: Record<string, object[]>;
    "while-calling": string;
  };
  const calls = Object.values(operations ?? {}).some((steps) =>
    steps.some((step) => "call" in step),
  );
  const holds = calls && whileCalling === "hold" ? [`${place} holds slots while it calls`] : [];
  return [...holds, ...serviceFields(value, place)];
};

const serviceFields = only({
  ...serving,
  "while-calling": harmless,
  cpu: harmless,
  work: harmless,
  operations: each(each(only({ work: harmless, call: harmless }))),
});

const isInstant: Rule = (value, place) => {
  const { kind, value: time } = value as { kind: string; value?: unknown };
  return kind === "constant" && time === 0 ? [] : [`${place} takes time`];
};

/** By kind of part. */
const parts: Readonly<Record<string, Rule>> = {
  service,
  database: only({ ...serving, items: harmless, read: harmless, write: harmless }),
  "load-balancer": only({
    kind: harmless,
    to: harmless,
    balancer: oblivious(balancers),
    "health-check": healthCheck,
    tries: harmless,
    preset: harmless,
    "passive-check": oblivious(ejectors),
    "panic-below": harmless,
    forwarding: harmless,
  }),
  cache: (value, place) => [
    ...((value as Record<string, unknown>)["hit-ratio"] === undefined
      ? [`${place} keeps real keys`]
      : []),
    ...cacheFields(value, place),
  ],
};

/** With a hit ratio nothing is kept, so how it is kept does not matter. */
const cacheFields = only({
  kind: harmless,
  fleet,
  behind: harmless,
  capacity: harmless,
  eviction: harmless,
  sharding: says("remainder"),
  fill: says("cache"),
  "ttl-from": harmless,
  "ttl-jitter": harmless,
  "stale-while-revalidate": says(0),
  "stale-if-error": says(0),
  writes: harmless,
  "hit-ratio": harmless,
  lookup: isInstant,
});

const part: Rule = (value, place) => {
  const {
    kind,
    slots,
    fleet: machines,
  } = value as {
    kind: string;
    slots?: number;
    fleet?: { instances: number };
  };
  const rule = parts[kind];
  if (!rule) return [`${place}: a ${kind} is not computed`];
  const many = (slots ?? 0) * (machines?.instances ?? 0) > SLOTS_MAX;
  return [...(many ? [`${place} has more than ${SLOTS_MAX} slots`] : []), ...rule(value, place)];
};

const whole: Rule = (value, place) =>
  Number.isSafeInteger(value) ? [] : [`${place} is not a whole number of nanoseconds`];

const platform = only({
  seed: harmless,
  duration: whole,
  warmUp: whole,
  window: whole,
  workloads: each(workload),
  parts: each(part),
  limits: harmless,
  coresOf: harmless,
  pricePerHourOf: harmless,
  open: harmless,
  engine: (value) => (value === "auto" ? [] : ["run.engine says so"]),
});

/** Everything in a platform that only events can run exactly, each in a few words. */
export function obstaclesIn(spec: PlatformSpec): string[] {
  return platform(spec, "").map((text) => text.replace(/^\./, ""));
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
