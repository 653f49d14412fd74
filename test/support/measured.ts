/** A part measured as a controller would measure it, in a rehearsal. Times are seconds. */
import { LONGEST_RUN, SECOND } from "../../src/kernel/time.ts";
import type { Measure } from "../../src/model/autoscalers/measure.ts";
import { controlOf } from "../../src/model/control.ts";
import { metricOf, metricSchema } from "../../src/model/metrics/index.ts";
import type { Rehearsal } from "./rehearsal.ts";

export interface Scraping {
  readonly interval: number;
  readonly window?: number;
  readonly delay?: number;
  readonly loss?: number;
}

/** Reads one metric of a part from now on; call the result at an instant of the rehearsal. */
export function measured(
  play: Rehearsal,
  part: string,
  written: string | object,
  { interval, window = interval, delay = 0, loss = 0 }: Scraping,
): { value(): number | null; readonly measure: Measure } {
  const spec = metricSchema.parse(written);
  const open = () => {
    throw new Error("nothing is opened");
  };
  const run = { clock: null, coresOf: () => 1, duration: LONGEST_RUN, open };
  const measure = controlOf(part, part, play.part(part), play.world, run).measure(
    {
      "metric-interval": interval * SECOND,
      "metric-window": window * SECOND,
      "metric-delay": delay * SECOND,
      "metric-loss": loss,
    },
    [spec],
  );
  return { value: () => metricOf(spec).ofPart(measure.view()), measure };
}
