/**
 * The benchmark: how fast, how flat, how parallel.
 *
 *     npm run bench                        all of it, some minutes
 *     npm run bench -- speed               W1 to W4 beside their floors
 *     npm run bench -- growth balancer     curves whose title contains the word
 *     npm run bench -- parallel
 *     npm run bench -- --quick             small runs: does it work? The figures mean little
 *     npm run bench -- --json              one JSON document on standard output
 *
 * Measured in child processes, in CPU time unless it says wall time.
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { curves } from "./growth/index.ts";
import { measureGrowth, type Growth } from "./growth/measure.ts";
import { measureParallel, type Parallel } from "./parallel.ts";
import { agreement, growthLines, parallelLines, speedTable } from "./print.ts";
import { measureSpeed, type Speed } from "./speed.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean" }, quick: { type: "boolean" }, rounds: { type: "string" } },
});
const quick = values.quick ?? false;
const json = values.json ?? false;
const rounds = Number(values.rounds ?? (quick ? 1 : 7));
const [section = "all", word = ""] = positionals;
const wanted = (name: string) => section === "all" || section === name;

const machine = `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}`;
say(machine);
const speed = wanted("speed") ? await speeds() : null;
const growth = wanted("growth") ? await growths() : null;
const parallel = wanted("parallel") ? await parallels() : null;
if (json)
  process.stdout.write(`${JSON.stringify({ machine, speed, growth, parallel }, null, 2)}\n`);

async function speeds(): Promise<Speed[]> {
  const measured = await measureSpeed({ rounds, warmUpRounds: quick ? 1 : 2, quick });
  say(`\nSpeed, CPU time, least of ${rounds} rounds\n${speedTable(measured)}`);
  for (const line of agreement(measured)) say(`  ${line}`);
  return measured;
}

async function growths(): Promise<Growth[]> {
  const measured: Growth[] = [];
  say("\nGrowth");
  for (const curve of curves.filter(({ title }) => title.includes(word))) {
    const one = await measureGrowth(curve, { rounds: quick ? 1 : Math.min(rounds, 3), quick });
    say(growthLines(one));
    measured.push(one);
  }
  return measured;
}

async function parallels(): Promise<Parallel> {
  const measured = await measureParallel(
    quick
      ? { rounds: 1, replications: 4, replicationMs: 20 }
      : { rounds: 3, replications: 40, replicationMs: 100 },
  );
  say(`\nParallel\n${parallelLines(measured)}`);
  return measured;
}

function say(line: string): void {
  if (!json) console.log(line);
}
