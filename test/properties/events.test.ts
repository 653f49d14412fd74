/** What holds at every event of any night, and when the night is over. */
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { Kernel } from "../../src/kernel/kernel.ts";
import { instanceStates } from "../../src/model/instance.ts";
import { anyNight, type Night } from "../support/anyNight.ts";
import { Rehearsal } from "../support/rehearsal.ts";

afterEach(() => vi.restoreAllMocks());

/** Calls `look` after every event of every kernel built from now on. */
function afterEveryEvent(look: (kernel: Kernel) => void): void {
  const { on } = Kernel.prototype;
  vi.spyOn(Kernel.prototype, "on").mockImplementation(function (this: Kernel, handler) {
    return on.call(this, (a, b) => {
      handler(a, b);
      look(this);
    });
  });
}

const targets = ["edge.buy", "web.look", "memory.get", "store.write"] as const;

/** A few dozen calls into a platform of any night, at these instants [ms]; nothing has happened yet. */
function rehearse(night: Night, asked: readonly number[], limit?: string): Rehearsal {
  const { parts, faults, autoscalers, rollouts, nodes, supply, links } = night;
  const play = new Rehearsal(parts, {
    faults,
    autoscalers: autoscalers as Record<string, object>,
    rollouts: rollouts ?? [],
    ...(nodes && { nodes: { ...nodes } }),
    ...(supply && { supply }),
    ...(links && { links }),
  });
  const client: Record<string, unknown> = { ...night.workloads.shoppers.client };
  // A rehearsal's calls have no workload to share connections.
  delete client["connections"];
  asked.forEach((at, index) => {
    const target = targets[index % targets.length]!;
    play.ask(at / 1000, target, { key: at % 10, ...(limit && { timeout: limit }), ...client });
  });
  return play;
}

const instants = fc.array(fc.nat(20_000), { minLength: 30, maxLength: 60 });
const seed = { seed: 1111, endOnFailure: true };

test("calls are conserved, the clock does not go back and fleets add up at every event", () =>
  fc.assert(
    fc.property(anyNight, instants, (night, asked) => {
      let play: Rehearsal | null = null;
      let before = 0;
      afterEveryEvent(({ now }) => {
        expect(now).toBeGreaterThanOrEqual(before);
        before = now;
        if (play === null) return;
        play.world.exchange.audit();
        for (const { fleet, free } of platformOf(play)) {
          const states = instanceStates.map(
            (state) => fleet.instances.filter((each) => each.state === state).length,
          );
          expect([...fleet.levels]).toEqual(states);
          for (const room of free()) expect(room).toBeGreaterThanOrEqual(0);
        }
      });
      play = rehearse(night, asked);
      play.run(25);
      vi.restoreAllMocks();
    }),
    { ...seed, numRuns: 15 },
  ));

/** Every fleet, and what is left on the nodes of those that are nodes. */
function platformOf({ world }: Rehearsal) {
  const pools = [...world.pools.values()].map((pool) => ({
    fleet: pool.fleet,
    free: () => pool.up().flatMap(({ free }) => [free.millicores, free.memory, free.pods]),
  }));
  return [...pools, ...[...world.fleets.values()].map((fleet) => ({ fleet, free: () => [] }))];
}

/**
 * The same, with a limit to every wait. What a silent instance was sent stays with it until somebody
 * repairs it, and a connection whose query is lost inside the platform is never given back: so every
 * instance is repaired, and nothing is lost but between the platform and the internet.
 */
function mortal(night: Night): Night {
  const faults = night.faults
    .filter((fault) => !("between" in fault) || fault.between.includes("internet"))
    .map((fault) => (dies.has(fault.kind) ? { repair: "3 s", ...fault } : fault));
  const limit = (key: string, value: unknown) => {
    if (key.endsWith("-zone")) return { ...(value as object), loss: "0 %" };
    return isWaiting(value) ? { timeout: "5 s", ...value } : value;
  };
  return JSON.parse(JSON.stringify({ ...night, faults }), limit) as Night;
}

const dies = new Set(["crash", "hang", "rack-outage"]);

function isWaiting(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return "call" in value || "behind" in value || ("to" in value && "tries" in value);
}

test("when everything is over, every call has ended once and nothing is left of it", () =>
  fc.assert(
    fc.property(anyNight, instants, (night, asked) => {
      const play = rehearse(mortal(night), asked, "30 s");
      play.run(600);
      expect(play.endings).toHaveLength(asked.length);
      expect(play.live).toBe(0);
      for (const name of Object.keys(night.parts)) {
        const { arrived, ...ended } = play.counts(name);
        expect(Object.values(ended).reduce((sum, count) => sum + count, 0)).toBe(arrived);
      }
    }),
    { ...seed, numRuns: 60 },
  ));

test("Little's law: an emptied queue's length over time is the sum of its waits", () =>
  fc.assert(
    fc.property(anyNight, instants, (night, asked) => {
      const play = rehearse(night, asked);
      play.run(600);
      for (const name of ["web", "store"] as const) {
        const { queueTime, waitedSum, waitedCount, busyTime, servingTime } = play.part(name).read();
        // Who leaves the queue has waited in it and had no turn; who is interrupted waits again.
        const { arrived, ok = 0, error = 0 } = play.counts(name);
        const everyoneHadOneTurn = waitedCount === arrived && arrived === ok + error;
        if (everyoneHadOneTurn && !isPreemptive(night.parts[name].queue))
          expect(queueTime).toBe(waitedSum);
        else expect(queueTime).toBeGreaterThanOrEqual(0);
        expect(busyTime).toBeGreaterThanOrEqual(0);
        expect(servingTime).toBeGreaterThanOrEqual(0);
      }
    }),
    { ...seed, numRuns: 60 },
  ));

const isPreemptive = ({ discipline }: { readonly discipline: string | object }) =>
  typeof discipline === "object" && "preemptive" in discipline;
