import { expect, test } from "vitest";
import type { Cells } from "../../src/experiment/pool.ts";
import { ReplicationStopped, runCells } from "../../src/experiment/pool.ts";

const worker = new URL("./fake-worker.js", import.meta.url);

interface Cell {
  takes?: number;
  end?: "record" | "throw" | "exit" | "never";
}

/** Runs pretended replications on real threads. */
function pretend(cells: Cell[], options: Partial<Cells>) {
  const scenario = { cells } as unknown as Cells["scenario"];
  return runCells({ scenario, count: cells.length, jobs: 2, worker, ...options });
}

test.each([1, 2, 3, 8])(
  "records come in the order of their numbers with %i workers",
  async (jobs) => {
    const slowFirst = [{ takes: 60 }, { takes: 0 }, { takes: 30 }, { takes: 0 }, { takes: 0 }];
    const records = await pretend(slowFirst, { jobs });
    expect(records).toEqual([0, 1, 2, 3, 4].map((replication) => ({ replication })));
  },
);

test("progress is told by replication, and every replication ends with 1", async () => {
  const heard: [number, number][] = [];
  await pretend([{}, {}, {}], { onProgress: (...said) => heard.push(said) });
  for (const replication of [0, 1, 2])
    expect(heard.filter(([of]) => of === replication)).toEqual([
      [replication, 0.5],
      [replication, 1],
    ]);
});

test("a replication that breaks is named, with what broke it", async () => {
  const failed = pretend([{}, {}, { end: "throw" }, {}], { jobs: 2 });
  await expect(failed).rejects.toThrow("replication 2 stopped: the queue is shorter than nothing");
  await expect(failed).rejects.toBeInstanceOf(ReplicationStopped);
});

test("a worker that ends without a word is reported with the replication it had", async () => {
  const failed = pretend([{}, { end: "exit" }], { jobs: 1 });
  await expect(failed).rejects.toThrow("replication 1 stopped: its worker ended with code 7");
});

test("aborting ends workers that would never end", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const running = pretend([{ end: "never" }, { end: "never" }], {
    signal: controller.signal,
    onProgress: () => controller.abort(reason),
  });
  await expect(running).rejects.toBe(reason);
});

test("nothing is begun under a signal that is aborted already", async () => {
  const signal = AbortSignal.abort(new Error("too late"));
  await expect(pretend([{ end: "never" }], { signal })).rejects.toThrow("too late");
});
