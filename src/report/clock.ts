/**
 * Instants of a run as a person at the platform would read them: on the wall clock of the scenario
 * when it names one, else in minutes from the start.
 *
 * Plain calendar arithmetic on what was written, so that no time zone of the machine has a say.
 */

const written =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|z|[+-]\d\d:\d\d)$/;
const DAY = 86_400;

interface Wall {
  /** Days since 1970-01-01 at the place of the clock. */
  readonly day: number;
  /** Seconds since midnight there. */
  readonly second: number;
  /** As written: "+08:00", "Z". */
  readonly offset: string;
}

/** Reads an RFC 3339 instant; null when there is none or it is not one. */
export function wall(clock: string | null): Wall | null {
  const match = clock === null ? null : written.exec(clock);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((text) => Number(text ?? 0));
  return {
    day: daysFromCivil(year!, month!, day!),
    second: hour! * 3600 + minute! * 60 + second!,
    offset: match[7]!.toUpperCase(),
  };
}

/** "00:08" or "00:08:15" on the clock; "28:00" (minutes:seconds) without one. */
export function timeLabel(clock: string | null, seconds: number): string {
  const label = secondLabel(clock, seconds);
  return wall(clock) ? label.replace(/:00$/, "") : label;
}

/** The same to the second always, for lists in which instants stand below one another. */
export function secondLabel(clock: string | null, seconds: number): string {
  const start = wall(clock);
  const whole = Math.floor(seconds);
  if (!start) return `${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
  const since = (start.second + whole) % DAY;
  return [since / 3600, (since % 3600) / 60, since % 60].map(Math.floor).map(two).join(":");
}

/** What the labels of a time axis mean. */
export function timeMeaning(clock: string | null): string {
  const start = wall(clock);
  if (!start) return "time since the start [min:s]";
  return `clock time (${start.offset === "Z" ? "UTC" : `UTC${start.offset}`})`;
}

/** The instant in RFC 3339 with the offset as written; null without a clock. */
export function instant(clock: string | null, seconds: number): string | null {
  const start = wall(clock);
  if (!start) return null;
  const whole = start.second + Math.floor(seconds);
  const { year, month, day } = civilFromDays(start.day + Math.floor(whole / DAY));
  const since = whole - Math.floor(whole / DAY) * DAY;
  const time = [Math.floor(since / 3600), Math.floor((since % 3600) / 60), since % 60].map(two);
  return `${year}-${two(month)}-${two(day)}T${time.join(":")}${start.offset}`;
}

/** Seconds from 1970-01-01 in UTC to the start of the run; from 0 without a clock. */
export function sinceEpoch(clock: string | null): number {
  const start = wall(clock);
  if (!start) return 0;
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(start.offset) ?? ["", "+", 0, 0];
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60;
  return start.day * DAY + start.second - (sign === "-" ? -ahead : ahead);
}

/** First instant of the calendar month in which the run begins, and of the next; nulls without a clock. */
export function monthOf(clock: string | null): [string | null, string | null] {
  const start = wall(clock);
  if (!start) return [null, null];
  const { year, month } = civilFromDays(start.day);
  const first = (y: number, m: number) => `${y}-${two(m)}-01T00:00:00${start.offset}`;
  return [first(year, month), month === 12 ? first(year + 1, 1) : first(year, month + 1)];
}

/** Seconds from midnight to the start of the run, so that ticks can stand on round clock times. */
export function secondOfDay(clock: string | null): number {
  return wall(clock)?.second ?? 0;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** Days since 1970-01-01 in the Gregorian calendar. Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The way back, by the same source. */
function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leaps =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}
