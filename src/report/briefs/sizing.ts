/** A search in words: the answer, what binds it, what nearly was, and what the textbook says. */
import type { Sizing, TrialResult } from "../../experiment/sizing.ts";
import { inUnit } from "../quantities.ts";
import { aside, numbers, words, type Table } from "../tables/table.ts";
import { compact, digits, duration, NOTHING, percent, plural, promised } from "../units.ts";
import type { Brief } from "./brief.ts";

/** Trials that are told; sizing.json has all. */
const ROWS = 24;

export function sizingBrief(sizing: Sizing): Brief {
  const { answer, confirmation, confidence, title, engine, runId, seed, trials } = sizing;
  return {
    kicker: [
      sizing.goal === "cheapest" ? "size" : "headroom",
      sizing.knobs.map(({ path }) => path).join(" × "),
      plural(trials.length, "trial"),
    ],
    title,
    met: answer !== null,
    headline: headline(sizing),
    detail: detail(sizing),
    sections: [
      {
        heading: "Trials",
        sentences: [
          `An objective holds when its bound does, at ${promised(confidence)}, one-sided over replications; trials take only as many as that needs. What held, but not again with other luck, counts as not shown.`,
          ...(confirmation
            ? [
                `Confirmed by ${plural(confirmation.replications, "run")} with luck that took no part in the choice: the margin there is ${margin(confirmation)}.`,
              ]
            : []),
          ...drillSentence(sizing),
          ...freshSentence(sizing),
        ],
        table: trialsTable(sizing),
        charts: ["frontier"],
      },
      {
        heading: "What the textbook says",
        sentences: [
          "All slots of a part as one queue, by the utilisation law and Erlang C, from the arrivals and service times that were simulated. Peaks, queues of their own and work that is not exponential make the two differ.",
        ],
        table: analyticTable(sizing),
        charts: [],
      },
    ],
    warnings: sizing.warnings,
    origin: [
      ["Seed", seed],
      ["Search", runId],
      ["Engine", `Loadstar ${engine}`],
    ],
  };
}

function drillSentence({ drills }: Sizing): string[] {
  if (drills.length === 0) return [];
  return [
    `What holds does so as well with one thing broken at the peak, of each part and zone in turn: ${drills.join(", ")}.`,
  ];
}

function freshSentence({ fresh }: Sizing): string[] {
  if (!fresh) return [];
  const { kept, of, missChance } = fresh;
  const [low, high] = [missChance.low, missChance.high].map(percent);
  const chance = kept === of ? `less than ${high}` : `${low} to ${high}`;
  return [
    `Every promise held in ${kept} of ${of} runs with fresh seeds, each judged by itself; another run misses one in ${chance} of cases.`,
  ];
}

function choice({ knobs }: Sizing, { values }: TrialResult): string {
  return knobs.map(({ path }, at) => `${path} = ${values[at]}`).join(", ");
}

function headline(sizing: Sizing): string {
  const { answer, goal, trials, knobs } = sizing;
  if (goal === "headroom") {
    if (answer === null) return "There is no headroom: an objective fails at today's traffic.";
    const failing = trials.find(({ verdict }) => verdict !== "holds");
    const first = failing?.binding ? `; the first to fail is "${failing.binding}"` : "";
    return `Every objective holds up to ${answer.values[0]} times the traffic${first}.`;
  }
  if (answer !== null) return `The cheapest that keeps every promise: ${choice(sizing, answer)}.`;
  const nearest = trials[0];
  const most = knobs.map(({ path, values }) => `${path} up to ${values.at(-1)}`).join(", ");
  return `Nothing keeps every promise, with ${most}.${nearest ? ` The nearest miss is ${choice(sizing, nearest)}.` : ""}`;
}

function detail({ answer, trials }: Sizing): string {
  const told = answer ?? trials[0];
  if (!told) return "";
  if (told.stopped !== null) return told.stopped;
  const cost = told.cost === null ? "" : ` It costs ${digits(told.cost)} per run.`;
  return `What binds is "${told.binding ?? "nothing"}", with a margin of ${margin(told)}.${cost}`;
}

function margin({ margin: room }: TrialResult): string {
  return room === null ? "nothing that could be told" : `${digits(room * 100, 2)} %`;
}

function trialsTable(sizing: Sizing): Table {
  return {
    columns: [
      ...sizing.knobs.map(({ path }) => words(path)),
      words("verdict"),
      numbers("cost"),
      words("binding objective"),
      numbers("bound"),
      numbers("margin"),
      aside(numbers("runs")),
    ],
    rows: sizing.trials.slice(0, ROWS).map((trial) => {
      const binding = trial.objectives.find(({ name }) => name === trial.binding);
      const unit = binding?.kind === "availability" ? "share" : "s";
      return [
        ...trial.values,
        { holds: "✓ holds", fails: "✗ fails", undecided: "✗ not shown" }[trial.verdict],
        trial.cost === null ? NOTHING : digits(trial.cost),
        trial.stopped === null ? (trial.binding ?? NOTHING) : "met a limit",
        inUnit(unit, binding?.bound ?? null),
        trial.margin === null ? NOTHING : margin(trial),
        String(trial.replications),
      ];
    }),
  };
}

function analyticTable({ analytic }: Sizing): Table {
  return {
    columns: [
      words("part"),
      numbers("servers"),
      numbers("offered"),
      numbers("busy, by law"),
      numbers("simulated"),
      numbers("mean wait, Erlang C"),
      numbers("simulated"),
    ],
    rows: analytic.map((one) => [
      one.part,
      compact(one.servers),
      `${digits(one.offeredErlang)} E`,
      percent(Math.min(1, one.utilisation)),
      percent(one.simulatedUtilisation),
      one.waitingSeconds === null ? "without end" : duration(felt(one.waitingSeconds)),
      duration(one.simulatedWaitingSeconds),
    ]),
  };
}

/** Less than the smallest step of the clock is nothing. */
function felt(seconds: number): number {
  return seconds < 1e-9 ? 0 : seconds;
}
