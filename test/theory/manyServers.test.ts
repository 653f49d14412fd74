/** Many servers behind one queue, or behind none: the simulator against Erlang. */
import { test } from "vitest";
import { erlangB, mmc, mmck } from "../../src/statistics/theory/index.ts";
import { agree } from "./agreement.ts";
import { exponential, source, station, type Law } from "./platforms.ts";
import { failed, latency, queueLength, throughput, utilisation, waiting } from "./readings.ts";

const serviceRatePerSecond = 100;
const work = exponential(serviceRatePerSecond);

// L. Kleinrock, Queueing Systems I (1975), section 3.5, after A. K. Erlang (1917).
test("an M/M/2 queue at 70 % waits and answers as Erlang C says", () => {
  const rates = { arrivalRatePerSecond: 140, serviceRatePerSecond, servers: 2 };
  const theory = mmc(rates);
  return agree({ ...station({ ...rates, work }), warmUpSeconds: 5, seconds: 480 }, [
    [utilisation("station"), theory.utilisation],
    [throughput("station"), rates.arrivalRatePerSecond],
    [latency("mean"), theory.responseSeconds],
    [latency("p50"), theory.responseSecondsAt(0.5)],
    [latency("p90"), theory.responseSecondsAt(0.9)],
    [latency("p99"), theory.responseSecondsAt(0.99), 0.05],
    [waiting("station", "mean"), theory.waitingSeconds, 0.03],
    [waiting("station", "p90"), theory.waitingSecondsAt(0.9), 0.03],
    [queueLength("station"), theory.queueLength, 0.03],
  ]);
});

test("an M/M/10 queue at 80 % waits and answers as Erlang C says", () => {
  const rates = { arrivalRatePerSecond: 800, serviceRatePerSecond, servers: 10 };
  const theory = mmc(rates);
  return agree({ ...station({ ...rates, work }), warmUpSeconds: 3, seconds: 80 }, [
    [utilisation("station"), theory.utilisation],
    [latency("mean"), theory.responseSeconds],
    [latency("p50"), theory.responseSecondsAt(0.5)],
    [latency("p90"), theory.responseSecondsAt(0.9)],
    [latency("p99"), theory.responseSecondsAt(0.99), 0.03],
    [waiting("station", "mean"), theory.waitingSeconds, 0.06],
    [queueLength("station"), theory.queueLength, 0.06],
  ]);
});

test("an M/M/50 queue at 95 % waits and answers as Erlang C says", () => {
  const rates = { arrivalRatePerSecond: 4750, serviceRatePerSecond, servers: 50 };
  const theory = mmc(rates);
  return agree({ ...station({ ...rates, work }), warmUpSeconds: 2, seconds: 11 }, [
    [utilisation("station"), theory.utilisation],
    [latency("mean"), theory.responseSeconds, 0.05],
    [latency("p50"), theory.responseSecondsAt(0.5), 0.08],
    [latency("p90"), theory.responseSecondsAt(0.9), 0.05],
    [waiting("station", "p50"), theory.waitingSecondsAt(0.5), 0.4],
  ]);
});

// Cores are servers too: calls beyond them wait inside their slots.
test("cpu work on an instance with four cores is an M/M/4 queue", () => {
  const rates = { arrivalRatePerSecond: 280, serviceRatePerSecond, servers: 4 };
  const theory = mmc(rates);
  const platform = {
    workloads: source("station", rates.arrivalRatePerSecond),
    parts: {
      station: {
        kind: "service",
        fleet: { type: "four-cores" },
        slots: 10_000,
        operations: { default: [{ cpu: work }] },
      },
    },
    cost: { prices: { "four-cores": { price: "1 USD/hour", cores: 4 } } },
  };
  return agree({ ...platform, warmUpSeconds: 3, seconds: 75 }, [
    [utilisation("station"), theory.utilisation],
    [latency("mean"), theory.responseSeconds],
    [latency("p90"), theory.responseSecondsAt(0.9)],
  ]);
});

// Gross and Harris, Fundamentals of Queueing Theory, section 2.5.
test.each([
  { servers: 1, capacity: 5, arrivalRatePerSecond: 100, seconds: 260 },
  { servers: 2, capacity: 3, arrivalRatePerSecond: 150, seconds: 80 },
  { servers: 5, capacity: 12, arrivalRatePerSecond: 600, seconds: 60 },
])(
  "an M/M/$servers/$capacity queue drops and delays as theory says",
  ({ servers, capacity, arrivalRatePerSecond, seconds }) => {
    const theory = mmck({ arrivalRatePerSecond, serviceRatePerSecond, servers, capacity });
    const queueLimit = capacity - servers;
    const platform = station({ arrivalRatePerSecond, work, servers, queueLimit });
    return agree({ ...platform, warmUpSeconds: 2, seconds }, [
      [failed("dropped"), theory.dropProbability],
      [utilisation("station"), theory.utilisation],
      [throughput("station"), theory.throughputPerSecond],
      [latency("mean"), theory.responseSeconds],
      [waiting("station", "mean"), theory.waitingSeconds],
      [queueLength("station"), theory.queueLength],
    ]);
  },
);

// A. K. Erlang (1917); only the mean of the work matters (B. A. Sevastyanov, 1957).
test.each<{ law: string; work: Law; servers: number; offeredErlang: number; seconds: number }>([
  { law: "exponential", work, servers: 10, offeredErlang: 8, seconds: 50 },
  { law: "constant", work: "10 ms", servers: 8, offeredErlang: 6.4, seconds: 30 },
  {
    law: "hyperexponential",
    work: { kind: "hyperexponential", mean: "10 ms", cv: 1.5 },
    servers: 8,
    offeredErlang: 6.4,
    seconds: 50,
  },
  {
    law: "lognormal",
    work: { kind: "lognormal", mean: "10 ms", cv: 1.5 },
    servers: 12,
    offeredErlang: 12,
    seconds: 25,
  },
])(
  "$servers servers without a queue lose as many of $offeredErlang erlang of $law work as Erlang B says",
  ({ work, servers, offeredErlang, seconds }) => {
    const arrivalRatePerSecond = offeredErlang * serviceRatePerSecond;
    const lost = erlangB({ offeredErlang, servers });
    const platform = station({ arrivalRatePerSecond, work, servers, queueLimit: 0 });
    return agree({ ...platform, warmUpSeconds: 1, seconds }, [
      [failed("dropped"), lost],
      [utilisation("station"), (offeredErlang * (1 - lost)) / servers],
      [throughput("station"), arrivalRatePerSecond * (1 - lost)],
      [latency("mean"), 1 / serviceRatePerSecond],
    ]);
  },
);
