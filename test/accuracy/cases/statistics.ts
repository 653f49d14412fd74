/** The statistics themselves: intervals, histograms, laws that hold on every path. */
import { Random } from "../../../src/kernel/random.ts";
import { Histogram } from "../../../src/statistics/histogram.ts";
import { batchMeans, contains, studentInterval } from "../../../src/statistics/intervals.ts";
import { covered } from "../../theory/coverage.ts";
import { exponential, station } from "../../theory/platforms.ts";
import { partOf } from "../../theory/readings.ts";
import type { Check, Family, Simulated, Worked } from "../case.ts";
import { reading } from "../readings.ts";

const LAW = "A. M. Law, W. D. Kelton, Operations Research 32 (1984)";
/** Batch means are tried out so many times. */
const EXPERIMENTS = 4000;
/** Standard errors of a share that chance leaves outside once in a thousand times. */
const RARE = 3.29;

/** Waits of M/M/1 at 80 % after an empty start, by D. V. Lindley's recursion (1952). */
function waitsFromEmpty(count: number, random: Random): number[] {
  const waits: number[] = [];
  let wait = 0;
  for (let n = 0; n < count; n += 1) {
    waits.push(wait);
    const [service, gap] = [0.8 * random.exponential(), random.exponential()];
    wait = Math.max(0, wait + service - gap);
  }
  return waits;
}

/** Intervals from batches of one short run contain the truth less often than they say: exactly so often. */
function coverage(observations: number, batches: number, share: number): Worked {
  return {
    id: `batch-means-${observations}-${batches}`,
    long: true,
    what: `Share of nominal 90 % intervals from ${batches} batches of ${observations} waits that contain the mean`,
    source: `${LAW}; the share by 320,000 experiments of others`,
    worked(): readonly Check[] {
      const random = new Random(`accuracy/batches/${observations}/${batches}`);
      let covered = 0;
      for (let experiment = 0; experiment < EXPERIMENTS; experiment += 1) {
        const means = batchMeans(waitsFromEmpty(observations, random), batches);
        if (contains(studentInterval(means, 0.9), 3.2)) covered += 1;
      }
      const chance = RARE * Math.sqrt((share * (1 - share)) / EXPERIMENTS);
      return [["coverage", covered / EXPERIMENTS, share, chance]];
    },
  };
}

/** Intervals over replications, as every Result tells them, in a thousand repetitions of forty runs. */
const intervals: Worked = {
  id: "interval-coverage",
  long: true,
  what: "Share of nominal 95 % intervals over 40 replications that contain mean and p99 of M/M/1 at 80 %",
  source: "Response times are exponential; Student's interval, and R. S. Woodruff, JASA 47 (1952)",
  worked(): readonly Check[] {
    const repetitions = 1000;
    const { mean, p99 } = covered(repetitions);
    return [
      ["of the mean", mean / repetitions, 0.95, 0.02],
      ["of p99", p99 / repetitions, 0.95, 0.02],
    ];
  },
};

/** Sums of waits are correlated: N times the variance of a mean of N of them, as N grows. */
const asymptoticVariance: Simulated = {
  id: "asymptotic-variance",
  what: "How far means of very many waits scatter: N times their variance at 80 %",
  source: "D. J. Daley, J. Austral. Math. Soc. 8 (1968): ρ(2 + 5ρ - 4ρ² + ρ³) / (1 - ρ)⁴",
  platform: station({ arrivalRatePerSecond: 0.8, work: exponential(1) }),
  warmUpSeconds: 2000,
  seconds: 40_000,
  replications: 600,
  terminating: true,
  claims: [
    [
      reading("N (mean wait - 4 s)²", (result) => {
        const { mean, count } = partOf(result, "station").waitingTime!;
        return count * (mean! - 4) * (mean! - 4);
      }),
      1976,
      0.02,
    ],
  ],
};

/** A run that begins and ends empty: what was waited is the integral of the number waiting. */
const little: Simulated = {
  id: "little",
  what: "In a run that begins and ends empty, times spent and numbers there are one and the same sum",
  source: "J. D. C. Little (1961), as an identity",
  platform: {
    workloads: {
      requests: {
        to: "web",
        arrivals: {
          kind: "poisson",
          rate: {
            kind: "profile",
            interpolation: "step",
            points: [["0 s", "900/s"], ["8 s", "0/s"]], // prettier-ignore
          },
        },
        client: {
          timeout: "40 ms",
          retry: { attempts: 3, backoff: { kind: "full-jitter", base: "20 ms" } },
        },
      },
    },
    parts: {
      web: {
        kind: "service",
        fleet: { instances: 4 },
        slots: 2,
        queue: { discipline: "lifo" },
        work: { kind: "lognormal", mean: "8 ms", cv: 1.5 },
      },
    },
  },
  seconds: 40,
  replications: 1,
  claims: [
    [
      reading("integral of the number waiting over the time waited", (result) => {
        const { queueLength, waitingTime } = partOf(result, "web");
        return (queueLength!.mean * 40) / (waitingTime!.count * waitingTime!.mean!);
      }),
      1,
    ],
    [
      reading("integral of the number served over the time served", (result) => {
        const { utilisation, serviceTime } = partOf(result, "web");
        return (utilisation! * 8 * 40) / (serviceTime!.count * serviceTime!.mean!);
      }),
      1,
    ],
    [
      reading("calls still there", ({ conservation: { inFlight, calls } }) => {
        return inFlight + calls.inFlight;
      }),
      0,
    ],
  ],
};

/** Buckets of equal width in every octave: a value is known to half a bucket, 1/256 of it at most. */
const histogram: Worked = {
  id: "histogram-resolution",
  what: "A quantile is right to 1/256 whatever its size",
  source: "128 buckets to an octave",
  worked(): readonly Check[] {
    const off = [1, 2500, 8191, 8192, 10_007, 123_456_789, 86_400e9].map((value) => {
      const kept = new Histogram();
      // The middle one of three is told by its bucket, the ends exactly.
      for (const each of [value / 3, value, value * 3]) kept.record(each);
      return Math.abs(kept.quantile(0.5)! / value - 1);
    });
    return [["within half a bucket", off.every((share) => share <= 1 / 256), true]];
  },
};

export const statistics: readonly Family[] = [
  {
    name: "Statistics",
    cases: [
      coverage(320, 5, 0.6589781),
      coverage(320, 20, 0.4708234),
      coverage(1280, 10, 0.7500219),
      coverage(2560, 5, 0.8255687),
      coverage(2560, 20, 0.7696672),
      intervals,
      asymptoticVariance,
      little,
      histogram,
    ],
  },
];
