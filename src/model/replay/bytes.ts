/** A file as a replay sees it: bytes at a position. Nothing stays open between two reads. */
export interface Bytes {
  /** Fills a buffer from a position on; how many bytes that were, 0 at the end [bytes]. */
  read(into: Uint8Array, position: number): number;
}

/** Finds a file that a scenario names; what it throws is an UnusableRate that says why. */
export type OpenFile = (file: string) => Bytes;
