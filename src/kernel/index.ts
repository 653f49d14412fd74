export { assert, BrokenInvariant } from "./assert.ts";
export { Fingerprint } from "./fingerprint.ts";
export { EventKind, Kernel, NO_EVENT } from "./kernel.ts";
export type { Handler } from "./kernel.ts";
export { cos, exp, log, power, sin } from "./mathematics.ts";
export { Random, stream } from "./random.ts";
export * from "./time.ts";
