/** The instance whose next billed hour is nearest goes first: what is paid for is used. */
import { HOUR, type Duration } from "../../kernel/time.ts";
import type { Instance } from "../instance.ts";
import { largest, termination } from "./termination.ts";

export const closestToHour = termination({
  kind: "closest-to-hour",
  summary: "The instance that is nearest to the end of an hour of its life leaves first.",
  source: "Amazon EC2 Auto Scaling user guide, termination policies: ClosestToNextInstanceHour",
  notes: "It saves money only where instances are billed by the hour; by the second it saves none.",
  options: {},
  create: () => ({ choose: (candidates, now) => nearestToHour(candidates, now)[0]! }),
});

/** Those that are furthest into an hour of their lives. */
export function nearestToHour(candidates: readonly Instance[], now: Duration): readonly Instance[] {
  return largest(candidates, ({ launchedAt }) => (now - launchedAt) % HOUR);
}
