/** Cost by part and by what its instances were doing. */
import type { Result } from "../../experiment/result.ts";
import { digits, fixed, price } from "../units.ts";
import { numbers, words, type Table } from "./table.ts";

export function costTable(result: Result): Table {
  const { parts, charges, currency, total } = result.cost;
  const besides = charges.reduce((sum, charge) => sum + Number(charge.total), 0);
  const states = [...new Set(parts.flatMap((part) => Object.keys(part.states)))];
  const sums = states.map((state) =>
    parts.reduce((sum, part) => sum + Number(part.states[state] ?? "0"), 0),
  );
  const hours = parts.reduce((sum, { instanceHours }) => sum + instanceHours, 0);
  // Cents for a run that costs something; a cheap one gets the decimals that show anything.
  const decimals = Number(total) >= 1 ? 2 : 4;
  const amount = (value: string | number) => fixed(value, decimals);
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
        price(part.pricePerHour),
        digits(part.instanceHours),
        ...states.map((state) => amount(part.states[state] ?? "0")),
        amount(part.total),
      ]),
      ...(besides > 0
        ? [["besides machines", "", "", "", ...states.map(() => ""), amount(besides)]]
        : []),
      ["all", "", "", digits(hours), ...sums.map(amount), amount(total)],
    ],
  };
}
