/**
 * A fingerprint of what happened in a run: two runs that agree on it did the same. A run puts in
 * the end of every request, every reading of every part, and every entry of the journal.
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
    this.addWords(
      kind,
      a,
      b,
      lowerHalf(time1),
      upperHalf(time1),
      lowerHalf(time2),
      upperHalf(time2),
    );
  }

  /**
   * The same with the times already split into words [int32]: whole numbers need no memory when they
   * are passed on, times do. Words are multiplied in pairs, other pairs in each sum (the NH of UMAC;
   * Black et al., CRYPTO 1999): a change of one word shows in every product it is in. The upper bits
   * of each are brought down first, because a product carries nothing downwards.
   */
  addWords(
    kind: number,
    a: number,
    b: number,
    low1: number,
    high1: number,
    low2: number,
    high2: number,
  ): void {
    const x = low1 ^ (low1 >>> 15);
    const y = low2 ^ (low2 >>> 15);
    const who = Math.imul(kind ^ (kind >>> 15), 0x1b873593) ^ Math.imul(a ^ (a >>> 15), 0x27d4eb2f);
    const u = high1 ^ who;
    const v = high2 ^ Math.imul(b ^ (b >>> 15), 0x165667b1);
    const left =
      Math.imul(x + 0x1e3779b1, y + 0x05ebca77) + Math.imul(u + 0x22b2ae3d, v + 0x2545f491);
    const right =
      Math.imul(x + 0x3feb352d, v + 0x046ca68b) + Math.imul(u + 0x28e31da5, y + 0x35297a4d);
    this.left = (this.left + stir(left | 0)) | 0;
    this.right = (this.right + stir(right | 0)) | 0;
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

/** A time has up to 53 bits: the lower 32 of them [int32]. */
export function lowerHalf(time: Duration): number {
  return time | 0;
}

/** The upper 21 of them [int32]. */
export function upperHalf(time: Duration): number {
  return (time * UPPER_HALF) | 0;
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

/** Makes a sum of sums tell apart what was summed. */
function stir(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

function finish(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function hexadecimal(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, "0");
}
