/** No passive check: failed calls change nothing. */
import { ejector } from "./ejector.ts";

export const none = ejector({
  kind: "none",
  usual: true,
  summary: "Draws no conclusions from calls that fail.",
  oblivious: true,
  options: {},
  create: () => null,
});
