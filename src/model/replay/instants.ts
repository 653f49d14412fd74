/**
 * Times as files write them: numbers of seconds or their thousandths, ISO 8601, and the clock of
 * access logs. Exact to the nanosecond, which doubles since 1970 would not be.
 */
import { SECOND, type Duration } from "../../kernel/time.ts";

/** Decimal places between a second and each unit that a number may count. */
export const unitPlaces = { s: 0, ms: 3, us: 6, ns: 9 } as const;

export type TimeUnit = keyof typeof unitPlaces;

/** An instant [ns] since some day, the same for all that one clock reads. */
export class Clock {
  private readonly places: number;
  /** The second from which the others are counted; null before the first. */
  private origin: number | null = null;

  constructor(unit: TimeUnit) {
    this.places = unitPlaces[unit];
  }

  /** Nanoseconds from the second of the first time that was read; NaN for what is no time. */
  read(text: string): Duration {
    const number = NUMBER.exec(text);
    if (number) return this.shifted(number[1]!, number[2] ?? "");
    const iso = ISO.exec(text);
    if (iso) {
      const [, year, month, day, hour, minute, second = "0", fraction = "", zone = "Z"] = iso;
      return this.since(dayOf(+year!, +month!, +day!), [+hour!, +minute!, +second], fraction, zone);
    }
    const log = LOG.exec(text);
    if (!log) return NaN;
    const [, day, name, year, hour, minute, second, zone] = log;
    const month = MONTHS.indexOf(name!.toLowerCase()) / 3 + 1;
    return this.since(dayOf(+year!, month, +day!), [+hour!, +minute!, +second!], "", zone!);
  }

  /** A decimal number of units as seconds, by moving its point. */
  private shifted(whole: string, fraction: string): Duration {
    const digits = whole.padStart(this.places + 1, "0");
    const point = digits.length - this.places;
    return this.counted(Number(digits.slice(0, point)), digits.slice(point) + fraction);
  }

  private since(
    day: number,
    [hour, minute, second]: readonly [number, number, number],
    fraction: string,
    zone: string,
  ): Duration {
    if (hour > 24 || minute > 59 || second > 60) return NaN;
    const seconds = day * 86_400 + hour * 3600 + minute * 60 + second - offsetOf(zone);
    return this.counted(seconds, fraction);
  }

  private counted(seconds: number, fraction: string): Duration {
    this.origin ??= seconds;
    return (seconds - this.origin) * SECOND + Number(fraction.slice(0, 9).padEnd(9, "0"));
  }
}

const NUMBER = /^(\d{1,20})(?:\.(\d*))?$/;
const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)? ?(Z|[+-]\d\d:?\d\d)?$/;
const LOG = /^(\d\d)\/([A-Za-z]{3})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})$/;
const MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

/** Seconds by which a zone's clock is ahead of UTC: "+05:30", "-0800", "Z". */
function offsetOf(zone: string): number {
  if (zone === "Z") return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(-2)) * 60);
}

/**
 * Days since 1970-01-01 of a day of the Gregorian calendar (years that begin in March end with the
 * leap day); NaN for a day that is none.
 */
function dayOf(year: number, month: number, day: number): number {
  if (!(month >= 1 && month <= 12) || day < 1 || day > daysIn(year, month)) return NaN;
  const march = month > 2 ? year : year - 1;
  const months = month > 2 ? month - 3 : month + 9;
  const leaps = Math.floor(march / 4) - Math.floor(march / 100) + Math.floor(march / 400);
  return march * 365 + leaps + Math.floor((months * 153 + 2) / 5) + day - 719_469;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
