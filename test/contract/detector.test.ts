/** What every detector must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { Kernel } from "../../src/kernel/kernel.ts";
import { SECOND } from "../../src/kernel/time.ts";
import { Agenda } from "../../src/model/agenda.ts";
import { detectors, detectorSchema } from "../../src/model/detectors/index.ts";
import { Instance, type InstanceState } from "../../src/model/instance.ts";
import { make } from "../../src/schema/definition.ts";

describe.each(detectors.map(({ kind }) => kind))("%s", (kind) => {
  const watching = () => {
    const kernel = new Kernel();
    const detector = make(detectors, detectorSchema.parse({ kind }), {
      agenda: new Agenda(kernel),
      isCut: () => false,
      probes: () => expect.fail("calls only where that is asked for"),
    });
    const instance = new Instance(0, "web-1", "a", 0);
    instance.enter("ready", 0);
    const verdicts: boolean[] = [];
    detector.watch(instance, (up, reason) => {
      expect(reason).not.toBe("");
      verdicts.push(up);
    });
    const until = (seconds: number) => kernel.run(seconds * SECOND);
    const become = (state: InstanceState, silent = false) => {
      instance.enter(state, kernel.now);
      instance.silent = silent;
    };
    return { detector, instance, verdicts, until, become };
  };

  test("never doubts an instance that serves, even while it drains", () => {
    const { verdicts, until, become } = watching();
    until(600);
    become("draining");
    until(1200);
    expect(verdicts).toEqual([]);
  });

  test("changes its mind at most once about one death, and once about one return", () => {
    for (const silent of [false, true]) {
      const { verdicts, until, become } = watching();
      until(100);
      become("crashed", silent);
      until(700);
      become("starting");
      until(730);
      become("ready");
      until(1300);
      expect([[], [false, true]]).toContainEqual(verdicts);
    }
  });

  test("says no more of an instance it was told to forget", () => {
    const { detector, instance, verdicts, until, become } = watching();
    until(100);
    detector.forget(instance);
    become("crashed");
    until(700);
    expect(verdicts).toEqual([]);
  });

  test("begins anew with an instance it watches again: it counts as up", () => {
    const { detector, instance, verdicts, until, become } = watching();
    detector.forget(instance);
    const again: boolean[] = [];
    detector.watch(instance, (up) => again.push(up));
    become("crashed");
    until(600);
    become("ready");
    until(1200);
    expect(verdicts).toEqual([]);
    expect([[], [false, true]]).toContainEqual(again);
  });
});
