/** The instance that was launched first goes first: a fleet renews itself as it breathes. */
import { termination } from "./termination.ts";

export const oldest = termination({
  kind: "oldest",
  summary: "The instance launched first leaves first.",
  source: "Amazon EC2 Auto Scaling user guide, termination policies: OldestInstance",
  options: {},
  create: () => ({ choose: (candidates) => candidates[0]! }),
});
