/**
 * Makes the goldens anew with the built program, as a user would.
 *
 *     npm run gallery                          replaces what is committed: read the difference first
 *     node test/golden/regenerate.js FOLDER    a copy of the gallery, with which the test compares
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Scenarios whose reports are committed. */
const gallery = ["node-crash", "retry-storm"];
/** Of a report, everything but the page, the bitmaps and the list of hashes that includes theirs. */
const kept = /\.(md|csv|svg|vl\.json|yaml|xml)$|result\.json$/;

const root = fileURLToPath(new URL("../..", import.meta.url));
const fingerprints = join(root, "test/golden/fingerprints.json");
const missed = 99;

const [folder] = process.argv.slice(2);
for (const scenario of gallery) hang(scenario, folder ?? join(root, "reports/gallery"));
if (folder === undefined) renew(fingerprints);

/** Runs a scenario and keeps the readable part of its report. */
function hang(scenario, wall) {
  const out = mkdtempSync(join(tmpdir(), "loadstar-gallery-"));
  try {
    loadstar(["run", `scenarios/${scenario}.yaml`, "--quiet", "--out", out]);
    const [runId] = readdirSync(join(out, scenario));
    const report = join(out, scenario, runId);
    rmSync(join(wall, scenario), { recursive: true, force: true });
    for (const name of readdirSync(report, { recursive: true, encoding: "utf8" })) {
      if (kept.test(name)) cpSync(join(report, name), join(wall, scenario, name));
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** Fills in what came of each small run of a list. */
function renew(list) {
  const renewed = JSON.parse(readFileSync(list, "utf8")).map(({ scenario, variant, set }) => {
    const words = ["run", `scenarios/${scenario}.yaml`, "--replications", "1", "--json"];
    if (variant) words.push("--variant", variant);
    for (const replacement of set) words.push("--set", replacement);
    const { fingerprint, met } = JSON.parse(loadstar([...words, "--no-report", "--quiet"]));
    return { scenario, variant, set, fingerprint, met };
  });
  writeFileSync(list, `${JSON.stringify(renewed, null, 2)}\n`);
}

function loadstar(words) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "dist/cli/main.js"), ...words],
    { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  if (status !== 0 && status !== missed) throw new Error(`loadstar ${words.join(" ")}\n${stderr}`);
  return stdout;
}
