/** What every order of leaving must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { stream } from "../../src/kernel/random.ts";
import { MINUTE } from "../../src/kernel/time.ts";
import { Instance } from "../../src/model/instance.ts";
import { terminations } from "../../src/model/terminations/index.ts";
import { make } from "../../src/schema/definition.ts";

describe.each(terminations.map(({ kind }) => ({ kind })))("$kind", ({ kind }) => {
  const order = () => {
    const draw = stream("seed", "termination", kind);
    const instances = Array.from({ length: 50 }, () => draw.below(100))
      .sort((one, other) => one - other)
      .map(
        (at, id) => new Instance(id, `i${id}`, "abc"[draw.below(3)]!, at * MINUTE, draw.below(2)),
      );
    const neighbours = ({ id }: Instance) => (id * 7) % 5;
    const termination = make(terminations, { kind }, { random: draw, neighbours });
    const left = [...instances];
    const gone: number[] = [];
    while (left.length > 0) {
      const leaver = termination.choose(left, 200 * MINUTE);
      expect(left).toContain(leaver);
      gone.push(...left.splice(left.indexOf(leaver), 1).map(({ id }) => id));
    }
    return gone;
  };

  test("lets everybody leave in the end, each once", () => {
    expect(order().sort((one, other) => one - other)).toEqual(
      Array.from({ length: 50 }, (_, id) => id),
    );
  });

  test("chooses the same among the same", () => {
    expect(order()).toEqual(order());
  });
});
