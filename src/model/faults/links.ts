/** Faults of what calls travel over: who is at the two ends, and for how long. */
import { z } from "zod";
import type { Duration } from "../../kernel/time.ts";
import { flag, text } from "../../schema/fields.ts";
import type { Issue } from "../../schema/issue.ts";
import { seconds } from "../fleet.ts";
import type { FaultContext } from "./fault.ts";
import { spellFields, strikeAtTimes, type Times } from "./spells.ts";

export const badLinkOptions = {
  between: z
    .array(text("A zone, a region, a part, or `internet` for where workloads are."))
    .length(2)
    .describe("The two ends: zones, regions, parts, or `internet`."),
  ...spellFields,
  "one-way": flag("Only from the first end to the second; what goes back arrives.").default(false),
};

interface BadLink extends Times {
  readonly between: readonly string[];
  readonly "one-way": boolean;
}

/** What happens to messages while it lasts. */
interface Trouble {
  readonly what: string;
  readonly reason: string;
  readonly loss: number;
  readonly latency?: { sample(): Duration };
}

export function checkEnds({ between: [one, other] }: Pick<BadLink, "between">): Issue[] {
  if (one !== other) return [];
  return [{ path: ["between"], message: `both ends are ${one}; expected two` }];
}

export function troubleLinks(options: BadLink, context: FaultContext, trouble: Trouble): void {
  const { journal, random } = context;
  const links = context.links!;
  const [from, to] = options.between.map((end) =>
    links.end(end, (name) => context.find(name)?.number ?? null),
  ) as [ReturnType<typeof links.end>, ReturnType<typeof links.end>];
  const { loss, latency = null } = trouble;
  strikeAtTimes(options, context, (length) => {
    const arrow = options["one-way"] ? "→" : "↔";
    const reason = `${options.between.join(` ${arrow} `)}: ${trouble.reason} for ${seconds(length)}`;
    const entry = journal.note({ plane: "fate", what: trouble.what, reason });
    const isOneWay = options["one-way"];
    return { entry, end: links.trouble({ from, to, isOneWay, loss, latency, luck: random }) };
  });
}
