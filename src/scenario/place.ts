/** Where in the user's words something stands, so that every issue can point at it. */
import type { FilePlace, Issue } from "../schema/issue.ts";

/** A stretch of a file; columns in UTF-16 units as editors do. */
export type TextPlace = FilePlace;

/** A replacement given on the command line: `--set parts.web.slots=8`. */
export interface FlagPlace {
  readonly flag: string;
}

export type Place = TextPlace | FlagPlace;

/** An issue and where it stands. */
export interface PlacedIssue extends Issue {
  readonly place: Place;
}

/** A text by the name messages call it. */
export interface Source {
  readonly place: (start: number, end: number) => Place;
}

/** A stretch of a source, by offsets. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

export function placeOf({ source, start, end }: Span): Place {
  return source.place(start, end);
}

/** The source that a file's text is; finds lines by bisection. */
export function fileSource(file: string, text: string): Source {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return {
    place(start, end) {
      let low = 0;
      for (let high = starts.length; high - low > 1;) {
        const middle = (low + high) >> 1;
        if ((starts[middle] as number) <= start) low = middle;
        else high = middle;
      }
      const column = start - (starts[low] as number) + 1;
      return { file, line: low + 1, column, length: Math.max(0, end - start) };
    },
  };
}

/** The source that a `--set` flag is. */
export function flagSource(flag: string): Source {
  return { place: () => ({ flag }) };
}
