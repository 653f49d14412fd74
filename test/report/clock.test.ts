import { expect, test } from "vitest";
import { instant, timeLabel, timeMeaning } from "../../src/report/clock.ts";

const evening = "2026-11-10T23:40:00+08:00";

test("labels follow the scenario's clock past midnight", () => {
  expect(timeLabel(evening, 0)).toBe("23:40");
  expect(timeLabel(evening, 1200)).toBe("00:00");
  expect(timeLabel(evening, 1695)).toBe("00:08:15");
  expect(timeMeaning(evening)).toBe("clock time (UTC+08:00)");
});

test("without a clock labels count minutes and seconds from the start", () => {
  expect(timeLabel(null, 0)).toBe("00:00");
  expect(timeLabel(null, 3725)).toBe("62:05");
});

test("instants carry the date over the ends of days, months, years and a leap February", () => {
  expect(instant(evening, 1200)).toBe("2026-11-11T00:00:00+08:00");
  expect(instant("2026-12-31T23:59:59Z", 1)).toBe("2027-01-01T00:00:00Z");
  expect(instant("2028-02-28T12:00:00-05:00", 86_400)).toBe("2028-02-29T12:00:00-05:00");
  expect(instant("2026-02-28T12:00:00-05:00", 86_400)).toBe("2026-03-01T12:00:00-05:00");
  expect(instant(null, 60)).toBeNull();
});
