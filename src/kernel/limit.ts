/** A run met a limit its scenario sets on size or work; the message says which and how to raise it. */
export class LimitReached extends Error {
  override readonly name = "LimitReached";
}
