/** A bucket of tokens before Poisson calls: a call takes a whole token or is turned away. */
import { exp } from "../../kernel/mathematics.ts";

/**
 * Share of calls turned away. The tokens that are missing are the work in an M/D/1 queue that holds
 * `burst` calls, whose service is the time a token takes: what finds it full is lost. By the chain
 * of numbers left behind (D. Gross, C. M. Harris, Fundamentals of Queueing Theory, section 5.1.7).
 */
export function tokenBucketLoss(bucket: {
  arrivalRatePerSecond: number;
  tokensPerSecond: number;
  /** Tokens at most. */
  burst: number;
}): number {
  const load = bucket.arrivalRatePerSecond / bucket.tokensPerSecond;
  const none = exp(-load);
  // Balance of state j in terms of those below it: p(j+1) a(0) = p(j) - p(0) a(j) - Σ p(i) a(j-i+1).
  const arrivals = [none];
  for (let n = 1; n <= bucket.burst; n += 1) arrivals.push((arrivals[n - 1]! * load) / n);
  const left = [1];
  for (let j = 0; j + 1 < bucket.burst; j += 1) {
    let flow = left[j]! - left[0]! * arrivals[j]!;
    for (let i = 1; i <= j; i += 1) flow -= left[i]! * arrivals[j - i + 1]!;
    left.push(flow / none);
  }
  const empty = 1 / left.reduce((sum, share) => sum + share, 0);
  return 1 - 1 / (empty + load);
}
