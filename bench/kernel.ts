/**
 * What the kernel's own operations cost [ns], each measured in a process of its own, because code
 * that shares a process shares what the compiler has learnt about it.
 *
 *     npx tsc -p bench/tsconfig.json && node dist/bench-build/bench/kernel.js [name]
 *
 * The figure is the least CPU time of several rounds. `hold n`: with n events pending, one runs and
 * schedules itself again, exponentially later. `timers n`: besides, it cancels a timer and sets
 * another, a hundred times as long. Both include the draw.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Bench } from "tinybench";

import { Fingerprint } from "../src/kernel/fingerprint.ts";
import { Kernel } from "../src/kernel/kernel.ts";
import { exp, log, power, sin } from "../src/kernel/mathematics.ts";
import { stream } from "../src/kernel/random.ts";
import { SECOND } from "../src/kernel/time.ts";

/** Does so many operations. */
type Work = (operations: number) => void;

const random = stream("1", "bench", "kernel");
/** Where results go, so that computing them is not left out. */
const sink = new Float64Array(1);

function hold(pending: number): Work {
  const kernel = new Kernel();
  const due = kernel.on((entity) => {
    due.after(random.exponential() * SECOND, entity);
  });
  for (let entity = 0; entity < pending; entity++) due.after(random.exponential() * SECOND, entity);
  return runner(kernel);
}

function timers(pending: number): Work {
  const kernel = new Kernel();
  const timer = new Float64Array(pending);
  const expired = kernel.on(() => {});
  const due = kernel.on((entity) => {
    kernel.cancel(timer[entity]!);
    timer[entity] = expired.after(100 * SECOND, entity);
    due.after(random.exponential() * SECOND, entity);
  });
  for (let entity = 0; entity < pending; entity++) due.after(random.exponential() * SECOND, entity);
  return runner(kernel);
}

/** Other kinds of event run as well, so that no handler is compiled into the loop. */
function runner(kernel: Kernel): Work {
  for (const a of [0, 1]) kernel.on(() => {}).after(a);
  return (operations) => {
    kernel.executedMax = kernel.executed + operations;
    kernel.run(kernel.now + 1e15);
  };
}

function repeat(operation: (i: number) => number): Work {
  return (operations) => {
    let sum = 0;
    for (let i = 0; i < operations; i++) sum += operation(i);
    sink[0] = sum;
  };
}

function fingerprints(): Work {
  const fingerprint = new Fingerprint();
  return repeat((i) => {
    fingerprint.add(3, i, 7, i * 1e6, i * 1e6 + 5e5);
    return 0;
  });
}

const measures: Record<string, () => Work> = {
  "hold 10": () => hold(10),
  "hold 1000": () => hold(1000),
  "hold 100000": () => hold(100_000),
  "hold 1000000": () => hold(1_000_000),
  "timers 10": () => timers(10),
  "timers 1000": () => timers(1000),
  "timers 100000": () => timers(100_000),
  "uniform draw": () => repeat(() => random.next()),
  "exponential draw": () => repeat(() => random.exponential()),
  "normal draw": () => repeat(() => random.normal()),
  log: () => repeat((i) => log(i + 0.5)),
  exp: () => repeat((i) => exp((i & 1023) * 0.01)),
  sin: () => repeat((i) => sin(i * 0.001)),
  power: () => repeat((i) => power(i + 0.5, 0.7)),
  fingerprint: fingerprints,
};

async function measure(name: string): Promise<number> {
  const work = measures[name]!();
  const operations = 1_000_000;
  work(2 * operations);
  const bench = new Bench({ iterations: 8, time: 0, warmup: false, throws: true });
  bench.add(name, () => {
    const before = process.cpuUsage();
    work(operations);
    const { user, system } = process.cpuUsage(before);
    return { overriddenDuration: (user + system) / 1000 };
  });
  const [task] = await bench.run();
  const result = task!.result;
  if (!("latency" in result)) throw new Error(`${name} was not measured`);
  return (result.latency.min * 1e6) / operations;
}

const [wanted] = process.argv.slice(2);
if (wanted !== undefined) {
  console.log(`${wanted.padEnd(18)} ${(await measure(wanted)).toFixed(1).padStart(6)} ns`);
} else {
  const self = fileURLToPath(import.meta.url);
  for (const name of Object.keys(measures)) {
    process.stdout.write(execFileSync(process.execPath, [self, name]));
  }
}
