/**
 * Forecasts of a series with a season, free of clocks: the season before again, or Holt and Winters'
 * additive method.
 *
 * Source: R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles and Practice, 3rd edition,
 * sections 5.2 and 8.3.
 */

export interface Forecaster {
  /** Takes the next value of the series. */
  update(value: number): void;
  /** What it will be some values after the last one, 1 or more; never negative. */
  forecast(ahead: number): number;
}

/** Each value as it was a season before. */
export class SeasonalNaive implements Forecaster {
  private readonly last: number[];
  private readonly season: number;

  constructor(history: readonly number[], season: number) {
    this.season = season;
    this.last = history.slice(-season);
  }

  update(value: number): void {
    this.last.shift();
    this.last.push(value);
  }

  forecast(ahead: number): number {
    return this.last[(ahead - 1) % this.season]!;
  }
}

export interface Smoothing {
  /** Weight of the newest value in the level [0 to 1]. */
  readonly level: number;
  /** Of the newest change in the trend [0 to 1]. */
  readonly trend: number;
  /** Of the newest deviation in the season [0 to 1]. */
  readonly season: number;
}

/** Level, trend and season, each smoothed; it begins with the means of the first two seasons. */
export class HoltWinters implements Forecaster {
  private readonly smoothing: Smoothing;
  private level: number;
  private trend: number;
  /** Deviations from the level; the next value's comes first. */
  private readonly seasonal: number[];

  constructor(history: readonly number[], season: number, smoothing: Smoothing) {
    this.smoothing = smoothing;
    const first = mean(history.slice(0, season));
    const second = mean(history.slice(season, 2 * season));
    this.trend = (second - first) / season;
    // The level at the end of the first season, whose mean is that of its middle.
    this.level = first + (this.trend * (season - 1)) / 2;
    this.seasonal = history
      .slice(0, season)
      .map((value, index) => value - (first + this.trend * (index - (season - 1) / 2)));
    for (const value of history.slice(season)) this.update(value);
  }

  update(value: number): void {
    const { level: alpha, trend: beta, season: gamma } = this.smoothing;
    const expected = this.level + this.trend;
    const before = this.seasonal.shift()!;
    const level = alpha * (value - before) + (1 - alpha) * expected;
    this.trend = beta * (level - this.level) + (1 - beta) * this.trend;
    this.seasonal.push(gamma * (value - expected) + (1 - gamma) * before);
    this.level = level;
  }

  forecast(ahead: number): number {
    const seasonal = this.seasonal[(ahead - 1) % this.seasonal.length]!;
    return Math.max(0, this.level + ahead * this.trend + seasonal);
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
