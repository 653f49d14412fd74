/**
 * The accuracy suite: the simulator against every result that is known and can be asked.
 *
 *     npm run accuracy                  all of it, on every core; writes reports/accuracy/
 *     npm run accuracy -- mm1 cache     cases whose name contains one of the words; writes nothing
 *     npm run accuracy -- --length 0.1  shorter or longer runs; writes nothing
 *
 * It ends with code 1 if a number disagrees or all of them together lean to one side.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Progress } from "../../src/cli/progress.ts";
import { Pool } from "../../src/experiment/pool.ts";
import { specification } from "../../src/report/charts/chart.ts";
import { sharpen } from "../../src/report/charts/draw.ts";
import { csv } from "../../src/report/data/csv.ts";
import { replicationsOf, type Family } from "./case.ts";
import { families } from "./cases/index.ts";
import { final, type Verdict } from "./judge.ts";
import { play } from "./play.ts";
import { agreement, scores } from "./report/charts.ts";
import { accuracyPage } from "./report/page.ts";
import { biasSentences, headline, holds } from "./report/sentences.ts";
import { summary } from "./report/summary.ts";
import { againTable, sheetOf } from "./report/tables.ts";

/** From dist/accuracy-build/test/accuracy/ to the root. */
const FOLDER = fileURLToPath(new URL("../../../../reports/accuracy", import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { length: { type: "string" } },
});
const length = Number(values.length ?? 1);
const asked = families.map((family) => ({ ...family, cases: family.cases.filter(isWanted) }));
const verdicts = await playAll(asked);
if (positionals.length === 0 && length === 1) await write(verdicts);
tell(verdicts);
// Single cases prove nothing about the lean of all.
const good =
  positionals.length > 0 ? verdicts.flatMap(final).every(({ agrees }) => agrees) : holds(verdicts);
process.exitCode = good ? 0 : 1;

function isWanted({ id }: { id: string }): boolean {
  return positionals.length === 0 || positionals.some((word) => id.includes(word));
}

async function playAll(wanted: readonly Family[]): Promise<Verdict[]> {
  let cells = 0;
  for (const { cases } of wanted)
    for (const one of cases)
      if (!("worked" in one)) cells += replicationsOf(one, { length, luck: "" });
  const progress = new Progress(cells, process.stderr, () => performance.now());
  const pool = new Pool({ jobs: availableParallelism() });
  let done = 0;
  try {
    return await play(wanted, {
      length,
      run: (scenario, replication) => pool.record(scenario, replication),
      onDone: () => progress.advance(done++, 1),
      onMore: (replications) => progress.expect((cells += replications)),
    });
  } finally {
    await pool.close();
    progress.end();
  }
}

async function write(all: readonly Verdict[]): Promise<void> {
  const pencil = await sharpen();
  const figures = [];
  for (const chart of [agreement, scores])
    figures.push({ chart, svg: await pencil.svg(specification(chart, all)!) });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/index.html`, accuracyPage(all, figures));
  writeFileSync(`${FOLDER}/accuracy.csv`, await csv(sheetOf(all)));
  writeFileSync(`${FOLDER}/summary.md`, summary(all));
}

function tell(all: readonly Verdict[]): void {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  if (positionals.length > 0)
    for (const verdict of all)
      for (const { metric, expected, simulated, halfWidth, agrees } of final(verdict))
        say(`${agrees ? "✓" : "✗"} ${verdict.of.id}, ${metric}: ${expected} expected, ${simulated} ± ${halfWidth ?? 0}`); // prettier-ignore
  for (const row of againTable(all).rows) say(`looked at twice: ${row.join(", ")}`);
  say(`${headline(all)}.`);
  for (const sentence of biasSentences(all)) say(sentence);
}
