/** Pools of several types of nodes: which is chosen, what is paid, and what follows when it does not come. */
import { describe, expect, test } from "vitest";
import { run } from "../../../src/index.ts";

/** Small has 2 cores, medium 4, large 8. The node that is there at the start is full with one pod. */
const PRICES = { small: "0.10", medium: "0.19", large: "0.40" };

interface Told {
  readonly scaler: string;
  /** The schedule of the pods. */
  readonly at: string;
  /** In the order of the list. */
  readonly types?: readonly string[];
  readonly prices?: Partial<typeof PRICES>;
  /** Cores of a pod. */
  readonly cores?: number;
  readonly launch?: string;
  readonly duration?: string;
  readonly shortage?: string;
}

function text({ scaler, at, cores = 1, shortage, ...told }: Told): string {
  const price = { ...PRICES, ...told.prices };
  const types = (told.types ?? ["small", "medium", "large"]).map((type) => `{ type: ${type} }`);
  return `
title: Several types
run: { duration: ${told.duration ?? "10 min"} }
workloads: { all: { to: web, arrivals: { kind: deterministic, rate: 1/min } } }
nodes:
  general:
    types: [{ type: old, cores: ${cores}, max: 1 }, ${types.join(", ")}]
    launch: ${told.launch ?? "60 s"}
    scaler: ${scaler}
parts:
  web: { kind: service, slots: 1, work: 1 ms, fleet: { on: general, pod: { cores: ${cores} }, start-up: 0 s } }
autoscalers: { web: { kind: schedule, at: [${at}] } }
supply: { shortages: [${shortage ?? ""}] }
cost:
  prices:
    old: { price: 0.01 USD/hour, cores: 2 }
    small: { price: ${price.small} USD/hour, cores: 2 }
    medium: { price: ${price.medium} USD/hour, cores: 4 }
    large: { price: ${price.large} USD/hour, cores: 8 }
`;
}

/** When the number of nodes changed, from what to what, and what the reason says of it. */
async function decisions(told: Told): Promise<string[]> {
  const { events } = await run(text(told));
  return events
    .filter(({ plane, part }) => plane === "scaling" && part === "general")
    .map(({ at, reason }) => {
      const [change] = /^\d+ → \d+/.exec(reason)!;
      return `${at} ${change} ${SAID.exec(reason)![0]}`;
    });
}

const SAID =
  /(?<=with room is )\w+|(?<=idle → |nodes? → |core → |list → )\d+ more \w+|backs off .*|\w+ is not asked .*|has not come in [^,]*$/;

describe("Karpenter", () => {
  const scaler = "{ kind: karpenter, max: 10, consolidation: never }";

  test("takes the cheapest type that a batch fits", async () => {
    const told = { scaler, at: "[10 s, 5]" };
    expect(await decisions(told)).toEqual(["11 1 → 2 medium"]);
    expect(await decisions({ ...told, prices: { medium: "0.41" } })).toEqual(["11 1 → 2 large"]);
  });

  test("packs on as few nodes as the largest allows", async () => {
    // Ten pods: eight on a large one, two on a small one; five small ones would cost the same.
    expect(await decisions({ scaler, at: "[10 s, 11]" })).toEqual([
      "11 1 → 2 large",
      "11 2 → 3 small",
    ]);
  });

  test("takes the next where one cannot be had, and does not ask for it for three minutes", async () => {
    const shortage = "{ of: medium, at: 0 s, for: 1 min }";
    // The large one of 11 s has room for four more; those of 180 and 200 s find it full.
    const at = "[10 s, 5], [100 s, 9], [180 s, 13], [200 s, 17]";
    expect(await decisions({ scaler, at, shortage })).toEqual([
      "11 1 → 2 medium",
      "11 2 → 1 medium is not asked for again for 180 s",
      "11 1 → 2 large",
      "181 2 → 3 large",
    ]);
    const later = "[10 s, 5], [100 s, 9], [200 s, 13]";
    expect((await decisions({ scaler, at: later, shortage })).at(-1)).toBe("201 2 → 3 medium");
  });

  test("looks again ten seconds and a batch later when nothing can be had", async () => {
    const told = {
      at: "[10 s, 3]",
      types: ["small", "medium"],
      shortage: "{ at: 0 s, for: 25 s }",
    };
    const short = scaler.replace("}", ", unavailable-for: 5 s }");
    const refused = (at: number) => [
      `${at} 1 → 2 small`,
      `${at} 2 → 1 small is not asked for again for 5 s`,
      `${at} 1 → 2 medium`,
      `${at} 2 → 1 medium is not asked for again for 5 s`,
    ];
    expect(await decisions({ scaler: short, ...told })).toEqual([
      ...refused(11),
      ...refused(22),
      "33 1 → 2 small",
    ]);
  });

  test("gives up a node that has not come in fifteen minutes", async () => {
    // Launched at 11; the look of 920 is the first after 911, and a batch later another is launched.
    const told = { scaler, at: "[10 s, 3]", launch: "20 min", duration: "20 min" };
    expect(await decisions(told)).toEqual([
      "11 1 → 2 small",
      "920 2 → 1 has not come in 900 s",
      "921 1 → 2 small",
    ]);
  });
});

describe("the Cluster Autoscaler", () => {
  const scaler = (expander: string, more = "") =>
    `{ kind: cluster-autoscaler, max: 10, expander: ${expander}${more} }`;

  // Three pods of 1.5 cores take three small ones (6 cores, 25 % idle), two medium ones (8 cores, 44 %
  // idle) or a large one (8 cores): an hour costs 0.30, 0.38 or 0.40 for 4.5 cores.
  test.each([
    ["least-waste", {}, "3 more small"],
    ["least-nodes", {}, "1 more large"],
    ["price", {}, "3 more small"],
    ["price", { large: "0.29" }, "1 more large"],
    ["price", { medium: "0.14" }, "2 more medium"],
    ["priority", {}, "2 more medium"],
  ])("chooses by %s, %j", async (expander, prices, taken) => {
    const types = ["medium", "small", "large"];
    const told = { scaler: scaler(expander), at: "[12 s, 4]", cores: 1.5, types, prices };
    expect(await decisions(told)).toEqual([`20 1 → ${1 + Number(taken[0])} ${taken}`]);
  });

  test("decides nothing once the pool has its most, whoever waits", async () => {
    const full = scaler("price").replace("max: 10", "max: 2");
    const told = { scaler: full, at: "[12 s, 9]", types: ["small"] };
    // The eight pods that wait would take four.
    expect(await decisions(told)).toEqual(["20 1 → 2 4 more small"]);
  });

  test("tells what it weighed", async () => {
    const { events } = await run(
      text({ scaler: scaler("least-waste"), at: "[12 s, 4]", cores: 1.5 }),
    );
    expect(
      events.find(({ plane, part }) => plane === "scaling" && part === "general")?.reason,
    ).toBe(
      "1 → 4: cluster autoscaler: 3 pods pending, the first for 8 s, 0 nodes coming; least-waste: " +
        "small 25 % of its cores idle; medium 43.75 % of its cores idle; large 43.75 % of its cores idle → 3 more small",
    );
  });

  test("backs off from a type that cannot be had, and takes another at the next scan", async () => {
    const told = {
      scaler: scaler("priority"),
      shortage: "{ of: small, at: 0 s, for: 6 min }",
      // Two pods are pending each time: a medium one has room for the two of the next. Small is backed
      // off from until 320 s, fails once more, for twice as long, until 930 s.
      at: "[12 s, 3], [322 s, 7], [922 s, 11], [932 s, 13]",
      duration: "16 min",
    };
    expect(await decisions(told)).toEqual([
      "20 1 → 2 1 more small",
      "20 2 → 1 backs off from small for 300 s",
      "30 1 → 2 1 more medium",
      "330 2 → 3 1 more small",
      "330 3 → 2 backs off from small for 600 s",
      "340 2 → 3 1 more medium",
      "930 3 → 4 1 more small",
      "940 4 → 5 1 more small",
    ]);
  });

  test("gives up nodes that do not come, for five minutes, ten, twenty, thirty and thirty", async () => {
    const told = {
      scaler: scaler("least-waste"),
      types: ["small"],
      at: "[8 s, 5]",
      launch: "20 min",
      duration: "3 h",
    };
    const given = (at: number, backOff: number) => [
      `${at} 1 → 3 2 more small`,
      `${at + 900} 3 → 2 backs off for ${backOff} s`,
      `${at + 900} 2 → 1 backs off for ${backOff} s`,
    ];
    expect(await decisions(told)).toEqual([
      ...given(10, 300),
      ...given(1210, 600),
      ...given(2710, 1200),
      ...given(4810, 1800),
      ...given(7510, 1800),
      "10210 1 → 3 2 more small",
    ]);
  });
});

test("nodes are paid for by their types, for as long as they are there", async () => {
  // Two small ones from 20 s to the end, 580 s, and the old one all along: 600 s.
  const told = { at: "[12 s, 4]", cores: 1.5, types: ["small", "medium"] };
  const { cost } = await run(
    text({ ...told, at: "[12 s, 3]", scaler: "{ kind: cluster-autoscaler, max: 10 }" }),
  );
  expect(cost.parts.map(({ part, type, total }) => `${part} ${type} ${Number(total)}`)).toEqual([
    `general old ${Math.round(((600 * 0.01) / 3600) * 1e6) / 1e6}`,
    `general small ${Math.round(((2 * 580 * 0.1) / 3600) * 1e6) / 1e6}`,
  ]);
});
