/** Messages between two places, or two parts, that come late or are lost: a sick switch, a full line. */
import { make } from "../../schema/definition.ts";
import { share } from "../../schema/fields.ts";
import { distributions, distributionSchema } from "../../statistics/distributions/index.ts";
import { badLinkOptions, checkEnds, troubleLinks } from "./links.ts";
import { fault } from "./fault.ts";
import { checkTimes } from "./spells.ts";

export const badLink = fault({
  kind: "bad-link",
  summary: "Messages between two zones, regions or parts are lost or late.",
  example:
    "faults:\n  - { kind: bad-link, between: [internet, edge], at: 28 min, for: 2 min, loss: 20 % }",
  needsLinks: true,
  options: {
    ...badLinkOptions,
    loss: share("Messages that are lost; only the caller's timeout tells.").prefault("0 %"),
    latency: distributionSchema
      .describe("What a message takes longer than it would.")
      .prefault("0 s"),
  },
  check: (options) => [...checkTimes(options), ...checkEnds(options)],
  create(options, context) {
    const { loss } = options;
    const latency = make(distributions, options.latency, { random: context.random });
    const lost = `${Math.floor(loss * 1000 + 0.5) / 10} % of the messages are lost`;
    const late = `they come ${Math.floor(latency.mean / 1e5 + 0.5) / 10} ms later`;
    const reason = `${lost}, ${late}`;
    troubleLinks(options, context, { what: "bad link", reason, loss, latency });
  },
});
