/** Callers who give up and callers who try again. */
import { expect, test } from "vitest";
import { exp, power } from "../../src/kernel/mathematics.ts";
import { mm1 } from "../../src/statistics/theory/index.ts";
import { agree, replicate } from "./agreement.ts";
import { exponential } from "./platforms.ts";
import { arrivalRate, attempts, failed, latency, partOf, utilisation, wasted } from "./readings.ts";

const MANY = 100_000;
const immediately = { kind: "immediate" };

// The response time of M/M/1 is exponential with the spare rate (Kleinrock, Queueing Systems I, 1975,
// chapter 3), and a caller who gives up changes nothing at the server.
test("callers of an M/M/1 queue time out as often, and waste as much work, as theory says", () => {
  const [lambda, mu, timeout] = [700, 1000, 0.004];
  const { utilisation: rho } = mm1({ arrivalRatePerSecond: lambda, serviceRatePerSecond: mu });
  const late = exp(-(mu - lambda) * timeout);
  // E[work; wait + work > timeout] over E[work], from P(wait > t) = ρ e^-(μ-λ)t.
  const tooLong = exp(-mu * timeout) * (1 + mu * timeout);
  const tooMuchAhead = (late / rho) * (1 - exp(-lambda * timeout) * (1 + lambda * timeout));
  const platform = {
    workloads: clients("web", lambda, { timeout: "4 ms" }),
    parts: { web: { kind: "service", slots: 1, work: exponential(mu) } },
  };
  return agree({ ...platform, warmUpSeconds: 1, seconds: 45 }, [
    [failed("timed-out"), late],
    [utilisation("web"), rho],
    [latency("mean"), 1 / (mu - lambda) - (timeout * late) / (1 - late)],
    [wasted("web"), tooLong + tooMuchAhead],
  ]);
});

// Attempts that fail independently with probability f: (1 - f^k) / (1 - f) of them, f^k in vain.
// Full jitter waits half its limit on average: AWS Architecture Blog, "Exponential Backoff And Jitter".
test("four attempts with full jitter succeed, and take as long, as the geometric law says", () => {
  const [mu, timeout] = [100, 0.01];
  const f = exp(-mu * timeout);
  const inTime = 1 / mu - (timeout * f) / (1 - f);
  const meanBackoffs = [0.005, 0.01, 0.01];
  const backoffBefore = (failures: number) =>
    meanBackoffs.slice(0, failures).reduce((sum, mean) => sum + mean, 0);
  const responseSeconds = [0, 1, 2, 3].reduce((sum, failures) => {
    const chance = (power(f, failures) * (1 - f)) / (1 - power(f, 4));
    return sum + chance * (failures * timeout + backoffBefore(failures) + inTime);
  }, 0);
  const backoff = { kind: "full-jitter", base: "10 ms", cap: "20 ms" };
  const platform = {
    workloads: clients("web", 1000, { timeout: "10 ms", retry: { attempts: 4, backoff } }),
    parts: { web: { kind: "service", slots: MANY, work: exponential(mu) } },
  };
  return agree({ ...platform, warmUpSeconds: 1, seconds: 30 }, [
    [attempts, (1 - power(f, 4)) / (1 - f)],
    [failed("timed-out"), power(f, 4), 0.03],
    [latency("mean"), responseSeconds],
    [arrivalRate("web"), (1000 * (1 - power(f, 4))) / (1 - f)],
  ]);
});

// The same law at each layer: a caller fails when all its attempts do.
test("retries at two layers multiply the calls to the store by both factors", () => {
  const [mu, timeout, k] = [100, 0.006, 2];
  const atStore = exp(-mu * timeout);
  const atWeb = power(atStore, k);
  const factor = (f: number) => (1 - power(f, k)) / (1 - f);
  const retry = { attempts: k, backoff: immediately };
  const platform = {
    workloads: clients("web", 1000, { retry }),
    parts: {
      web: {
        kind: "service",
        slots: MANY,
        operations: { default: [{ call: "store.read", timeout: "6 ms", retry }] },
      },
      store: { kind: "database", slots: MANY, read: exponential(mu) },
    },
  };
  return agree({ ...platform, warmUpSeconds: 1, seconds: 14 }, [
    [failed("error"), power(atWeb, k)],
    [attempts, factor(atWeb), 0.005],
    [arrivalRate("web"), 1000 * factor(atWeb), 0.01],
    [arrivalRate("store"), 1000 * factor(atWeb) * factor(atStore), 0.01],
  ]);
});

// Three attempts at each of five layers make 243 (Amazon Builders' Library, "Timeouts, retries and
// backoff with jitter"); four at each of three make 64 (Beyer et al., Site Reliability Engineering,
// 2016, chapter 22).
test.each([
  { tries: 3, layers: 5, calls: 243 },
  { tries: 4, layers: 3, calls: 64 },
])(
  "$tries attempts at each of $layers layers turn a request into $calls calls to a dead store",
  async ({ tries, layers, calls }) => {
    const retry = { attempts: tries, backoff: immediately };
    const names = Array.from({ length: layers }, (_, layer) => `layer-${layer + 1}`);
    const parts = names.map((name, layer) => [
      name,
      layer === layers - 1
        ? { kind: "service", slots: 1, work: "1 ms" }
        : {
            kind: "service",
            slots: MANY,
            operations: { default: [{ call: names[layer + 1]!, retry }] },
          },
    ]);
    const platform = {
      workloads: {
        requests: {
          to: names[0],
          arrivals: { kind: "deterministic", rate: "1/s" },
          client: { retry },
        },
      },
      parts: Object.fromEntries(parts) as object,
      faults: [{ kind: "crash", of: names.at(-1), at: "0 s" }],
    };
    const [result] = await replicate({ ...platform, seconds: 10.5, replications: 1 }, "1");
    expect(result!.total).toMatchObject({ generated: 10, succeeded: 0, attempts: 10 * tries });
    const arrived = names.map((name) => partOf(result!, name).calls.arrived);
    expect(arrived).toEqual(names.map((_, layer) => 10 * tries ** (layer + 1)));
    expect(arrived.at(-1)).toBe(10 * calls);
  },
);

/** Requests by chance from clients with a policy. */
function clients(to: string, ratePerSecond: number, client: object): object {
  return { requests: { to, arrivals: { kind: "poisson", rate: `${ratePerSecond}/s` }, client } };
}
