/**
 * Did you mean …? The known word nearest to an unknown one.
 *
 * Nearness is the Damerau-Levenshtein distance: letters added, left out, replaced, or two
 * neighbours swapped.
 */

/** Longer words than this are not compared: no known word is. */
const LONGEST_WORD = 64;

/** The nearest of the known words, or undefined when none is near enough to be meant. */
export function didYouMean(word: string, known: Iterable<string>): string | undefined {
  if (word.length > LONGEST_WORD) return undefined;
  const asked = plain(word);
  let best: string | undefined;
  let bestScore = Infinity;
  for (const candidate of known) {
    const distance = nearness(asked, plain(candidate));
    const allowed = Math.max(1, Math.floor(Math.max(asked.length, candidate.length) / 3));
    // People rarely miss the first letter, so among equals the same first letter wins.
    const score = distance + (candidate[0]?.toLowerCase() === asked[0] ? 0 : 0.5);
    if (distance <= allowed && score < bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/** Case and the ways to join words do not count: "healthCheck" is "health-check". */
function plain(word: string): string {
  return word
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[_ ]/g, "-");
}

/** A word that starts another, or is started by it, is nearer than its length says: "least-conn". */
function nearness(asked: string, candidate: string): number {
  const begins = asked.length >= 3 && startsWith(candidate, asked);
  return begins ? Math.min(1, candidate.length - asked.length) : distance(asked, candidate);
}

/** Run together or not: "leastconn" begins "least-connections". */
function startsWith(candidate: string, asked: string): boolean {
  return candidate.replaceAll("-", "").startsWith(asked.replaceAll("-", ""));
}

function distance(from: string, to: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        (previous[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (previous[column - 1] as number) + (same ? 0 : 1),
      );
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && swapped)
        cost = Math.min(cost, (before[column - 2] as number) + 1);
      current.push(cost);
    }
    before = previous;
    previous = current;
  }
  return previous[to.length] as number;
}
