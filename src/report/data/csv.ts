/** Tables for spreadsheets: full numbers, a header, nothing that a spreadsheet would run. */

export type Cell = string | number | null;

/** Rows with the same columns, in order. */
export interface Sheet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export async function csv({ columns, rows }: Sheet): Promise<string> {
  const { stringify } = await import("csv-stringify/sync");
  return stringify([...rows] as Cell[][], { header: true, columns: [...columns] });
}

/**
 * Text from a scenario, made harmless: a spreadsheet takes a cell that begins so for a formula.
 * For names and reasons only, as a negative number must stay a number. Source: OWASP, "CSV Injection".
 */
export function named(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
}

export function namedOrNull(text: string | null): string | null {
  return text === null ? null : named(text);
}
