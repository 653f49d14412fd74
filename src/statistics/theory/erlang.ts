/** M/G/c/c: calls that find every server busy are lost. Any service law of the same mean. */

/** Offered load: arrival rate times mean service time [erlang]. */
export interface ErlangLoad {
  readonly offeredErlang: number;
  readonly servers: number;
}

/** Share of calls lost. A. K. Erlang (1917), by the recursion that never overflows. */
export function erlangB({ offeredErlang, servers }: ErlangLoad): number {
  let blocking = 1;
  for (let server = 1; server <= servers; server += 1) {
    blocking = (offeredErlang * blocking) / (server + offeredErlang * blocking);
  }
  return blocking;
}

/** Share of calls that wait when they may (M/M/c): Erlang's C formula. */
export function erlangC({ offeredErlang, servers }: ErlangLoad): number {
  const utilisation = offeredErlang / servers;
  if (utilisation >= 1) return 1;
  const blocking = erlangB({ offeredErlang, servers });
  return blocking / (1 - utilisation * (1 - blocking));
}
