import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { resultSchema } from "../../src/experiment/result.ts";
import { renderReport } from "../../src/report/index.ts";
import { sampleResult } from "./sample.ts";

/** Drawing takes seconds on a busy machine [ms]. */
const PATIENCE = 60_000;

const hostile = `</script></style><img src=x onerror="alert(1)">`;
let files: Map<string, string | Uint8Array>;
const text = (path: string) => String(files.get(path));

beforeAll(async () => {
  files = await renderReport(sampleResult({ title: hostile, hostileName: hostile }));
}, PATIENCE);

test("the folder holds everything that was promised", () => {
  for (const path of ["report.html", "summary.md", "result.json", "junit.xml", "manifest.json"]) {
    expect(files.has(path)).toBe(true);
  }
  for (const name of ["timeseries", "latency", "instances", "events", "costs", "objectives"]) {
    expect(files.has(`data/${name}.csv`)).toBe(true);
  }
  for (const ending of ["vl.json", "svg", "png"]) {
    expect(files.has(`charts/traffic.${ending}`)).toBe(true);
  }
});

test(
  "the same result gives the same bytes, also when it is read back from result.json",
  async () => {
    const saved = resultSchema.parse(JSON.parse(text("result.json")));
    const again = await renderReport(saved);
    expect([...again.keys()]).toEqual([...files.keys()]);
    for (const [path, bytes] of again)
      expect([path, digest(bytes)]).toEqual([path, digest(files.get(path)!)]);
  },
  PATIENCE,
);

test("the manifest has the hash of every other file and no word of the machine", () => {
  const manifest = JSON.parse(text("manifest.json"));
  const others = [...files.keys()].filter((path) => path !== "manifest.json");
  expect(Object.keys(manifest.sha256)).toEqual(others.sort());
  for (const path of others) expect(manifest.sha256[path]).toBe(digest(files.get(path)!));
  expect(text("manifest.json")).not.toContain(process.version);
});

test("the resolved scenario reads back as it was", () => {
  expect(parse(text("scenario.resolved.yaml"))).toEqual(
    sampleResult({ title: hostile, hostileName: hostile }).resolved,
  );
});

test(
  "progress counts every chart up to the last",
  async () => {
    const seen: string[] = [];
    await renderReport(sampleResult(), { onProgress: (done, of) => seen.push(`${done}/${of}`) });
    expect(seen).toHaveLength(new Set(seen).size);
    const [done, of] = seen.at(-1)!.split("/");
    expect(done).toBe(of);
  },
  PATIENCE,
);

describe("the page", () => {
  test("holds no live markup from a title or a name", () => {
    const page = text("report.html");
    expect(page).not.toMatch(/<img|<script/i);
    expect(page).toContain("&lt;/script&gt;");
    expect(page.match(/<\/style>/g)).toHaveLength(1);
  });

  test("fetches nothing and forbids everything but its own hashed style", () => {
    const page = text("report.html");
    expect(page).toContain("default-src 'none'");
    const style = /<style>([^]*?)<\/style>/.exec(page)![1]!;
    const hash = createHash("sha256").update(style).digest("base64");
    expect(page).toContain(`style-src 'sha256-${hash}'`);
    const tags = page.match(/<[^>]*>/g)!.map((tag) => tag.replace(/"[^"]*"/g, '""'));
    expect(tags.join("")).not.toMatch(/\s(?:src|style|on[a-z]+)=/);
    expect(page).not.toMatch(/url\((?!#)|https?:/);
  });

  test("stays under two megabytes", () => {
    expect(Buffer.byteLength(text("report.html"))).toBeLessThan(2e6);
  });

  test("has one title, headings in order, and unique ids that its links find", () => {
    const page = text("report.html");
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.reduce((above, level) => {
      expect(level).toBeLessThanOrEqual(above + 1);
      return level;
    }, 0);
    const ids = [...page.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of page.matchAll(/(?:href="#|url\(#)([^")]+)/g)) expect(ids).toContain(id);
  });

  test("gives every drawing a description for those who cannot see it", () => {
    const drawings = text("report.html").match(/<svg[^>]*>/g)!;
    expect(drawings.length).toBeGreaterThan(4);
    for (const drawing of drawings) expect(drawing).toMatch(/role="img" aria-label="[^"]{20,}"/);
  });
});

function digest(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
