/** Sends bytes over the network of the instance. */
import { z } from "zod";
import { bytes } from "../../schema/fields.ts";
import { resourceNames } from "../resource.ts";
import { stepDefinition } from "./step.ts";

const schema = z.strictObject({ network: bytes("How much is sent.", { min: 1 }) });
const NETWORK = resourceNames.indexOf("network");

export const networkStep = stepDefinition({
  key: "network",
  summary: "Sends bytes over the network of the instance, sharing it with other calls.",
  example: "network: { bytes-per-second: 125 MB }\noperations: { page: [{ network: 2 MB }] }",
  schema,
  needs: "network",
  compile({ network }, program, { worker, timeOf }) {
    const time = network * timeOf("network");
    program.add({
      reach: (call) => worker.draw(call, time),
      begin: (call) => worker.use(call, NETWORK),
    });
  },
});
