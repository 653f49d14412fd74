/**
 * A fingerprint of everything that happened in a run: two runs that agree on it did the same.
 *
 * Each happening is mixed to two 32-bit numbers, which are summed. A sum does not depend on the
 * order of its terms but does count them, so streams recorded apart can be merged, and a request
 * answered twice shows. The mixing follows MurmurHash3 (Appleby, github.com/aappleby/smhasher).
 */
import type { Duration } from "./time.ts";

export class Fingerprint {
  /** The two sums, modulo 2^32 [int32] -- state. */
  private left = 0;
  private right = 0;

  /** Adds one happening: what it was, two int32 that say to whom, and two times [ns]. */
  add(kind: number, a: number, b: number, time1: Duration, time2: Duration): void {
    // A time has up to 53 bits: `| 0` keeps the lower 32, the product brings down the upper 21.
    const low1 = time1 | 0;
    const high1 = (time1 * UPPER_HALF) | 0;
    const low2 = time2 | 0;
    const high2 = (time2 * UPPER_HALF) | 0;

    let left = mixLeft(1, kind);
    left = mixLeft(left, a);
    left = mixLeft(left, b);
    left = mixLeft(left, low1);
    left = mixLeft(left, high1);
    left = mixLeft(left, low2);
    left = mixLeft(left, high2);
    this.left = (this.left + finish(left)) | 0;

    let right = mixRight(1, kind);
    right = mixRight(right, a);
    right = mixRight(right, b);
    right = mixRight(right, low1);
    right = mixRight(right, high1);
    right = mixRight(right, low2);
    right = mixRight(right, high2);
    this.right = (this.right + finish(right)) | 0;
  }

  /** Adds a happening told in words; for rare events, such as a decision of an autoscaler. */
  addText(text: string): void {
    let left = mixLeft(1, text.length);
    let right = mixRight(1, text.length);
    for (let i = 0; i < text.length; i++) {
      left = mixLeft(left, text.charCodeAt(i));
      right = mixRight(right, text.charCodeAt(i));
    }
    this.left = (this.left + finish(left)) | 0;
    this.right = (this.right + finish(right)) | 0;
  }

  /** Adds everything another fingerprint has seen. */
  merge(other: Fingerprint): void {
    this.left = (this.left + other.left) | 0;
    this.right = (this.right + other.right) | 0;
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    return hexadecimal(this.left) + hexadecimal(this.right);
  }
}

const UPPER_HALF = 2 ** -32;

/**
 * Mixes one more word in. The rotation carries the upper bits down, where the next multiplication
 * spreads them again; the lanes rotate differently, so that what one confuses the other tells apart.
 */
function mixLeft(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x1b873593);
  return (mixed << 15) | (mixed >>> 17);
}

function mixRight(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0xcc9e2d51);
  return (mixed << 13) | (mixed >>> 19);
}

function finish(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function hexadecimal(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, "0");
}
