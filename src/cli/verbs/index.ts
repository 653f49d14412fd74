/** Every verb, in the order of the help. `completion` comes with yargs. */
import { check } from "./check.ts";
import { compare } from "./compare.ts";
import { explain } from "./explain.ts";
import { init } from "./init.ts";
import { merge } from "./merge.ts";
import { report } from "./report.ts";
import { run } from "./run.ts";
import { schema } from "./schema.ts";
import { shards } from "./shards.ts";
import { size } from "./size.ts";
import { sweep } from "./sweep.ts";
import { worker } from "./worker.ts";

export const verbs = [
  run,
  compare,
  sweep,
  size,
  shards,
  merge,
  worker,
  check,
  explain,
  schema,
  init,
  report,
];
