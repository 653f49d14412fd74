/** No health check: an instance is a backend until the fleet itself takes it away. */
import { detector } from "./detector.ts";

export const none = detector({
  kind: "none",
  summary:
    "Never checks: a crashed instance goes on getting calls until it is repaired or replaced.",
  oblivious: true,
  options: {},
  create: () => ({ watch: () => {}, forget: () => {} }),
});
