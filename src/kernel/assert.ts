/** What must hold if the program is right; never for mistakes in a scenario. */

/** The program, not the scenario, is wrong. */
export class BrokenInvariant extends Error {
  override readonly name = "BrokenInvariant";
}

/** Throws BrokenInvariant unless the condition holds; a function builds the message only then. */
export function assert(condition: unknown, message: string | (() => string)): asserts condition {
  if (!condition) fail(message);
}

function fail(message: string | (() => string)): never {
  throw new BrokenInvariant(typeof message === "string" ? message : message());
}
