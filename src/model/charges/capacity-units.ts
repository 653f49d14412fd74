/**
 * A balancer that is paid by the hour and by what it carries: the Application Load Balancers of AWS
 * and of Alibaba Cloud and their capacity units (LCU).
 *
 * Of four dimensions the largest counts, hour by hour: new connections, active connections, data, and
 * evaluated rules. A connection carries some requests and stays open for some time, which nobody else
 * in the simulation needs to know.
 */
import { choice, count, duration, factor, flag, name, price } from "../../schema/fields.ts";
import { SECOND } from "../../kernel/time.ts";
import { charge, type HourOfUse } from "./charge.ts";

/** What one unit holds of each dimension. */
const NEW_CONNECTIONS_PER_SECOND = 25;
const ACTIVE_CONNECTIONS = 3000;
const GB_PER_HOUR = 1;
const EVALUATIONS_PER_SECOND = 1000;
interface Habits {
  readonly "requests-per-connection": number;
  readonly "connection-time": number;
  readonly connections: "average" | "busiest";
  readonly rules: number;
  readonly "free-rules": number;
}

export const capacityUnits = charge({
  kind: "capacity-units",
  summary: "A balancer paid by the hour and by capacity units, as AWS charges for an ALB.",
  source:
    "AWS, Elastic Load Balancing pricing (LCU details), prices of us-east-1 as of 2025; Alibaba Cloud, ALB billing rules and comparison of load balancer billing, prices of the Chinese site as of 2025",
  notes:
    "One unit holds 25 new connections a second, 3,000 active connections, 1 GB an hour or 1,000 rule evaluations a second beyond the free rules; the dimension that needs most counts, hour by hour. Hours that are begun are paid whole, also by a run that is shorter. Alibaba Cloud's ALB, standard edition: `hourly: 0.147 CNY/hour, unit: 0.049 CNY/hour, connections: busiest`; its units hold the same, except that it counts rules in another way, so leave `rules` out.",
  example: "cost:\n  charges:\n    balancer: { kind: capacity-units, of: edge, rules: 25 }",
  options: {
    of: name("The part clients send to."),
    hourly: price("What it costs by the hour.").prefault("0.0225 USD/hour"),
    unit: price("What a capacity unit costs.").prefault("0.008 USD/hour"),
    "requests-per-connection": factor("Requests a connection carries before it is closed.", {
      min: 1,
    }).default(1),
    "connection-time": duration("How long a connection stays open.").prefault("60 s"),
    connections: choice(
      "Which connections of an hour count: their average, as AWS does, or those of its busiest window, as Alibaba Cloud does with its busiest second.",
      ["average", "busiest"],
    ).default("average"),
    rules: count("Rules evaluated for each request.").default(0),
    "free-rules": count("Of these, so many cost nothing.").default(10),
    "whole-hours": flag("Hours that are begun are paid whole.").default(true),
  },
  check: ({ hourly, unit }) =>
    hourly.currency === unit.currency
      ? []
      : [
          {
            path: ["unit"],
            message: `${unit.currency} here and ${hourly.currency} by the hour; expected one currency`,
          },
        ],
  create: ({ of, hourly, unit, "whole-hours": whole, ...habits }) => ({
    needs: { of, as: "entry", currencies: [hourly.currency, unit.currency] },
    positions(meter) {
      const hours = meter
        .hourly(of)
        .map((hour) => ({ paid: whole ? 1 : hour.seconds / 3600, units: unitsOf(hour, habits) }));
      const sum = (value: (hour: (typeof hours)[number]) => number) =>
        hours.reduce((total, hour) => total + value(hour), 0);
      return [
        { unit: "balancer hours", quantity: sum(({ paid }) => paid), price: hourly.perHour },
        {
          unit: "LCU-hours",
          quantity: sum(({ paid, units }) => paid * units),
          price: unit.perHour,
        },
      ];
    },
  }),
});

/** Capacity units in use over an hour or the part of it that was simulated. */
function unitsOf(hour: HourOfUse, habits: Habits): number {
  const { seconds, calls, busiest, requests, answers } = hour;
  const callsPerSecond = calls / seconds;
  const counted = habits.connections === "busiest" ? busiest : callsPerSecond;
  const connectionsPerSecond = counted / habits["requests-per-connection"];
  const active = connectionsPerSecond * (habits["connection-time"] / SECOND);
  const gigabytesPerHour = (((requests + answers) / seconds) * 3600) / 1e9;
  const evaluations = callsPerSecond * Math.max(0, habits.rules - habits["free-rules"]);
  return Math.max(
    connectionsPerSecond / NEW_CONNECTIONS_PER_SECOND,
    active / ACTIVE_CONNECTIONS,
    gigabytesPerHour / GB_PER_HOUR,
    evaluations / EVALUATIONS_PER_SECOND,
  );
}
