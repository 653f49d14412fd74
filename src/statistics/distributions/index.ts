import { oneOf, type Spec } from "../../schema/definition.ts";
import { constant } from "./constant.ts";
import { empirical } from "./empirical.ts";
import { erlang } from "./erlang.ts";
import { exponential } from "./exponential.ts";
import { gamma } from "./gamma.ts";
import { hyperexponential } from "./hyperexponential.ts";
import { lognormal } from "./lognormal.ts";
import { pareto } from "./pareto.ts";
import { orDuration } from "./shorthand.ts";
import { uniform } from "./uniform.ts";
import { weibull } from "./weibull.ts";

export const distributions = [
  constant,
  exponential,
  erlang,
  gamma,
  lognormal,
  hyperexponential,
  weibull,
  pareto,
  uniform,
  empirical,
] as const;

export const distributionSchema = orDuration(oneOf(distributions));
export type DistributionSpec = Spec<typeof distributions>;
export type { Distribution, DistributionContext } from "./distribution.ts";
