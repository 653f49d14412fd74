/** Machines that die, are mended, are slow, start up, and are paid for. */
import { test } from "vitest";
import { exp } from "../../src/kernel/mathematics.ts";
import { availability, machineRepair, mm1 } from "../../src/statistics/theory/index.ts";
import { agree } from "./agreement.ts";
import { exponential, source, station } from "./platforms.ts";
import { failed, latency, ready, spent, throughput, utilisation, wasted } from "./readings.ts";

const MANY = 100_000;

// K. S. Trivedi, Probability and Statistics with Reliability (2002), chapter 8: independent repairs.
test("five instances with repair are up as often as theory says", () => {
  const shop = { machines: 5, crews: 5, failureRatePerSecond: 1 / 20, repairRatePerSecond: 1 / 4 };
  const platform = {
    workloads: source("web", 1),
    parts: { web: { kind: "service", fleet: mended(5), slots: 1, work: "0 s" } },
    faults: [{ kind: "crash", of: "web", "time-between": law("20 s"), repair: law("4 s") }],
  };
  return agree({ ...platform, warmUpSeconds: 50, seconds: 400 }, [
    [ready("web"), 5 - machineRepair(shop).down],
  ]);
});

// Up and down in turns: only the means matter, and an instance that is mended must still start.
test("the time a mended instance takes to start counts as time it is down", () => {
  const fleet = { instances: 4, "start-up": { kind: "uniform", from: "1 s", to: "3 s" } };
  const platform = {
    workloads: source("web", 1),
    parts: { web: { kind: "service", fleet, slots: 1, work: "0 s" } },
    faults: [
      {
        kind: "crash",
        of: "web",
        "time-between": { kind: "gamma", mean: "20 s", cv: 0.5 },
        repair: "3 s",
      },
    ],
  };
  return agree({ ...platform, warmUpSeconds: 100, seconds: 250 }, [
    [ready("web"), (4 * 20) / (20 + 3 + 2)],
  ]);
});

// One of n is enough where a refused call is tried on every other: Trivedi (2002), chapter 8.
test("requests that may try both instances are refused as often as both are down", () => {
  const { unavailability } = availability({
    machines: 2,
    needed: 1,
    crews: 2,
    failureRatePerSecond: 1 / 3,
    repairRatePerSecond: 1,
  });
  const platform = {
    workloads: source("edge", 5),
    parts: {
      edge: { kind: "load-balancer", to: "web", tries: 2, "health-check": "none" },
      web: { kind: "service", fleet: mended(2), slots: 1, work: "0 s" },
    },
    faults: [{ kind: "crash", of: "web", "time-between": law("3 s"), repair: law("1 s") }],
  };
  return agree({ ...platform, warmUpSeconds: 10, seconds: 3000 }, [
    [failed("refused"), unavailability, 0.05],
  ]);
});

// Poisson arrivals see time averages (R. W. Wolff, Operations Research 30, 1982), and of two
// exponential times the crash comes before the answer in proportion to the rates.
test("a crash refuses new calls and loses those in service, as many as theory says", () => {
  const [crashRate, repairRate, serviceRate] = [0.1, 0.4, 1];
  const up = repairRate / (crashRate + repairRate);
  const lost = crashRate / (crashRate + serviceRate);
  const platform = {
    workloads: source("web", 20),
    parts: {
      web: {
        kind: "service",
        fleet: mended(1),
        slots: MANY,
        work: exponential(serviceRate),
        "health-check": "none",
      },
    },
    faults: [{ kind: "crash", of: "web", "time-between": law("10 s"), repair: law("2.5 s") }],
  };
  return agree({ ...platform, warmUpSeconds: 50, seconds: 3000 }, [
    [ready("web"), up],
    [failed("refused"), 1 - up, 0.05],
    [failed("lost"), up * lost, 0.05],
    [throughput("web"), 20 * up * (1 - lost)],
  ]);
});

test("an instance that takes twice as long for its work is an M/M/1 queue of half the rate", () => {
  const theory = mm1({ arrivalRatePerSecond: 300, serviceRatePerSecond: 500 });
  const platform = station({ arrivalRatePerSecond: 300, work: exponential(1000) });
  const slow = { kind: "slow", of: "station", at: "0 s", for: "1 h", factor: 2 };
  return agree({ ...platform, faults: [slow], warmUpSeconds: 1, seconds: 90 }, [
    [utilisation("station"), theory.utilisation],
    [latency("mean"), theory.responseSeconds],
  ]);
});

test("an instance asked for is ready after its provisioning and its mean start-up", () => {
  const fleet = { provisioning: "5 s", "start-up": law("5 s") };
  const platform = {
    workloads: source("web", 1),
    parts: { web: { kind: "service", fleet, slots: 1, work: "0 s" } },
    autoscalers: { web: { kind: "schedule", at: [["10 s", 11]] } },
  };
  // Ten instances, 85 s before the end provisioned and 5 s later started on average.
  return agree({ ...platform, seconds: 100 }, [[ready("web"), 1 + (10 * 80) / 100]]);
});

// Busy and idle shares of M/M/1 and the work for callers who have gone, in money.
test("money is spent idle, usefully and in vain as an M/M/1 queue with time-outs says", () => {
  const [lambda, mu, timeout] = [500, 1000, 0.002];
  const rho = lambda / mu;
  const late = exp(-(mu - lambda) * timeout);
  const inVain =
    exp(-mu * timeout) * (1 + mu * timeout) +
    (late / rho) * (1 - exp(-lambda * timeout) * (1 + lambda * timeout));
  const arrivals = { kind: "poisson", rate: `${lambda}/s` };
  const platform = {
    workloads: { requests: { to: "web", arrivals, client: { timeout: "2 ms" } } },
    parts: {
      web: { kind: "service", fleet: { type: "machine" }, slots: 1, work: exponential(mu) },
    },
    cost: { prices: { machine: { price: "100 USD/hour" } } },
  };
  return agree({ ...platform, seconds: 60 }, [
    [wasted("web"), inVain],
    [spent("idle"), 1 - rho],
    [spent("useful"), rho * (1 - inVain)],
    [spent("wasted"), rho * inVain],
  ]);
});

/** Instances that work again as soon as they are mended. */
function mended(instances: number): object {
  return { instances, "start-up": "0 s" };
}

function law(mean: string): object {
  return { kind: "exponential", mean };
}
