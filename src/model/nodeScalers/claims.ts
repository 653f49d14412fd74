/** Karpenter's packing: the pods of a batch on as few new nodes as the largest type allows. */
import type { NodeType } from "../nodeType.ts";
import { fits, plus, type Room } from "../packing.ts";

/** A node that is wanted, and every type it could be. */
export interface Claim {
  readonly pods: number;
  /** What its pods ask for together. */
  readonly needs: Room;
  /** Types that have room for them, the cheapest first. */
  readonly types: readonly NodeType[];
}

/**
 * Pods with the largest requests first, each into the claim with the fewest pods for which some type
 * has room, or into a claim of its own; those no type has room for are left out.
 */
export function claimsFor(needs: readonly Room[], types: readonly NodeType[]): Claim[] {
  const byPrice = types.toSorted((one, other) => one.pricePerHour - other.pricePerHour);
  const largest = needs.toSorted(
    (one, other) => other.millicores - one.millicores || other.memory - one.memory,
  );
  let claims: Claim[] = [];
  for (const need of largest) {
    const emptiest = claims.toSorted((one, other) => one.pods - other.pods);
    const grown = emptiest.map((claim) => ({ claim, next: claimWith(claim, need) }));
    const found = grown.find(({ next }) => next.types.length > 0);
    const own = claimWith({ pods: 0, needs: NOTHING, types: byPrice }, need);
    if (found) claims = claims.map((claim) => (claim === found.claim ? found.next : claim));
    else if (own.types.length > 0) claims.push(own);
  }
  return claims;
}

const NOTHING: Room = { millicores: 0, memory: 0, pods: 0 };

function claimWith({ pods, needs, types }: Claim, need: Room): Claim {
  const all = plus(needs, need);
  return { pods: pods + 1, needs: all, types: types.filter(({ empty }) => fits(all, empty)) };
}
