/**
 * A log-linear histogram of durations: every octave from 1 ns to 2^53 ns is cut into 128 equal
 * buckets, so a quantile is right to 0.4 % whatever its size.
 *
 * The bucket is read off the float64 itself: the exponent names the octave and the seven highest
 * bits of the mantissa the place in it, so recording needs one store, one load and a shift, no
 * logarithm, and gives the same bucket on every machine.
 */
import { assert } from "../kernel/assert.ts";
import { ExactSum } from "../kernel/exactSum.ts";

/** Bits of the mantissa that choose the place within an octave. */
const PLACE_BITS = 7;
const PLACES = 1 << PLACE_BITS;
/** The high word of a float64 holds 20 bits of mantissa; this many are dropped. */
const DROPPED_BITS = 20 - PLACE_BITS;
/** What the shifted high word of 1.0 is: the exponent bias, in places. */
const WORD_OF_ONE = 1023 << PLACE_BITS;
/** Octaves counted apart; longer durations fall into the last bucket. */
const OCTAVES = 54;

const scratch = new Float64Array(1);
const words = new Int32Array(scratch.buffer);
scratch[0] = 1;
const HIGH_WORD = words[1] === 0 ? 0 : 1;

/**
 * A histogram as plain data, for structured cloning between threads. Index 0 holds the values below
 * 1 ns; only buckets with a count are listed. Min and max are null when nothing was recorded.
 */
export interface SparseHistogram {
  readonly indices: Int32Array;
  readonly counts: Float64Array;
  readonly count: number;
  readonly sum: number;
  readonly min: number | null;
  readonly max: number | null;
}

/** A column of durations [ns, at least 0], and the same memory as words. */
export class Durations {
  values = new Float64Array(64);
  words = new Int32Array(this.values.buffer);

  /** Makes room for so many; what was in it is lost. */
  reserve(count: number): void {
    if (count <= this.values.length) return;
    this.values = new Float64Array(count * 2);
    this.words = new Int32Array(this.values.buffer);
  }
}

/** Counts of durations [ns], with exact count, sum, smallest and largest. */
export class Histogram {
  /** Values below 1 ns, which have no octave. Most are waits of exactly 0. */
  private belowOne = 0;
  /**
   * Counts of the octaves met so far: `counts[i]` belongs to bucket `first + i`, where bucket 0
   * starts at 1 ns. Empty at first, because there may be thousands of histograms: it grows by whole
   * octaves and keeps its room through `reset`. Float64 counts are exact to 2^53.
   */
  private counts = new Float64Array(0);
  private first = 0;
  /** What to take from a value's high bits to get its place in `counts`: follows `first`. */
  private offset = WORD_OF_ONE;
  private readonly total = new ExactSum();
  // Fractions make V8 choose a double field at once; `reset` gives them their meaning.
  private least = 0.5;
  private most = 0.5;

  constructor() {
    this.reset();
  }

  /** Forgets every value, keeps the room. */
  reset(): void {
    this.belowOne = 0;
    if (!this.isEmpty) this.counts.fill(0, this.lowest(), this.highest() + 1);
    this.total.reset();
    this.least = Infinity;
    this.most = -Infinity;
  }

  /** Counts one duration [ns, at least 0]. Short, so that it is compiled into its callers. */
  record(value: number): void {
    this.total.add(value);
    if (value < this.least) this.least = value;
    if (value > this.most) this.most = value;
    scratch[0] = value;
    const place = (words[HIGH_WORD]! >> DROPPED_BITS) - this.offset;
    // One unsigned comparison catches both ends, and NaN.
    if (place >>> 0 < this.counts.length) this.counts[place]!++;
    else this.recordRare(value);
  }

  /**
   * Counts the first so many of a column of durations. Each is found in memory with its bits, and the
   * sum and the extremes stay in registers: half the time of as many single ones. Answers their sum,
   * formed in one double [ns].
   */
  recordAll({ values, words: bits }: Durations, count: number): number {
    let { least, most, counts, offset } = this;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const value = values[k]!;
      const place = (bits[2 * k + HIGH_WORD]! >> DROPPED_BITS) - offset;
      sum += value;
      if (value < least) least = value;
      if (value > most) most = value;
      if (place >>> 0 < counts.length) counts[place]!++;
      else {
        this.recordRare(value);
        ({ counts, offset } = this);
      }
    }
    this.least = least;
    this.most = most;
    this.total.addAll(values, count, sum);
    return sum;
  }

  /** Counts so many durations of 0. */
  recordZeros(count: number): void {
    if (count === 0) return;
    this.belowOne += count;
    this.least = 0;
    if (this.most < 0) this.most = 0;
  }

  /** Whether nothing has been recorded. */
  get isEmpty(): boolean {
    return this.least === Infinity;
  }

  /** A duration that no count stands ready for. */
  private recordRare(value: number): void {
    assert(value >= 0, "durations are numbers from 0");
    if (value < 1) this.belowOne++;
    else {
      // Found first: making room replaces the array.
      const place = this.makeRoom(bucketOf(value));
      this.counts[place]!++;
    }
  }

  /** Values counted. */
  get count(): number {
    let sum = this.belowOne;
    const highest = this.highest();
    for (let place = this.lowest(); place <= highest; place++) sum += this.counts[place]!;
    return sum;
  }

  /** Sum of the values [ns]. */
  get sum(): number {
    return this.total.value;
  }

  /** Smallest value [ns]; null when empty. */
  get min(): number | null {
    return this.least === Infinity ? null : this.least;
  }

  /** Largest value [ns]; null when empty. */
  get max(): number | null {
    return this.least === Infinity ? null : this.most;
  }

  /** Mean of the values [ns]; null when empty. */
  get mean(): number | null {
    const { count } = this;
    return count === 0 ? null : this.total.value / count;
  }

  /**
   * The value at nearest rank ⌈p · count⌉ [ns], for p from 0 to 1; null when empty. It is the middle
   * of that value's bucket, never outside the smallest and largest value, which are exact.
   */
  quantile(p: number): number | null {
    assert(p >= 0 && p <= 1, "a quantile needs a share from 0 to 1");
    const { count } = this;
    if (count === 0) return null;
    const rank = nearestRank(p, count);
    if (rank === 1) return this.least;
    if (rank === count) return this.most;
    let seen = this.belowOne;
    if (seen >= rank) return this.clamp(0);
    for (let place = this.lowest(); place < this.counts.length; place++) {
      seen += this.counts[place]!;
      if (seen >= rank) return this.clamp(middleOf(this.first + place));
    }
    return this.most;
  }

  /** Adds everything another histogram has counted. */
  merge(other: Histogram): void {
    if (other.isEmpty) return;
    this.belowOne += other.belowOne;
    const lowest = other.lowest();
    const highest = other.highest();
    if (lowest <= highest) {
      this.makeRoom(other.first + highest);
      const shift = this.makeRoom(other.first + lowest) - lowest;
      for (let place = lowest; place <= highest; place++)
        this.counts[place + shift]! += other.counts[place]!;
    }
    this.total.addSum(other.total);
    this.least = Math.min(this.least, other.least);
    this.most = Math.max(this.most, other.most);
  }

  /** What was counted, as plain data. */
  toSparse(): SparseHistogram {
    if (this.isEmpty) return NOTHING;
    const { belowOne, counts: all, first } = this;
    const highest = this.highest();
    sparseIndices[0] = 0;
    sparseCounts[0] = belowOne;
    let next = +(belowOne > 0);
    let count = belowOne;
    // Each is written, and kept if it counts something: a processor cannot foresee which does.
    for (let place = this.lowest(); place <= highest; place++) {
      const here = all[place]!;
      sparseIndices[next] = first + place + 1;
      sparseCounts[next] = here;
      next = (next + +(here > 0)) | 0;
      count += here;
    }
    const indices = sparseIndices.slice(0, next);
    const counts = sparseCounts.slice(0, next);
    return { indices, counts, count, sum: this.total.value, min: this.min, max: this.max };
  }

  /** The histogram that plain data describes. */
  static fromSparse(sparse: SparseHistogram): Histogram {
    const histogram = new Histogram();
    histogram.add(sparse);
    return histogram;
  }

  /** Adds what plain data describes. */
  add(sparse: SparseHistogram): void {
    sparse.indices.forEach((index, i) => {
      const count = sparse.counts[i]!;
      if (index === 0) {
        this.belowOne += count;
        return;
      }
      // Found first: making room replaces the array.
      const place = this.placeOf(index - 1);
      this.counts[place]! += count;
    });
    this.total.addLarge(sparse.sum);
    this.least = Math.min(this.least, sparse.min ?? Infinity);
    this.most = Math.max(this.most, sparse.max ?? -Infinity);
  }

  /** Where the smallest and the largest value stand in `counts`: nothing outside is counted. */
  private lowest(): number {
    return this.least >= 1 && this.least < Infinity ? this.placeOf(bucketOf(this.least)) : 0;
  }

  private highest(): number {
    return this.most >= 1 ? this.placeOf(bucketOf(this.most)) : -1;
  }

  private placeOf(bucket: number): number {
    const place = bucket - this.first;
    return place >>> 0 < this.counts.length ? place : this.makeRoom(bucket);
  }

  /** Grows the counts to hold a bucket's octave; gives the bucket's place in them. */
  private makeRoom(wanted: number): number {
    const bucket = Math.min(wanted, OCTAVES * PLACES - 1);
    const octave = bucket - (bucket % PLACES);
    const old = this.counts;
    const oldFirst = old.length === 0 ? octave : this.first;
    const first = Math.min(octave, oldFirst);
    const end = Math.max(octave + PLACES, oldFirst + old.length);
    if (end - first > old.length) {
      this.counts = new Float64Array(end - first);
      this.counts.set(old, oldFirst - first);
      this.first = first;
      this.offset = WORD_OF_ONE + first;
    }
    return bucket - first;
  }

  private clamp(value: number): number {
    return Math.min(Math.max(value, this.least), this.most);
  }
}

/** What an empty one has counted: of a thousand classes most count nothing in most windows. */
const NOTHING: SparseHistogram = Object.freeze({
  indices: new Int32Array(0),
  counts: new Float64Array(0),
  count: 0,
  sum: 0,
  min: null,
  max: null,
});

/** Room to gather what a histogram has counted: every bucket, and one to write in vain. */
const sparseIndices = new Int32Array(OCTAVES * PLACES + 2);
const sparseCounts = new Float64Array(OCTAVES * PLACES + 2);

/** What a bucket of plain data stands for [ns]: its middle. */
export function valueOf(index: number): number {
  return index === 0 ? 0 : middleOf(index - 1);
}

/** ⌈p · count⌉, at least 1. The small step back undoes rounding: 0.07 · 100 is 7.000000000000001. */
function nearestRank(p: number, count: number): number {
  return Math.max(1, Math.ceil(p * count * (1 - 1e-14)));
}

/** The bucket of a duration of 1 ns or more. */
function bucketOf(value: number): number {
  scratch[0] = value;
  return Math.min((words[HIGH_WORD]! >> DROPPED_BITS) - WORD_OF_ONE, OCTAVES * PLACES - 1);
}

/** The middle of a bucket [ns]: its first bits, then half of what was dropped. */
function middleOf(bucket: number): number {
  words[HIGH_WORD] = ((bucket + WORD_OF_ONE) << DROPPED_BITS) | (1 << (DROPPED_BITS - 1));
  words[1 - HIGH_WORD] = 0;
  return scratch[0]!;
}
