/** Power of d choices over very many servers: each arrival joins the shortest of d random queues. */
import { power } from "../../kernel/mathematics.ts";

/**
 * Mean response in mean service times, as the number of servers grows without end; exponential
 * service, utilisation below 1. M. Mitzenmacher, IEEE TPDS 12(10), 2001.
 */
export function powerOfChoices(load: { utilisation: number; choices: number }): number {
  const { utilisation, choices } = load;
  if (choices === 1) return 1 / (1 - utilisation);
  let sum = 0;
  // The exponents (dⁱ - d) / (d - 1) are 0, d, d + d², …
  for (let exponent = 0; ; exponent = choices * (exponent + 1)) {
    const term = power(utilisation, exponent);
    if (term < sum * 1e-17) return sum;
    sum += term;
  }
}
