import { expect, test } from "vitest";
import { folderWith } from "../support/folder.ts";
import type { Replications } from "../../src/experiment/pool.ts";
import { ReplicationStopped, runReplications } from "../../src/experiment/pool.ts";

const worker = new URL("./fake-worker.js", import.meta.url);

interface Cell {
  takes?: number;
  end?: "record" | "throw" | "exit" | "exit once" | "count" | "never";
}

/** Runs pretended replications on real threads. */
function pretend(cells: Cell[], options: Partial<Replications>) {
  const scenario = { cells, place: folderWith({}) } as unknown as Replications["scenario"];
  return runReplications({ scenario, count: cells.length, jobs: 2, worker, ...options });
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

test("a worker that ends without a word is replaced and its work is done again", async () => {
  const cells: Cell[] = [{}, { end: "exit once" }, {}, { end: "exit once", takes: 5 }, {}];
  const records = await pretend(cells, { jobs: 2 });
  expect(records).toEqual([0, 1, 2, 3, 4].map((replication) => ({ replication })));
});

test("a replication that ends every worker is reported with its number, and takes nobody along", async () => {
  const failed = pretend([{}, { end: "exit" }, {}], { jobs: 1 });
  await expect(failed).rejects.toThrow("replication 1 stopped: its worker ended with code 7");
});

test("short replications travel together, long ones alone", async () => {
  const together = async (count: number, takes: number) => {
    const cells = Array.from({ length: count }, () => ({ takes, end: "count" }) as const);
    const records = (await pretend(cells, { jobs: 1 })) as unknown as { together: number }[];
    return Math.max(...records.map((record) => record.together));
  };
  expect(await together(40, 2)).toBeGreaterThan(5); // half of what waits, or a tenth of a second
  expect(await together(4, 110)).toBe(1);
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
