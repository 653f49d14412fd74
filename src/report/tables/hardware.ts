/** How busy disks and networks were, where calls use them. */
import type { Result } from "../../experiment/result.ts";
import { percent } from "../units.ts";
import { numbers, words, type Table } from "./table.ts";

/** A row for each part with a disk or a network; none where there is neither. */
export function hardwareTable({ parts }: Result): Table {
  return {
    columns: [words("part"), numbers("disk"), numbers("network")],
    rows: parts.flatMap(({ name, hardware }) =>
      hardware ? [[name, percent(hardware.disk), percent(hardware.network)]] : [],
    ),
  };
}
