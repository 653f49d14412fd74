/** Faults that calls meet at a part, on some of its instances or on the whole of it. */
import { z } from "zod";
import { name, text } from "../../schema/fields.ts";
import type { Ailment } from "../ailing.ts";
import { seconds } from "../fleet.ts";
import type { FaultContext } from "./fault.ts";
import { strikeAtTimes, type Times } from "./spells.ts";
import { drawVictims, nameOf, type Victims } from "./victims.ts";

export const operationsField = z
  .array(text("An operation of the part."))
  .min(1)
  .describe("The operations it concerns; all unless given.")
  .optional();

/** The part a fault of this sort is at. */
export const ailingField = name("The part.");

export interface Affliction extends Times {
  readonly of: string;
  readonly operations?: readonly string[] | undefined;
}

/** What is wrong, in words and in deed. */
export interface Symptoms extends Pick<Ailment, "verdict" | "delay"> {
  readonly what: string;
  /** "every answer is an error". */
  readonly reason: string;
}

/** Afflicts a part whenever its time has come; victims are drawn each time, without them it is the whole part. */
export function afflict(
  options: Affliction & Partial<Victims>,
  context: FaultContext,
  { what, reason, ...symptoms }: Symptoms,
): void {
  const ailing = context.ailing(options.of);
  const part = context.part(options.of);
  const operations =
    options.operations && new Set(options.operations.map((named) => part.operation(named)!));
  strikeAtTimes(options, context, (length) => {
    const victims =
      part.service === null || options.instances === undefined
        ? null
        : drawVictims(part.fleet!, options as Victims, context.random);
    const ailment: Ailment = {
      ...symptoms,
      instances: victims && new Set(victims.map(({ id }) => id)),
      operations: operations ?? null,
    };
    const many = victims ? `${victims.length} of ${part.fleet!.ready().length} instances: ` : "";
    const entry = context.journal.note({
      plane: "fate",
      part: options.of,
      instance: victims && nameOf(victims),
      what,
      reason: `${many}${reason} for ${seconds(length)}`,
    });
    ailing.begin(ailment);
    return { entry, end: () => ailing.end(ailment) };
  });
}
