/** Cost by part and by what its instances were doing. */
import type { Result } from "../../experiment/result.ts";
import { amountOf, digits } from "../units.ts";
import { numbers, words, type Table } from "./table.ts";

export function costTable(result: Result): Table {
  const { parts, currency, total } = result.cost;
  const states = [...new Set(parts.flatMap((part) => Object.keys(part.states)))];
  const sums = states.map((state) =>
    parts.reduce((sum, part) => sum + Number(part.states[state] ?? "0"), 0),
  );
  const hours = parts.reduce((sum, { instanceHours }) => sum + instanceHours, 0);
  return {
    columns: [
      words("part"),
      words("instance type"),
      numbers("per hour"),
      numbers("hours"),
      ...states.map(numbers),
      numbers(`total ${currency}`),
    ],
    rows: [
      ...parts.map((part) => [
        part.part,
        part.type,
        amountOf(part.pricePerHour),
        digits(part.instanceHours),
        ...states.map((state) => amountOf(part.states[state] ?? "0")),
        amountOf(part.total),
      ]),
      ["all", "", "", digits(hours), ...sums.map((sum) => amountOf(String(sum))), amountOf(total)],
    ],
  };
}
