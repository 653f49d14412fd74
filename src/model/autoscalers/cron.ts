/** Cron patterns as users write them. */
import { text } from "../../schema/fields.ts";
import { faultOfCron } from "../calendar.ts";

/** A cron pattern of five fields, read on the clock of the scenario. */
export function cronField(description: string) {
  return text(`${description} minute, hour, day, month, weekday`)
    .max(100)
    .superRefine((pattern, context) => {
      const message = faultOfCron(pattern);
      if (message !== null) context.addIssue({ code: "custom", message });
    });
}
