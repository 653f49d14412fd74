import { alibabaApSoutheast1 } from "./alibaba-ap-southeast-1.ts";
import { alibabaCnHangzhou } from "./alibaba-cn-hangzhou.ts";
import { awsUsEast1 } from "./aws-us-east-1.ts";

/** Every price catalogue, the usual one first. A new one is its own file and a line here. */
export const catalogues = [awsUsEast1, alibabaCnHangzhou, alibabaApSoutheast1] as const;
