/**
 * A worker that speaks the pool's protocol and simulates nothing. The scenario tells, by
 * replication, how long to take [ms] and how to end.
 */
import { parentPort } from "node:worker_threads";

parentPort.on("message", ({ scenario, replication }) => {
  const { takes = 0, end = "record" } = scenario.cells[replication];
  parentPort.postMessage({ share: 0.5 });
  setTimeout(() => {
    if (end === "throw") throw new RangeError("the queue is shorter than nothing");
    if (end === "exit") process.exit(7);
    if (end === "record") parentPort.postMessage({ found: { replication } });
  }, takes);
});
