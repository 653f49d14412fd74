/** The rules of OpenMetrics 1.0's text format, as far as gauges and summaries go. */
import { expect, test } from "vitest";
import { openMetrics } from "../../src/report/openMetrics.ts";
import { sampleResult } from "./sample.ts";

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const SAMPLE = new RegExp(`^(${NAME})(?:\\{((?:${LABEL})(?:,${LABEL})*)?\\})? (\\S+)$`);

interface Family {
  readonly name: string;
  readonly type: string;
  readonly samples: { name: string; labels: string; value: number }[];
}

/** Reads an exposition as strictly as the specification is written; throws where it is broken. */
function parsed(text: string): Family[] {
  if (!text.endsWith("\n# EOF\n")) throw new Error("does not end with # EOF and a line feed");
  const families: Family[] = [];
  const seen = new Set<string>();
  for (const line of text.slice(0, -"# EOF\n".length).split("\n").slice(0, -1)) {
    const last = families.at(-1);
    const told = new RegExp(`^# (TYPE|UNIT|HELP) (${NAME}) (.+)$`).exec(line);
    if (told) {
      const [, what, name, rest] = told as unknown as [string, string, string, string];
      if (what === "TYPE") {
        if (families.some((family) => family.name === name)) throw new Error(`${name} twice`);
        families.push({ name, type: rest, samples: [] });
      } else if (last?.name !== name || last.samples.length > 0) {
        throw new Error(`${what} out of place: ${line}`);
      } else if (what === "UNIT" && !name.endsWith(`_${rest}`)) {
        throw new Error(`the unit ${rest} is no suffix of ${name}`);
      }
      continue;
    }
    const [, name, labels = "", value] = SAMPLE.exec(line) ?? [];
    if (name === undefined || !last) throw new Error(`not a sample: ${line}`);
    const suffixes = last.type === "summary" ? ["", "_count", "_sum"] : [""];
    if (!suffixes.some((suffix) => name === last.name + suffix))
      throw new Error(`${name} stands among ${last.name}`);
    if (seen.has(`${name}{${labels}}`)) throw new Error(`twice: ${line}`);
    seen.add(`${name}{${labels}}`);
    if (!Number.isFinite(Number(value))) throw new Error(`no number: ${line}`);
    last.samples.push({ name, labels, value: Number(value) });
  }
  return families;
}

test("the file follows the format, whatever a name holds", () => {
  const hostileName = 'a"b\\c\n# TYPE d gauge';
  const families = parsed(openMetrics(sampleResult({ hostileName, title: 'x"\n' })));
  expect(families.length).toBeGreaterThan(10);
  const of = (name: string) => families.find((family) => family.name === name)!;
  expect(of("loadstar_availability_ratio").samples[0]!.value).toBe(
    sampleResult().availability.byRequest,
  );
  expect(of("loadstar_latency_seconds").type).toBe("summary");
});

test("requests add up over outcomes to those that were generated", () => {
  const result = sampleResult();
  const requests = parsed(openMetrics(result)).find(({ name }) => name === "loadstar_requests")!;
  const sum = requests.samples.reduce((all, { value }) => all + value, 0);
  expect(sum).toBe(result.classes.reduce((all, { generated }) => all + generated, 0));
});

test.each([
  ["# TYPE a gauge\na 1\n", "EOF"],
  ["# TYPE a gauge\n# UNIT a seconds\na 1\n# EOF\n", "no suffix"],
  ["# TYPE a gauge\na 1\na 1\n# EOF\n", "twice"],
  ["# TYPE a gauge\nb 1\n# EOF\n", "stands among"],
  ['# TYPE a gauge\na{b="c"d"} 1\n# EOF\n', "not a sample"],
])("the reader of this test refuses %j", (text, complaint) => {
  expect(() => parsed(text)).toThrow(complaint);
});
