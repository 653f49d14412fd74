/** A game day by the sums: which failures at the peak a small shop survives. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { folderWith } from "../../support/folder.ts";
import { inside } from "../inside.ts";
import { loadstar, type Ended } from "../loadstar.ts";

/**
 * Shoppers come evenly spaced, 10/s and for twenty seconds 44/s; readers 22/s all the time.
 *
 *     web    3 slots of 50 ms in 3 zones: 60/s, and 40/s without one: too few for the peak
 *     spare  2 slots of 25 ms in 2 zones: 80/s, and 40/s without one: enough
 *
 * The night's own fault, all of web at 100 s, breaks the shoppers' promise: 200 of 1,880 fail.
 */
const shop = `
title: A shop that is one web node short
run: { duration: 120 s, window: 10 s }
workloads:
  shoppers:
    to: edge
    arrivals:
      kind: deterministic
      rate:
        kind: profile
        points: [[0 s, 10 rps], [60 s, 10 rps], [60001 ms, 44 rps], [80 s, 44 rps], [80001 ms, 10 rps]]
    client: { timeout: 1 s }
  readers:
    to: side
    arrivals: { kind: deterministic, rate: 22 rps }
    client: { timeout: 1 s }
parts:
  edge: { kind: load-balancer, to: web, tries: 3, timeout: 400 ms, health-check: { interval: 1 s, fall: 1 } }
  side: { kind: load-balancer, to: spare, tries: 2, timeout: 400 ms, health-check: { interval: 1 s, fall: 1 } }
  web:
    kind: service
    slots: 1
    queue: { limit: 4 }
    fleet: { instances: 3, zones: [a, b, c], start-up: 0 s }
    work: 50 ms
  spare:
    kind: service
    slots: 1
    fleet: { instances: 2, zones: [a, b], start-up: 0 s }
    work: 25 ms
faults:
  - { kind: crash, of: web, at: 100 s, instances: all }
objectives:
  - { availability: 99 %, of: shoppers }
  - { availability: 99 %, of: readers }
`;

let place: string;
let ended: Ended;

beforeAll(async () => {
  place = folderWith({ "shop.yaml": shop });
  ended = await loadstar(["run", join(place, "shop.yaml"), "--drill", "--out", join(place, "out")]);
}, 60_000);

test("the matrix says which single failures at the peak are survived", () => {
  const matrix = /^promises kept .*\n\n/ms.exec(ended.stdout)![0];
  const row = (name: string) => new RegExp(`^${name} .*$`, "m").exec(matrix)?.[0].split(/  +/);
  // Each is struck at 65 s, the middle of the first window of the peak, for a tenth of the run.
  expect(ended.stdout.replace(/\s+/g, " ")).toContain("at 01:05, when 66/s arrive");
  expect(row("web")).toEqual(["web", "✗ 1 of 2", "✗ 1 of 2", "✗ 1 of 2", "✗ 1 of 2"]);
  expect(row("spare")?.slice(0, 3)).toEqual(["spare", "✓ 2 of 2", "✓ 2 of 2"]);
  expect(row("spare")?.[4]).toBe("✗ 1 of 2");
  expect(row("edge")?.at(-1)).toBe("✗ 1 of 2");
  // Nobody is answered for 12 s: of the shoppers 12 · 44 of 1,880 fail, of the readers 12 of 120 s.
  const told = ended.stdout.replace(/\s+/g, " ");
  expect(told).toContain("nobody reaches edge: 99 % of shoppers requests succeed was 71.9 %");
  expect(told).toContain("nobody reaches side: 99 % of readers requests succeed was 90.0 %");
  expect(row("\\(zone c is out\\)")?.[2]).toBe("✗ 1 of 2");
});

test("each broken promise is told with its cause, the fault first", () => {
  expect(ended.stdout.replace(/\s+/g, " ")).toMatch(
    /✗ one instance of web crashes and is not repaired: 99 % of shoppers requests succeed was 9\d\.\d+ %, promised 99 %; 01:05 crash of web-\d \(never repaired\) → web fails: /,
  );
});

// Zone a has an instance of web and one of spare; shoppers need web alone.
test("a promise to some is broken by what they need, not by what others need", () => {
  expect(ended.stdout.replace(/\s+/g, " ")).toMatch(
    /✗ zone a is out: 99 % of shoppers [^→]* → web fails: /,
  );
});

test("the exit code is that of the night itself, whatever the drill says", async () => {
  expect(ended.code).toBe(99);
  const quiet = ["--set", "faults=[]", "--no-report", "--quiet"];
  const { code } = await inside(["run", join(place, "shop.yaml"), "--drill", ...quiet]);
  expect(code).toBe(0);
});

test("a drill cannot be cut into shards", async () => {
  const { code, stderr } = await inside([
    "run",
    join(place, "shop.yaml"),
    "--drill",
    "--shard",
    "1/2",
  ]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/--drill strikes at the peak of the whole run/);
});

test("a drill without objectives is refused", async () => {
  const none = ["--set", "objectives=[]", "--no-report", "--quiet"];
  const { code, stderr } = await inside(["run", join(place, "shop.yaml"), "--drill", ...none]);
  expect(code).toBe(3);
  expect(stderr).toMatch(/--drill judges objectives, and there are none/);
});

test("the folder has the map, the rows and the section", () => {
  const [run] = readdirSync(join(place, "out", "shop"));
  const folder = join(place, "out", "shop", run!);
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  expect(read("charts/drill.svg")).toContain("nobody reaches it");
  expect(read("data/drill.csv").split("\n")[0]).toMatch(/^part,kind,fault,objective/);
  expect(read("report.html")).toContain('id="game-day"');
  expect(read("summary.md")).toContain("## Game day");
});
