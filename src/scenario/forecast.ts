/** Looking at demand before anything runs: arrival processes made with luck that is thrown away. */
import { Random } from "../kernel/random.ts";
import type { Duration } from "../kernel/time.ts";
import type { ArrivalsContext } from "../model/arrivals/arrivals.ts";
import type { FilesBeside } from "./files.ts";

export function forecastContext(duration: Duration, files: FilesBeside): ArrivalsContext {
  return {
    random: new Random("forecast"),
    stream: (purpose) => new Random(purpose),
    duration,
    classes: [],
    open: (file) => files.open(file),
  };
}
