/**
 * Asks V8 to compile more functions into their callers than it would by itself.
 *
 * A double that goes in or out of a function is wrapped in an object of 16 bytes, unless the
 * function is compiled into its caller. An event goes through some fifty short functions, and V8
 * gives up after 920 bytes of bytecode: what is left over makes garbage, 20 to 80 bytes an event,
 * another amount on each run. With these limits it is next to none, and a run with events takes a
 * tenth less time (bench/growth/memory.ts). What is computed does not change.
 */
import { setFlagsFromString } from "node:v8";

const LIMITS = {
  /** A function up to this size is always compiled into its callers [bytes of bytecode]. */
  "max-inlined-bytecode-size-small": 100,
  /** And others up to this size, as long as all of them together are not larger than that. */
  "max-inlined-bytecode-size": 1000,
  "max-inlined-bytecode-size-cumulative": 2000,
};

/** To be called before anything is simulated. */
export function inlineMore(): void {
  for (const [limit, size] of Object.entries(LIMITS)) setFlagsFromString(`--${limit}=${size}`);
}
