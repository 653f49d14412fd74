/**
 * The clock on the wall: an RFC 3339 instant as a point on the line of time, and instants that a cron
 * pattern names. Everything is in the offset the scenario's own clock is written with, so that no
 * time zone of the machine has a say; there is no change to or from summer time within a run.
 */
import { Cron } from "croner";
import { SECOND, type Duration } from "../kernel/time.ts";

const written =
  /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** Whole seconds since 1970 of an RFC 3339 instant; null for what is none. */
export function epochSeconds(instant: string): number | null {
  const match = written.exec(instant);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((text) => Number(text ?? 0)) as [number, number, number, number, number, number];
  const local = daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
  return local - offsetMinutes(instant) * 60;
}

/** When a calendar window that began at an instant and every so long since contains another [s]. */
export function windowAround(
  { begin, months, seconds }: { begin: string; months: number; seconds: number },
  at: string,
): { readonly from: number; readonly to: number } {
  const now = epochSeconds(at)!;
  const start = epochSeconds(begin)!;
  if (months === 0) {
    const from = start + Math.floor((now - start) / seconds) * seconds;
    return { from, to: from + seconds };
  }
  const nth = (number: number) => afterMonths(begin, number * months);
  // No month is shorter than 28 days: from the first that may contain it on.
  let number = Math.floor((now - start) / (31 * 86_400) / months) - 1;
  while (nth(number + 1) <= now) number++;
  return { from: nth(number), to: nth(number + 1) };
}

/** The same time of the same day so many months later; the 28th is the last that every month has. */
function afterMonths(instant: string, months: number): number {
  const [year, month] = written.exec(instant)!.slice(1, 3).map(Number) as [number, number];
  const all = year * 12 + month - 1 + months;
  const digits = (value: number, length: number) => String(value).padStart(length, "0");
  const moved = `${digits(Math.floor(all / 12), 4)}-${digits((all % 12) + 1, 2)}`;
  return epochSeconds(moved + instant.slice(7))!;
}

/** Minutes by which the clock an instant is written with is ahead of UTC. */
function offsetMinutes(instant: string): number {
  const [sign, hours, minutes] = written.exec(instant)!.slice(7, 10);
  if (sign === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** What is wrong with a cron pattern of five fields; null for one that names instants. */
export function faultOfCron(pattern: string): string | null {
  try {
    new Cron(pattern, { mode: "5-part", paused: true, utcOffset: 0 });
    return null;
  } catch (problem) {
    const { message } = problem as Error;
    return `"${pattern.slice(0, 80)}" is not a cron pattern (${message.replace(/^CronPattern: /, "")})`;
  }
}

/** Instants of a cron pattern after the start of a run, one by one [ns]; none when there is no next. */
export function* cronInstants(pattern: string, clock: string): Generator<Duration> {
  const cron = new Cron(pattern, {
    mode: "5-part",
    paused: true,
    utcOffset: offsetMinutes(clock),
  });
  const start = epochSeconds(clock)!;
  for (let next = cron.nextRun(clock); next !== null; next = cron.nextRun(next)) {
    yield (next.getTime() / 1000 - start) * SECOND;
  }
}

/** Days since 1970-01-01; the year is counted from March, so that leap days come last. */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - 719_468;
}
