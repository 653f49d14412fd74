import { choice } from "../../schema/fields.ts";
import { apache } from "./apache.ts";
import { awsAlb } from "./aws-alb.ts";
import { envoy } from "./envoy.ts";
import { haproxy } from "./haproxy.ts";
import { ipvs } from "./ipvs.ts";
import { nginx } from "./nginx.ts";
import { tomcat } from "./tomcat.ts";

/** Every product whose defaults a part may take. A new one is its own file and a line here. */
export const presets = [nginx, haproxy, envoy, ipvs, awsAlb, apache, tomcat] as const;

/** The field of a kind of part with which a user names a product. */
export function presetField(part: string) {
  const words = presets.filter((each) => each.part === part).map(({ kind }) => kind);
  return choice(
    "The product whose defaults hold where the scenario says nothing.",
    words as [string, ...string[]],
  ).optional();
}
