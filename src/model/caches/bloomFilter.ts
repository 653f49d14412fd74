/**
 * A Bloom filter by its arithmetic: it never turns away an item that is there, and lets through a
 * few keys that are not, always the same ones.
 */
import { exp, power } from "../../kernel/mathematics.ts";
import { mix } from "../balancers/hashing.ts";

export interface BloomOptions {
  /** Size of the filter [bits an item], above 0. */
  readonly bitsPerItem: number;
  readonly hashes: number;
}

/** Probability that a key of no item passes: (1 - e^(-k n / m))^k. */
export function falsePositiveRate({ bitsPerItem, hashes }: BloomOptions): number {
  return power(1 - exp(-hashes / bitsPerItem), hashes);
}

export class BloomFilter {
  /** Keys of no item whose hash lies below this pass [0 to 2^32] -- constant. */
  private readonly passing: number;
  private readonly salt: number;

  /** @param salt a whole number that decides which keys pass by mistake. */
  constructor(options: BloomOptions, salt: number) {
    this.passing = falsePositiveRate(options) * 2 ** 32;
    this.salt = salt;
  }

  /** Whether the filter takes a key of no item for one that is there. */
  passes(key: number): boolean {
    return mix(key, mix(Math.floor(key / 2 ** 32), this.salt)) < this.passing;
  }
}
