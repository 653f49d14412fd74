/** Callers who give up, try again, or ask twice; and doors that turn them away. */
import { exp, power } from "../../../src/kernel/mathematics.ts";
import {
  erlangB,
  extendedErlangB,
  mg1,
  mm1,
  retrialAttempts,
  tokenBucketLoss,
} from "../../../src/statistics/theory/index.ts";
import { exponential, source, type Law } from "../../theory/platforms.ts";
import { secondsFor, type Claim, type Family, type Simulated } from "../case.ts";
import {
  arrivalRate,
  attempts,
  callsPerRequest,
  failed,
  latency,
  lost,
  perSession,
  reading,
  success,
  throughput,
  utilisation,
  wasted,
} from "../readings.ts";

const MANY = 100_000;
const AWS = "M. Brooker, Amazon Builders' Library, Timeouts, retries and backoff with jitter";
const SRE = "B. Beyer et al., Site Reliability Engineering (2016), ch. 22";

interface Chain {
  readonly id: string;
  readonly depth: number;
  readonly tries: number;
  /** Chance that a call to the last level fails by itself. */
  readonly fails: number;
  readonly source: string;
}

/** f(l) = f(l + 1)^k: a level fails when all its attempts below did; (1 - f^k) / (1 - f) attempts. */
function chain({ id, depth, tries, fails, source: by }: Chain): Simulated {
  const retry = { attempts: tries, backoff: { kind: "immediate" } };
  const names = Array.from({ length: depth }, (_, level) => `level-${level + 1}`);
  const failure = [fails];
  while (failure.length < depth) failure.unshift(power(failure[0]!, tries));
  const made = failure.map((f) => (f === 1 ? tries : (1 - power(f, tries)) / (1 - f)));
  // A call to a machine that is down fails at once.
  const choose = [{ share: `${100 * fails} %`, steps: [{ call: "down" }] }];
  const leaf = fails === 1 ? [{ call: "down" }] : [{ choose }];
  const parts = names.map((name, level) => [
    name,
    {
      kind: "service",
      slots: MANY,
      operations: {
        default: level === depth - 1 ? leaf : [{ call: names[level + 1]!, retry }],
      },
    },
  ]);
  let product = 1;
  const calls = names.map((name, level): Claim => {
    product *= made[level]!;
    return [callsPerRequest(name), product];
  });
  const certain = fails === 1;
  return {
    id: `retries-${id}`,
    what: `${tries} attempts at each of ${depth} levels, the last fails ${100 * fails} % of its calls`,
    source: by,
    platform: {
      workloads: {
        requests: {
          to: names[0]!,
          arrivals: { kind: certain ? "deterministic" : "poisson", rate: "100/s" },
          client: { retry },
        },
      },
      parts: {
        ...(Object.fromEntries(parts) as object),
        down: { kind: "service", slots: 1, work: "1 ms", "health-check": "none" },
      },
      faults: [{ kind: "crash", of: "down", at: "0 s" }],
    },
    seconds: certain ? 10.005 : secondsFor(1e6, 100),
    ...(certain ? { replications: 1 } : {}),
    claims: [...calls, [success, 1 - power(failure[0]!, tries)]],
  };
}

/** Sessions of one request that is thought over after each failure. */
function returning(
  id: string,
  what: string,
  by: string,
  options: {
    rate: number;
    slots: number;
    room: number;
    returnSeconds: number;
    leaves: string;
    warmUpSeconds: number;
    requests: number;
    claims: readonly Claim[];
    long?: boolean;
  },
): Simulated {
  const { rate, slots, room, returnSeconds, leaves } = options;
  return {
    id,
    what,
    source: by,
    ...(options.long ? { long: true } : {}),
    platform: {
      workloads: {
        callers: {
          to: "desk",
          arrivals: { kind: "poisson", rate: `${rate}/s` },
          journey: {
            steps: { ask: { think: exponential(1 / returnSeconds) } },
            abandon: { "after-error": leaves },
          },
        },
      },
      parts: { desk: { kind: "service", slots, queue: { limit: room }, work: exponential(1) } },
    },
    warmUpSeconds: options.warmUpSeconds,
    seconds: secondsFor(options.requests, rate),
    claims: options.claims,
  };
}

const retrial = retrialAttempts({ arrivalRatePerSecond: 0.6, serviceRatePerSecond: 1, retryRatePerSecond: 0.5 }); // prettier-ignore
const recalled = extendedErlangB({ offeredErlang: 5.5, servers: 11, recallShare: 0.5 });

/** A response of M/M/1 is exponential with the spare rate; who gives up changes nothing at the server. */
function timedOut(): Simulated {
  const [lambda, mu, timeout] = [70, 100, 0.04];
  const { utilisation: rho } = mm1({ arrivalRatePerSecond: lambda, serviceRatePerSecond: mu });
  const late = exp(-(mu - lambda) * timeout);
  const tooLong = exp(-mu * timeout) * (1 + mu * timeout);
  const tooMuchAhead = (late / rho) * (1 - exp(-lambda * timeout) * (1 + lambda * timeout));
  return {
    id: "time-outs",
    what: "Callers of a queue who give up after 40 ms, of whom the server does not learn",
    source: "L. Kleinrock, Queueing Systems I (1975), ch. 3",
    platform: {
      workloads: {
        requests: {
          to: "web",
          arrivals: { kind: "poisson", rate: `${lambda}/s` },
          client: { timeout: "40 ms" },
        },
      },
      parts: { web: { kind: "service", slots: 1, work: exponential(mu) } },
    },
    warmUpSeconds: 20,
    seconds: secondsFor(4e6, lambda),
    claims: [
      [failed("timed-out"), late],
      [latency("mean"), 1 / (mu - lambda) - (timeout * late) / (1 - late)],
      [wasted("web"), tooLong + tooMuchAhead],
      [utilisation("web"), rho],
    ],
  };
}

/** λ(1 + p + … + p^(k-1)) = Λ with p = e^(-(μ-Λ)T), from below: the state in which the loop is well. */
function healthyLoop(): Simulated {
  const [lambda, mu, timeout] = [75, 100, 0.25];
  let [rate, p] = [lambda, 0];
  for (let round = 0; round < 200; round += 1) {
    p = exp(-(mu - rate) * timeout);
    rate = lambda * (1 + p + p * p);
  }
  return loop("retry-loop-healthy", "A loop of time-outs and retries that is well", lambda, [
    [arrivalRate("web"), rate, 0.001],
    [lost("web"), p, 0.01],
    [attempts, rate / lambda, 0.001],
    [success, 1 - p * p * p, 1e-4],
  ]);
}

/** With the queue once too long every attempt times out, and three for each request keep it so. */
function collapsed(): Simulated {
  const lambda = 75;
  const one = loop(
    "retry-loop-collapsed",
    "The same loop after a minute of four times the traffic: it never recovers",
    lambda,
    [],
  );
  const rate = {
    kind: "profile",
    interpolation: "step",
    points: [["0 s", "300/s"], ["60 s", `${lambda}/s`]], // prettier-ignore
  };
  const { requests } = one.platform.workloads as { requests: object };
  const late = [5, 6, 7, 8, 9];
  const mean = (values: readonly (number | null)[]) =>
    late.reduce((sum, window) => sum + values[window]!, 0) / late.length;
  return {
    ...one,
    platform: {
      ...one.platform,
      workloads: { requests: { ...requests, arrivals: { kind: "poisson", rate } } },
    },
    warmUpSeconds: 0,
    seconds: 1000,
    windowSeconds: 100,
    replications: 40,
    terminating: true,
    claims: [
      [
        reading("calls to web from 500 s on", ({ windows }) =>
          mean(windows.parts["web"]!.arrivals),
        ),
        3 * lambda,
      ],
      [
        reading("goodput from 500 s on", ({ windows }) =>
          mean(windows.classes["requests"]!.goodput),
        ),
        0,
      ],
    ],
  };
}

function loop(id: string, what: string, lambda: number, claims: readonly Claim[]): Simulated {
  // Anywhere up to two minutes: retries come so scattered that they are as good as Poisson.
  const backoff = { kind: "full-jitter", base: "120 s", cap: "120 s" };
  return {
    id,
    what,
    source: "a fixed point of the load that retries make; FCFS, 250 ms time-out, three attempts",
    platform: {
      workloads: {
        requests: {
          to: "web",
          arrivals: { kind: "poisson", rate: `${lambda}/s` },
          client: { timeout: "250 ms", retry: { attempts: 3, backoff } },
        },
      },
      parts: { web: { kind: "service", slots: 1, work: exponential(100) } },
    },
    warmUpSeconds: 1000,
    seconds: 4000,
    claims,
  };
}

function guarded(guards: object[], ratePerSecond: number, work: Law) {
  return {
    workloads: source("door", ratePerSecond),
    parts: { door: { kind: "service", slots: 1000, work, guards } },
  };
}

function bucket(burst: number, rate: number, tokens: number): Simulated {
  const rejected = tokenBucketLoss({ arrivalRatePerSecond: rate, tokensPerSecond: tokens, burst });
  return {
    id: `token-bucket-${burst}`,
    what: `${rate} requests a second before a bucket of ${burst} tokens, ${tokens} a second`,
    source: "the loss of M/D/1 with so much room: D. Gross, C. M. Harris, section 5.1",
    platform: guarded([{ kind: "token-bucket", rate: `${tokens} rps`, burst }], rate, "1 ms"),
    warmUpSeconds: 100,
    seconds: secondsFor(2e6, rate),
    claims: [
      [failed("rejected"), rejected],
      [throughput("door"), rate * (1 - rejected)],
    ],
  };
}

function bulkhead(): Simulated {
  const rejected = erlangB({ offeredErlang: 4, servers: 5 });
  return {
    id: "bulkhead",
    what: "A bulkhead of five before 4 erlang of constant work",
    source: "A. K. Erlang (1917)",
    platform: guarded([{ kind: "bulkhead", limit: 5 }], 400, "10 ms"),
    warmUpSeconds: 5,
    seconds: secondsFor(2e6, 400),
    claims: [[failed("rejected"), rejected]],
  };
}

function waitingRoom(): Simulated {
  const theory = mg1({ arrivalRatePerSecond: 70, serviceSeconds: 0.01, serviceScv: 0 });
  return {
    id: "waiting-room",
    what: "A waiting room that lets a hundred a second in: its line is an M/D/1 queue",
    source: "F. Pollaczek (1930), A. Khinchine (1932)",
    platform: guarded([{ kind: "waiting-room", rate: "100 rps" }], 70, "5 ms"),
    warmUpSeconds: 20,
    seconds: secondsFor(2e6, 70),
    claims: [[latency("mean"), theory.waitingSeconds + 0.005]],
  };
}

export const retries: readonly Family[] = [
  {
    name: "Retries",
    cases: [
      chain({ id: "single", depth: 1, tries: 3, fails: 0.2, source: "the geometric law" }),
      chain({ id: "two-levels", depth: 2, tries: 2, fails: 0.5, source: "the geometric law" }),
      chain({ id: "outage-243", depth: 5, tries: 3, fails: 1, source: AWS }),
      chain({ id: "outage-64", depth: 3, tries: 4, fails: 1, source: SRE }),
      returning("retrial-1", "Who finds the one server busy tries again after 2 s on average, for ever", "G. Falin, J. Templeton, Retrial Queues (1997), ch. 1", {
        rate: 0.6, slots: 1, room: 0, returnSeconds: 2, leaves: "0 %", warmUpSeconds: 500, requests: 2e6,
        claims: [[perSession, retrial], [utilisation("desk"), 0.6], [lost("desk"), 1 - 1 / retrial]],
      }), // prettier-ignore
      returning("retrial-5", "Who finds five servers and two places taken tries again after 2 s on average, for ever", "the chain of callers inside and in orbit, solved numerically", {
        rate: 4, slots: 5, room: 2, returnSeconds: 2, leaves: "0 %", warmUpSeconds: 500, requests: 4e6,
        claims: [[perSession, 1.34444144222789], [utilisation("desk"), 0.8]],
      }), // prettier-ignore
      returning("recalls", "Half of those who find eleven lines taken call again much later", "extended Erlang B, a fixed point", {
        rate: 5.5, slots: 11, room: 0, returnSeconds: 400, leaves: "50 %", warmUpSeconds: 4000, requests: 4e6, long: true,
        claims: [[lost("desk"), recalled, 0.01], [arrivalRate("desk"), 5.5 / (1 - recalled / 2), 0.001]],
      }), // prettier-ignore
      timedOut(),
      healthyLoop(),
      collapsed(),
      {
        id: "recalls-calculator",
        what: "200 lines, 186.877 erlang, 70 % of the lost call again: 3 % are lost",
        source: "a published traffic calculator's manual, to the digits it prints",
        worked: () => [
          [
            "lost",
            extendedErlangB({ offeredErlang: 186.877, servers: 200, recallShare: 0.7 }),
            0.03,
            5e-6,
          ],
        ],
      },
    ],
  },
  { name: "Guards", cases: [bucket(5, 1.2, 1), bucket(3, 7, 10), bucket(1, 100, 50), bulkhead(), waitingRoom()] }, // prettier-ignore
];
