/** Reads and writes the disk of the instance, one operation after the other. */
import { z } from "zod";
import { count } from "../../schema/fields.ts";
import { resourceNames } from "../resource.ts";
import { stepDefinition } from "./step.ts";

const schema = z.strictObject({
  disk: count("Operations of the disk, one after the other.", { min: 1 }),
});
const DISK = resourceNames.indexOf("disk");

export const diskStep = stepDefinition({
  key: "disk",
  summary: "Makes operations on the disk of the instance, waiting while it is busy.",
  example: "disk: { iops: 3000 }\noperations: { read: [{ disk: 2 }] }",
  schema,
  needs: "disk",
  compile({ disk }, program, { worker, timeOf }) {
    const time = disk * timeOf("disk");
    program.add({
      reach: (call) => worker.draw(call, time),
      begin: (call) => worker.use(call, DISK),
    });
  },
});
