/**
 * Last in, first out: the call that came last is served next.
 *
 * Under overload the newest calls are still answered in time and the oldest, whose callers have
 * gone, wait; first in, first out would make them all late. The mean wait is the same as with
 * first in, first out, the spread far greater.
 */
import { AdaptiveQueue } from "./adaptive-lifo.ts";
import { discipline } from "./discipline.ts";

export const lifo = discipline({
  kind: "lifo",
  summary: "Serves the call that came last, without interrupting the one in service.",
  source: "Maurer, Fail at Scale, ACM Queue 13(8), 2015 (where it is used under overload only)",
  notes: "Keeps some callers happy in an overload; those left behind may wait until they give up.",
  options: {},
  create: (_options, { links }) => new AdaptiveQueue(links, 0),
});
