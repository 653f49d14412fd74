/** HAProxy's retries, worked by hand: two servers in turn, one of which dies at 10 s. */
import { describe, expect, test } from "vitest";
import { Rehearsal } from "../support/rehearsal.ts";

const retry = { to: "same", wait: "1 s", on: "refused" };

/** Two calls of 1 s at each instant, one for each server; when each ended, and how. */
function play(edge: object, { asked = [20], crash = {}, wish = {} } = {}) {
  const rehearsal = new Rehearsal(
    {
      edge: { kind: "load-balancer", to: "web", "health-check": "none", tries: 4, retry, ...edge },
      web: {
        kind: "service",
        slots: 100,
        work: "1 s",
        fleet: { instances: 2, "start-up": "0 s" },
      },
    },
    { faults: [{ kind: "crash", of: "web", at: "10 s", ...crash }] },
  );
  for (const at of asked) for (let call = 0; call < 2; call++) rehearsal.ask(at, "edge", wish);
  rehearsal.run(60);
  expect(rehearsal.live).toBe(0);
  return {
    ends: rehearsal.endings.map((ending) => ending.replace(/ [a-z] /, " ")),
    refused: rehearsal.counts("web")["refused"] ?? 0,
  };
}

describe("retries 3 without option redispatch", () => {
  test("the same server three times more, a second apart", () => {
    // Refused at 20, 21, 22 and 23 s.
    expect(play({})).toEqual({ ends: ["21 ok", "23 refused"], refused: 4 });
  });

  test("a server that is back in time takes the call", () => {
    // Back at 21.5 s: refused at 20 and 21 s, taken at 22 s.
    const crash = { repair: "11.5 s" };
    expect(play({}, { crash })).toEqual({ ends: ["21 ok", "23 ok"], refused: 2 });
  });

  test("only connections that fail are tried again, and the others too where that is asked for", () => {
    // Sent at 9.5 s, lost at 10 s; then refused at 11, 12 and 13 s.
    const asked = [9.5];
    expect(play({}, { asked })).toEqual({ ends: ["10 lost", "10.5 ok"], refused: 0 });
    const edge = { retry: { ...retry, on: "unanswered" } };
    expect(play(edge, { asked })).toEqual({ ends: ["10.5 ok", "13 refused"], refused: 3 });
  });

  test("a call that is cancelled while it waits is not sent again", () => {
    const wish = { timeout: "500 ms", cancellation: "propagate" };
    expect(play({}, { wish }).refused).toBe(1);
    expect(play({}, { wish: { timeout: "500 ms" } }).refused).toBe(4);
  });

  test("it keeps its place while it waits", () => {
    // One call for each server, and no queue: the third and fourth find no room until 23 s.
    const edge = { "max-calls": 1 };
    const { ends } = play(edge, { asked: [20, 22.5, 23.5] });
    expect(ends).toEqual([
      "21 ok",
      "22.5 dropped",
      "23 refused",
      "23.5 dropped",
      "23.5 ok",
      "26.5 refused",
    ]);
  });
});

describe("retries 3 with option redispatch", () => {
  const edge = { retry: { ...retry, to: "same-then-next" } };

  test("the last one goes to another server, without a wait", () => {
    // Refused at 20, 21 and 22 s.
    expect(play(edge)).toEqual({ ends: ["21 ok", "23 ok"], refused: 3 });
  });

  test("a server that is known to be down is left at once", () => {
    // The first failure is what tells; refused at 20 and 21 s.
    const known = { ...edge, "passive-check": "max-fails" };
    expect(play(known)).toEqual({ ends: ["21 ok", "22 ok"], refused: 2 });
  });
});
