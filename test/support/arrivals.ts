import { Random } from "../../src/kernel/random.ts";
import { MINUTE, type Duration } from "../../src/kernel/time.ts";
import type { Arrivals, ArrivalsContext } from "../../src/model/arrivals/arrivals.ts";
import { arrivalProcesses, arrivalsSchema } from "../../src/model/arrivals/index.ts";
import type { Bytes } from "../../src/model/replay/bytes.ts";
import { make } from "../../src/schema/definition.ts";

/** A table of a minute, for replays: a row each second, with a value from 0 to 6. */
const seconds: Bytes = tableOf(
  "timestamp,value",
  ...Array.from({ length: 60 }, (_, second) => `${second},${second % 7}`),
);

/** A file of these lines. */
export function tableOf(...lines: readonly string[]): Bytes {
  const whole = Buffer.from(lines.join("\n"));
  return { read: (into, at) => whole.copy(into, 0, at, at + into.length) };
}

/** What an arrival process is given, with streams named after one seed. */
export function arrivalsContext(seed: string, duration: Duration = 1 * MINUTE): ArrivalsContext {
  const stream = (purpose: string) => new Random(`${seed}/${purpose}`);
  return { random: new Random(seed), stream, duration, classes: [], open: () => seconds };
}

/** An arrival process as users write it. */
export function arrivalsOf(written: unknown, seed: string, duration?: Duration): Arrivals {
  return make(arrivalProcesses, arrivalsSchema.parse(written), arrivalsContext(seed, duration));
}

/** Every arrival up to an instant, asked for as a source does: each from the one before. */
export function instantsOf(arrivals: Arrivals, until: Duration): Duration[] {
  const instants: Duration[] = [];
  for (let now = arrivals.next(0); now <= until; now = arrivals.next(now)) instants.push(now);
  return instants;
}
