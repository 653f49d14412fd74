/**
 * Ketama, a ring of hashes: every member stands at many points of a ring, and a value belongs to the
 * first point at or after its own hash. When a member leaves, only what was its own moves.
 *
 * Points are chained CRC-32 values as nginx makes them (src/http/modules/
 * ngx_http_upstream_hash_module.c), with a member's number in place of its address.
 */
import { crc32 } from "./balancers/hashing.ts";

/** Whoever has a share of the ring. */
export interface Member {
  readonly id: number;
  readonly weight: number;
}

/** nginx's points for each unit of weight; with so many, shares differ by some 8 %. */
export const KETAMA_POINTS = 160;

export class KetamaRing {
  /** Position of the member each point belongs to, in the order of the points. */
  readonly owners: Uint32Array;
  /** Hashes, rising. */
  private readonly points: Uint32Array;

  constructor(members: readonly Member[], pointsPerWeight: number) {
    const placed: number[] = [];
    members.forEach(({ id, weight }, position) => {
      let point = 0;
      for (let turn = pointsPerWeight * weight; turn > 0; turn--) {
        point = crc32(point, crc32(id));
        placed.push(point * POSITIONS + position);
      }
    });
    const rising = Float64Array.from(placed).sort();
    const point = (index: number) => Math.floor(rising[index]! / POSITIONS);
    // Of points that coincide the first stays.
    const kept = rising.filter((_, index) => index === 0 || point(index) !== point(index - 1));
    this.points = Uint32Array.from(kept, (each) => Math.floor(each / POSITIONS));
    this.owners = Uint32Array.from(kept, (each) => each % POSITIONS);
  }

  /** Position of the member that has a key. */
  ownerOf(key: number): number {
    return this.owners[this.firstOf(key)]!;
  }

  /** Index of the first point at or after a key's hash, by bisection; past the last comes the first again. */
  firstOf(key: number): number {
    const hash = crc32(key);
    let low = 0;
    let high = this.points.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.points[middle]! >= hash) high = middle;
      else low = middle + 1;
    }
    return low === this.points.length ? 0 : low;
  }
}

/** A point and a position in one number: 32 bits and 20, which a double holds exactly. */
const POSITIONS = 2 ** 20;
