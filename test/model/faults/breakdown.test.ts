/** Slots that break one by one, worked by hand. */
import { expect, test } from "vitest";
import { faults, faultSchema } from "../../../src/model/faults/index.ts";
import { issuesIn } from "../../../src/schema/definition.ts";
import { Rehearsal } from "../../support/rehearsal.ts";

const desk = (slots: number, work: string, fate: readonly object[]) =>
  new Rehearsal(
    { desk: { kind: "service", slots, work, fleet: { "start-up": "0 s" } } },
    { faults: fate.map((each) => ({ of: "desk", ...each })) },
  );
const once = { kind: "breakdown", at: "1 s", for: "10 s" };
/** When calls ended well. */
const ends = (play: Rehearsal) => play.endings.map((each) => each.replace(/ . ok$/, ""));

test("what was interrupted goes on where it stopped, when the slot is mended", () => {
  const play = desk(1, "4 s", [once]);
  for (const at of [0, 2]) play.ask(at, "desk");
  play.run(60);
  // One second is done at 1, the other three from 11 on; the second call has waited behind it.
  expect(play.endings).toEqual(["14 a ok", "18 b ok"]);
  expect(play.noted("fate")).toEqual(["1 desk-1 breakdown"]);
  expect(play.reasons("fate")).toEqual(["1: one of 1 slots, in use, for 10 s"]);
});

test("it takes a free slot at once", () => {
  const play = desk(2, "4 s", [once]);
  play.ask(0, "desk");
  play.run(60);
  expect(play.endings).toEqual(["4 a ok"]);
});

test("or the next one that is given back, and the slot is missing until it is mended", () => {
  const play = desk(2, "4 s", [once]);
  for (const at of [0, 0, 5, 6]) play.ask(at, "desk");
  play.run(60);
  // One of the first two stops at 1 and has three seconds left at 4. The others: 7 to 11, and with
  // the mended slot as well from 11 on, to 15.
  expect(ends(play)).toEqual(["4", "7", "11", "15"]);
});

test("its clock begins anew when it is mended", () => {
  const play = desk(1, "98 s", [{ kind: "breakdown", "time-between": "5 s", for: "1 s" }]);
  play.ask(0, "desk");
  play.run(200);
  // Nineteen stretches of five seconds, each with its second of repair, and three more.
  expect(play.endings).toEqual([`${19 * 6 + 3} a ok`]);
});

test("an instance that has crashed comes back with all its slots", () => {
  const crash = { kind: "crash", at: "2 s", repair: "1 s" };
  const play = desk(2, "4 s", [{ ...once, for: "100 s" }, crash]);
  for (const at of [5, 5, 102]) play.ask(at, "desk");
  play.run(200);
  // What would have been mended at 101 is not there any more.
  expect(ends(play)).toEqual(["9", "9", "106"]);
});

test("while nobody is served a slot that breaks only then does not", () => {
  const chance = { kind: "exponential", mean: "1 s" };
  const play = desk(3, "50 s", [
    { kind: "breakdown", "time-between": chance, for: "1 s", while: "serving" },
  ]);
  play.ask(100, "desk");
  play.run(120);
  const [first] = play.noted("fate");
  expect(Number(first!.split(" ")[0])).toBeGreaterThan(100);
  expect(play.reasons("fate").every((each) => each.includes("in use"))).toBe(true);
});

test.each([
  [{ "time-between": "5 s", while: "serving" }, "while", "exponential"],
  [{ at: "5 s", while: "serving" }, "while", "exponential"],
  [{}, "", "either an instant"],
])("this cannot be meant: %j", (options, field, words) => {
  const spec = faultSchema.parse({ kind: "breakdown", of: "web", for: "1 s", ...options });
  const [issue] = issuesIn(faults, spec, []);
  expect(issue!.path.join(".")).toBe(field);
  expect(issue!.message).toContain(words);
});
