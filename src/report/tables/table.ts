/** A table before anyone has decided how it looks: page, Markdown and terminal each draw it their way. */

export interface Column {
  readonly label: string;
  /** Numbers stand right-aligned under each other. */
  readonly numeric?: boolean;
  /** Left out where there is little room: on a terminal. */
  readonly aside?: boolean;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** A column of words. */
export function words(label: string): Column {
  return { label };
}

/** The same column where there is room for it. */
export function aside(column: Column): Column {
  return { ...column, aside: true };
}

/** A column of numbers. */
export function numbers(label: string): Column {
  return { label, numeric: true };
}
