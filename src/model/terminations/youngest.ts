/** The instance that was launched last goes first: the cold ones leave, the warm ones stay. */
import { termination } from "./termination.ts";

export const youngest = termination({
  kind: "youngest",
  summary: "The instance launched last leaves first.",
  source: "Amazon EC2 Auto Scaling user guide, termination policies: NewestInstance",
  usual: true,
  options: {},
  create: () => ({ choose: (candidates) => candidates.at(-1)! }),
});
