import { awsUsEast1 } from "./aws-us-east-1.ts";

/** Every price catalogue. A new one is its own file and a line here. */
export const catalogues = [awsUsEast1] as const;
