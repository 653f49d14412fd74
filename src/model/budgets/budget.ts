/** The question: may this caller try again, seeing how its calls have fared? */
import { family } from "../../schema/definition.ts";
import type { Outcome } from "../outcomes.ts";

/** What all calls of one caller to one operation pay their retries from. */
export interface Budget {
  /** A first attempt is about to be sent. */
  sent(): void;
  /** An attempt did not succeed. Told before a retry is asked for, and also if none will be. */
  failed(): void;
  /** The tokens a retry after such an outcome takes out; REFUSED_RETRY when they are not there. */
  withdraw(outcome: Outcome): number;
  /** An attempt succeeded, for which so many tokens had been taken out; 0 for a first attempt. */
  succeeded(paid: number): void;
  /** Whether a success must tell what was paid for it; it need not unless the member says so. */
  readonly refunds?: boolean;
}

/** The budget does not pay for another attempt. */
export const REFUSED_RETRY = -1;

export const budget = family<null, Budget>("retry budget");
