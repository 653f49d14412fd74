/** One server: the simulator against Pollaczek, Khinchine and Kendall. */
import { expect, test } from "vitest";
import { constantGaps, gim1, mg1, mm1, type Averages } from "../../src/statistics/theory/index.ts";
import { agree, replicate, type Claim } from "./agreement.ts";
import { exponential, station, type Law } from "./platforms.ts";
import { latency, queueLength, throughput, utilisation, waiting } from "./readings.ts";

const serviceRatePerSecond = 1000;
const work = exponential(serviceRatePerSecond);

// L. Kleinrock, Queueing Systems I (1975), chapter 3.
test("an M/M/1 queue at 50 % waits and answers as theory says, up to the 99th percentile", () => {
  const rates = { arrivalRatePerSecond: 500, serviceRatePerSecond };
  const theory = mm1(rates);
  return agree({ ...station({ ...rates, work }), warmUpSeconds: 0.2, seconds: 60 }, [
    ...averagesOf(theory, rates.arrivalRatePerSecond),
    [latency("p50"), theory.responseSecondsAt(0.5)],
    [latency("p90"), theory.responseSecondsAt(0.9)],
    [latency("p99"), theory.responseSecondsAt(0.99), 0.03],
    [waiting("station", "p90"), theory.waitingSecondsAt(0.9), 0.03],
    [waiting("station", "p99"), theory.waitingSecondsAt(0.99), 0.03],
  ]);
});

test("an M/M/1 queue at 80 % waits and answers as theory says, up to the 99th percentile", () => {
  const rates = { arrivalRatePerSecond: 800, serviceRatePerSecond };
  const theory = mm1(rates);
  return agree({ ...station({ ...rates, work }), warmUpSeconds: 1, seconds: 140 }, [
    ...averagesOf(theory, rates.arrivalRatePerSecond),
    [latency("p50"), theory.responseSecondsAt(0.5)],
    [latency("p90"), theory.responseSecondsAt(0.9), 0.03],
    [latency("p99"), theory.responseSecondsAt(0.99), 0.05],
    [waiting("station", "p50"), theory.waitingSecondsAt(0.5), 0.03],
    [waiting("station", "p90"), theory.waitingSecondsAt(0.9), 0.03],
  ]);
});

test("an M/M/1 queue at 90 % waits and answers as theory says", () => {
  const rates = { arrivalRatePerSecond: 900, serviceRatePerSecond };
  const theory = mm1(rates);
  return agree({ ...station({ ...rates, work }), warmUpSeconds: 4, seconds: 64 }, [
    ...averagesOf(theory, rates.arrivalRatePerSecond, 0.05),
    [latency("p50"), theory.responseSecondsAt(0.5), 0.05],
    [latency("p90"), theory.responseSecondsAt(0.9), 0.1],
  ]);
});

// The formula of Pollaczek (1930) and Khinchine (1932) for M/G/1.
test.each<{
  law: string;
  work: Law;
  serviceScv: number;
  arrivalRatePerSecond: number;
  seconds: number;
}>([
  { law: "constant", work: "1 ms", serviceScv: 0, arrivalRatePerSecond: 800, seconds: 45 },
  {
    law: "Erlang-4",
    work: { kind: "erlang", mean: "1 ms", phases: 4 },
    serviceScv: 1 / 4,
    arrivalRatePerSecond: 700,
    seconds: 32,
  },
  {
    law: "gamma",
    work: { kind: "gamma", mean: "1 ms", cv: 0.8 },
    serviceScv: 0.64,
    arrivalRatePerSecond: 700,
    seconds: 43,
  },
  {
    law: "uniform",
    work: { kind: "uniform", from: "500 us", to: "1500 us" },
    serviceScv: 1 / 12,
    arrivalRatePerSecond: 700,
    seconds: 35,
  },
  {
    law: "lognormal",
    work: { kind: "lognormal", mean: "1 ms", cv: 1 },
    serviceScv: 1,
    arrivalRatePerSecond: 600,
    seconds: 60,
  },
  {
    law: "hyperexponential",
    work: { kind: "hyperexponential", mean: "1 ms", cv: 1.5 },
    serviceScv: 2.25,
    arrivalRatePerSecond: 500,
    seconds: 75,
  },
])(
  "an M/G/1 queue with $law work waits as long as Pollaczek and Khinchine say",
  ({ work, serviceScv, arrivalRatePerSecond, seconds }) => {
    const theory = mg1({ arrivalRatePerSecond, serviceSeconds: 0.001, serviceScv });
    const platform = station({ arrivalRatePerSecond, work });
    return agree(
      { ...platform, warmUpSeconds: 1, seconds },
      averagesOf(theory, arrivalRatePerSecond),
    );
  },
);

// L. Kleinrock, Queueing Systems I (1975), chapter 6: GI/M/1 with equal gaps.
test("a D/M/1 queue answers as theory says, up to the 99th percentile", () => {
  const arrivalRatePerSecond = 800;
  const theory = gim1(constantGaps(arrivalRatePerSecond), serviceRatePerSecond);
  const platform = station({ arrivalRatePerSecond, work, arrivals: "deterministic" });
  return agree({ ...platform, warmUpSeconds: 1, seconds: 60 }, [
    ...averagesOf(theory, arrivalRatePerSecond),
    [latency("p50"), theory.responseSecondsAt(0.5)],
    [latency("p90"), theory.responseSecondsAt(0.9)],
    [latency("p99"), theory.responseSecondsAt(0.99), 0.05],
    [waiting("station", "p90"), theory.waitingSecondsAt(0.9), 0.03],
  ]);
});

// An order that ignores sizes keeps the mean (Kleinrock, Queueing Systems II, 1976, section 3.4).
test("last in first out makes requests wait as long as first in first out on average", () => {
  const arrivalRatePerSecond = 700;
  const theory = mg1({ arrivalRatePerSecond, serviceSeconds: 0.001, serviceScv: 1 / 4 });
  const platform = station({
    arrivalRatePerSecond,
    work: { kind: "erlang", mean: "1 ms", phases: 4 },
    discipline: "lifo",
  });
  return agree(
    { ...platform, warmUpSeconds: 1, seconds: 40 },
    averagesOf(theory, arrivalRatePerSecond),
  );
});

// r-simmer/simmer, tests/testthat: who leaves at the instant another arrives makes room for it.
test.each([
  { work: "1 s", served: 20 },
  { work: "1.5 s", served: 10 },
])(
  "of arrivals every second to one server without a queue and $work of work, $served of 20 are served",
  async ({ work, served }) => {
    const platform = station({
      arrivalRatePerSecond: 1,
      work,
      queueLimit: 0,
      arrivals: "deterministic",
    });
    const [result] = await replicate({ ...platform, seconds: 20.75, replications: 1 }, "1");
    const { succeeded, inFlight, failed: causes } = result!.total;
    expect(succeeded + inFlight).toBe(served);
    expect(causes["dropped"] ?? 0).toBe(20 - served);
  },
);

/** What every queue in steady state is held to; waits alone vary more than whole responses. */
function averagesOf(theory: Averages, throughputPerSecond: number, width = 0.02): Claim[] {
  return [
    [utilisation("station"), theory.utilisation],
    [throughput("station"), throughputPerSecond],
    [latency("mean"), theory.responseSeconds, width],
    [waiting("station", "mean"), theory.waitingSeconds, 1.5 * width],
    [queueLength("station"), theory.queueLength, 1.5 * width],
  ];
}
