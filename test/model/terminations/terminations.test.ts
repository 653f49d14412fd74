/** Who leaves first. Instances are listed as they were launched. */
import { describe, expect, test } from "vitest";
import { stream } from "../../../src/kernel/random.ts";
import { MINUTE } from "../../../src/kernel/time.ts";
import { Instance } from "../../../src/model/instance.ts";
import { terminations } from "../../../src/model/terminations/index.ts";
import { make } from "../../../src/schema/definition.ts";
import { Rehearsal } from "../../support/rehearsal.ts";
import { web } from "../../support/web.ts";

/** Launched at minutes, in zones, of versions. */
const fleet = (written: readonly [number, string, number][]) =>
  written.map(([at, zone, version], id) => new Instance(id, `i${id}`, zone, at * MINUTE, version));

const choice = (
  kind: string,
  all: readonly Instance[],
  minute: number,
  crowds: readonly number[] = [],
) =>
  make(
    terminations,
    { kind },
    {
      random: stream("seed", "test", "termination"),
      neighbours: ({ id }) => crowds[id] ?? 1,
    },
  ).choose(all, minute * MINUTE).id;

const three = fleet([
  [0, "a", 0],
  [10, "b", 0],
  [55, "b", 1],
]);

test.each([
  ["youngest", 2],
  ["oldest", 0],
  ["closest-to-hour", 0], // at minute 58 they are 58, 48 and 3 minutes into their hours
  ["aws-default", 1], // two are in b, of those the older version
])("%s", (kind, leaver) => {
  expect(choice(kind, three, 58)).toBe(leaver);
});

describe("aws-default", () => {
  test("goes by the hour where zones and versions are even", () => {
    expect(
      choice(
        "aws-default",
        fleet([
          [0, "a", 0],
          [10, "b", 0],
        ]),
        65,
      ),
    ).toBe(1);
  });

  test("draws among those that nothing tells apart", () => {
    expect([0, 1]).toContain(
      choice(
        "aws-default",
        fleet([
          [0, "a", 0],
          [0, "b", 0],
        ]),
        65,
      ),
    );
  });
});

test("kubernetes takes the youngest of those that stand closest", () => {
  expect(choice("kubernetes", three, 58, [2, 2, 1])).toBe(1);
});

test("a fleet shrinks in its order", () => {
  const play = new Rehearsal(web({ instances: 3, termination: "oldest" }));
  play.at(1, () => play.fleet("web").scaleTo(1, "less"));
  play.run(2);
  expect(play.states("web")).toEqual(["gone", "gone", "ready"]);
});

describe("protection", () => {
  test("keeps those that have just come until they are old enough", () => {
    const play = new Rehearsal(web({ instances: 2, protect: { "younger-than": "30 s" } }));
    play.at(1, () => play.fleet("web").scaleTo(1, "less"));
    play.run(29.5);
    expect(play.states("web")).toEqual(["ready", "ready"]);
    play.run(31);
    expect(play.states("web")).toEqual(["ready", "gone"]);
  });

  test("keeps those that have calls, and takes another", () => {
    const play = new Rehearsal(web({ instances: 2, protect: { busy: true } }));
    play.ask(0, "web"); // on the first until 10
    play.ask(0.5, "web"); // on the second until 10.5
    play.at(1, () => play.fleet("web").scaleTo(1, "less"));
    play.run(9);
    expect(play.states("web")).toEqual(["ready", "ready"]);
    // It looks every second from 1 on: at 10 before the call is over, or just after.
    play.run(11);
    expect(play.states("web")).toContain("gone");
    expect(play.endings).toEqual(["10 a ok", "10.5 b ok"]);
  });
});

test("an instance gets its first call when balancers have heard of it", () => {
  const play = new Rehearsal(web({ registration: "4 s" }));
  play.ask(0, "web");
  play.at(1, () => play.fleet("web").scaleTo(2, "more"));
  // Ready at 16, known at 20. Round robin has one to choose from before and two after.
  const busy: string[] = [];
  for (const at of [18, 18, 21, 21]) play.ask(at, "web");
  for (const at of [19, 22])
    play.at(at, () => {
      const { instances } = play.fleet("web");
      busy.push(
        instances
          .filter((each) => play.fleet("web").isBusy(each))
          .map(({ id }) => id)
          .join(" "),
      );
    });
  play.run(100);
  expect(busy).toEqual(["0", "0 1"]);
});
