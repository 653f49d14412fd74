/** The bare event list under the hold model: every event schedules its successor. */
import { Kernel } from "../../src/kernel/kernel.ts";
import { stream } from "../../src/kernel/random.ts";
import { SECOND } from "../../src/kernel/time.ts";
import type { Curve } from "./curve.ts";

export const pendingEvents: Curve = {
  title: "pending events, bare event list (hold model, exponential)",
  unit: "ns per event",
  sizes: [1e2, 1e3, 1e4, 1e5, 1e6],
  bound: { size: 1e6, against: 1e3, ratio: 3.5 },
  measure(size, quick) {
    const pending = Number(size);
    const kernel = new Kernel();
    const random = stream("1", "bench", "hold");
    const hold = kernel.on((entity) => {
      hold.after(random.exponential() * SECOND, entity);
    });
    for (let entity = 0; entity < pending; entity++) hold.after(random.exponential() * SECOND);
    // Everything has moved once, on average, before the clock starts.
    runEvents(kernel, pending);
    const events = Math.max(quick ? 1e5 : 2e6, pending);
    const before = process.cpuUsage();
    const executed = runEvents(kernel, events);
    const { user, system } = process.cpuUsage(before);
    return ((user + system) * 1000) / executed;
  },
};

/** Runs for as long as so many events take on average; how many it were. */
function runEvents(kernel: Kernel, events: number): number {
  const before = kernel.executed;
  kernel.run(Math.floor(kernel.now + (events / kernel.pending) * SECOND));
  return kernel.executed - before;
}
