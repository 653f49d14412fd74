/**
 * What is paid besides machines by the hour: the contract of the family.
 *
 * A charge is worked out after the run, from what the run counted; it acts on nothing.
 */
import { family } from "../../schema/definition.ts";

/** What one run used, as a bill would meter it. */
export interface ChargeMeter {
  /** Length of the run [h]. */
  readonly hours: number;
  /** Calls that arrived at a part; attempts of all requests without one [calls]. */
  calls(part?: string): number;
  /** Payload of the requests that clients sent to a part, and of the answers they got; of all without one [bytes]. */
  payload(part?: string): Payload;
  /** The same for each hour of the run; the last one may be cut short. */
  hourly(part: string): readonly HourOfUse[];
  /** Time for which the machines of a part are paid [h]. */
  machineHours(part: string): number;
  /** Cores of one machine of a part [cores]. */
  cores(part: string): number;
}

export interface Payload {
  readonly requests: number;
  readonly answers: number;
}

export interface HourOfUse extends Payload {
  /** Simulated part of the hour [s]. */
  readonly seconds: number;
  /** [calls] */
  readonly calls: number;
  /** Calls a second in the window that had most [calls/s]. */
  readonly busiest: number;
}

/** One position of a bill: so many units at a price each. */
export interface Position {
  /** Such as "LCU-hours". */
  readonly unit: string;
  readonly quantity: number;
  /** Price of one, in the bill's currency. */
  readonly price: number;
}

/** What a charge names that must exist, and the currencies it is in. */
export interface ChargeNeeds {
  /** The part it is of. */
  readonly of?: string | undefined;
  /** Whether that part must be one that clients send to, or one that runs on machines. */
  readonly as?: "entry" | "fleet";
  readonly currencies: readonly string[];
}

export interface Charge {
  positions(meter: ChargeMeter): readonly Position[];
  readonly needs: ChargeNeeds;
}

export const charge = family<void, Charge>("charge");
