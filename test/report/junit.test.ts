import { expect, test } from "vitest";
import { junit } from "../../src/report/junit.ts";
import { sampleResult } from "./sample.ts";

test("each objective is a case, and a missed one a failure with its numbers", () => {
  const xml = junit(sampleResult());
  expect(xml.match(/<testcase /g)).toHaveLength(2);
  expect(xml).toContain('tests="2" failures="1"');
  expect(xml).toMatch(/<failure message="observed 93\.2 %, promised ≥ 99\.95 %, mean /);
});

test("names that mean something to XML, or cannot be in it at all, leave it well formed", () => {
  const xml = junit(sampleResult({ hostileName: `]]><a b="c"&\u0000\u001b'` }));
  expect(wellFormed(xml)).toBe(true);
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
});

test("the check of this test knows bad XML when it sees it", () => {
  expect(wellFormed("<a><b></a></b>")).toBe(false);
  expect(wellFormed('<a b="<"/>')).toBe(false);
  expect(wellFormed("<a>&</a>")).toBe(false);
});

/** Tags nest, attributes are quoted, and no bare < or & is left over. */
function wellFormed(xml: string): boolean {
  const open: string[] = [];
  const tag = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<&]*(?:&[a-z#0-9]+;[^"<&]*)*")*)(\/?)>/g;
  const rest = xml.replace(/^<\?xml [^?]*\?>\n/, "").replace(tag, (_, closing, name, __, empty) => {
    if (closing) return open.pop() === name ? "" : "<";
    if (!empty) open.push(name);
    return "";
  });
  return open.length === 0 && !rest.replace(/&[a-z#0-9]+;/g, "").match(/[<&]/);
}
