/** The judge is judged: it must be able to say no. */
import { expect, test } from "vitest";
import { mm1 } from "../../src/statistics/theory/index.ts";
import { agree } from "./agreement.ts";
import { exponential, station } from "./platforms.ts";
import { latency, utilisation } from "./readings.ts";

const rates = { arrivalRatePerSecond: 500, serviceRatePerSecond: 1000 };
const trial = {
  ...station({ ...rates, work: exponential(rates.serviceRatePerSecond) }),
  warmUpSeconds: 0.2,
  seconds: 10,
};
const theory = mm1(rates);

test("a formula that is 5 % off is not agreed with, and both measurements are told", async () => {
  const wrong = agree(trial, [
    [utilisation("station"), theory.utilisation, 0.05],
    [latency("mean"), theory.responseSeconds * 1.05, 0.05],
  ]);
  await expect(wrong).rejects.toThrow(/^(?!.*utilisation).*mean latency.*four times as long/s);
});

test("an interval wider than asked for is not an agreement", async () => {
  const vague = agree(trial, [[latency("mean"), theory.responseSeconds, 0.001]]);
  await expect(vague).rejects.toThrow("too wide");
});
