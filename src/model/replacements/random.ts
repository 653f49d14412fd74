/** Random replacement: any item may have to make room, each as likely as any other. */
import { replacement } from "./replacement.ts";

export const random = replacement({
  kind: "random",
  summary: "Evicts an item drawn at random, each as likely as any other.",
  notes: "As Redis does under allkeys-random. Under independent requests it hits as often as fifo.",
  options: {},
  create: (_options, { capacity, random: draws }) => ({
    enter: () => {},
    use: () => {},
    leave: () => {},
    victim: () => 1 + draws.below(capacity),
    clear: () => {},
  }),
});
