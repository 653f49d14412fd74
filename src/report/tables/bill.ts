/** How the machines were bought, what else was paid, what was lost and what is given back. */
import type { Result } from "../../experiment/result.ts";
import { compact, count, digits, fixed, money, percent, promised } from "../units.ts";
import { numbers, words, type Table } from "./table.ts";

/** Machine time by the terms it was bought under; no rows where all of it was on demand. */
export function termsTable({ cost: { parts, currency } }: Result): Table {
  const rows = parts.flatMap(({ part, terms }) =>
    terms.map(({ term, hours, total, list }) => [
      part,
      termNames[term] ?? term,
      digits(hours),
      fixed(list, 4),
      fixed(total, 4),
      percent(Number(list) > 0 ? 1 - Number(total) / Number(list) : 0),
    ]),
  );
  const columns = ["hours", `on demand ${currency}`, `paid ${currency}`, "saved"].map(numbers);
  const isPlain = parts.every(({ terms }) => terms.every(({ term }) => term === "on-demand"));
  return { columns: [words("part"), words("terms"), ...columns], rows: isPlain ? [] : rows };
}

const termNames: Readonly<Record<string, string>> = {
  "on-demand": "on demand",
  "savings-plan": "savings plan",
  spare: "reserved, not used",
};

/** Positions besides machines; no rows where there are none. */
export function chargesTable({ cost: { charges, currency } }: Result): Table {
  return {
    columns: [
      words("charge"),
      words("of"),
      numbers("quantity"),
      words("unit"),
      numbers(`total ${currency}`),
    ],
    rows: charges.map(({ name, of, quantity, unit, total }) => [
      name,
      of ?? "",
      compact(quantity),
      unit,
      fixed(total, 4),
    ]),
  };
}

/** Orders that were lost; no rows where no request has a worth. */
export function ordersTable({ cost: { orders } }: Result): Table {
  return {
    columns: [words("orders"), ...["worth each", "done", "earned", "failed", "lost"].map(numbers)],
    rows: orders.map(({ of, worth, currency, done, earned, lost, missed }) => [
      of,
      money(worth, currency),
      count(done),
      money(earned, currency),
      count(lost),
      money(missed, currency),
    ]),
  };
}

/** "10 % of …"; null where there is no agreement. */
export function creditSentence({ cost: { credit, currency } }: Result): string | null {
  if (credit === null) return null;
  const { agreement, availability, share, bill, amount } = credit;
  const month = `${percent(availability)} of the requests of a month of 730 h with this run in it once succeed`;
  const given = share > 0 ? `${promised(share)} of its bill of` : "nothing of its bill of";
  const sum = share > 0 ? `, ${money(amount, currency)},` : "";
  return `By ${agreement}, ${given} ${money(bill, currency)}${sum} would be given back: ${month}`;
}
