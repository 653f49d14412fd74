/**
 * A worker that speaks the pool's protocol and simulates nothing. The scenario tells, by
 * replication, how long to take [ms] and how to end.
 */
import { existsSync, writeFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";

parentPort.on("message", async (tasks) => {
  for (const { scenario, replication } of tasks) {
    const { takes = 0, end = "record" } = scenario.cells[replication];
    parentPort.postMessage({ share: 0.5 });
    await new Promise((resume) => setTimeout(resume, takes));
    if (end === "throw") throw new RangeError("the queue is shorter than nothing");
    if (end === "exit") process.exit(7);
    if (end === "exit once" && gone(scenario.place, replication)) process.exit(7);
    if (end === "never") return;
    const together = tasks.length;
    const found = end === "count" ? { together } : { replication };
    parentPort.postMessage({ answer: { found }, took: Math.max(1, takes) });
  }
});

/** Whether it is the first worker that has this replication: the others find its mark. */
function gone(place, replication) {
  const mark = `${place}/${replication}`;
  if (existsSync(mark)) return false;
  writeFileSync(mark, "");
  return true;
}
