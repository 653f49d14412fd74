/** What the suite found, in sentences. */
import { BOUNDS, biasOf, isFair } from "../bias.ts";
import { final, type Verdict } from "../judge.ts";

/** Every claim held, and nothing leans to one side. */
export function holds(verdicts: readonly Verdict[]): boolean {
  return verdicts.flatMap(final).every(({ agrees }) => agrees) && isFair(biasOf(verdicts));
}

export function headline(verdicts: readonly Verdict[]): string {
  const findings = verdicts.flatMap(final);
  const agree = findings.filter(({ agrees }) => agrees).length;
  return `${agree} of ${findings.length} numbers of ${verdicts.length} cases agree`;
}

export function method(): string {
  return (
    "Each case is a scenario, run several times with luck of its own through the same gate as yours. " +
    "A number agrees when the expected value lies in Student's interval at 99.9 % over the runs, widened by the resolution " +
    "of the histogram (0.4 %) for quantiles, and by what the source itself may be off where it is a limit or a measurement. " +
    "A case with a miss is run once more, four times as long with other luck; both answers are shown, and the second decides."
  );
}

export function biasSentences(verdicts: readonly Verdict[]): string[] {
  const { scores, mean, deviation, above, below, probability } = biasOf(verdicts);
  const again = verdicts.filter((verdict) => verdict.again !== null).length;
  return [
    `z-scores of ${scores} numbers: mean ${mean.toFixed(3)} (asked: within ±${BOUNDS.mean}), standard deviation ${deviation.toFixed(3)} (asked: ${BOUNDS.deviationMin} to ${BOUNDS.deviationMax}).`,
    `Sign test over the first number of each case: ${above} above, ${below} below, two-sided probability ${probability.toFixed(3)} (asked: above ${BOUNDS.probability}).`,
    `${again} of ${verdicts.length} cases were looked at a second time.`,
  ];
}
