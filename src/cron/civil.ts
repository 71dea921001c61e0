/** A month of the proleptic Gregorian calendar. Day 0 is 1970-01-01. */
export interface Month {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** The number of its first day. */
  readonly firstDay: number;
  /** Number of days. */
  readonly length: number;
}

/** A month by number. Numbers below 1 and above 12 count into other years. */
export function monthOf(year: number, month: number): Month {
  const index = year * 12 + month - 1;
  const y = Math.floor(index / 12);
  const m = index - y * 12 + 1;
  const firstDay = dayNumber(y, m);
  const length = (m === 12 ? dayNumber(y + 1, 1) : dayNumber(y, m + 1)) - firstDay;
  return { year: y, month: m, firstDay, length };
}

/** The month of a day. */
export function monthOfDay(day: number): Month {
  // a year has 365.2425 days on average: the guess is off by one at most
  const year = 1970 + Math.floor(day / 365.2425);
  const start = day < dayNumber(year, 1) ? year - 1 : day >= dayNumber(year + 1, 1) ? year + 1 : year;
  const guess = Math.min(12, 1 + Math.floor((day - dayNumber(start, 1)) / 28));
  const month = monthOf(start, guess);
  return day < month.firstDay ? monthOf(start, guess - 1) : month;
}

/** The weekday of a day. 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

const DAYS_BEFORE_MONTH: readonly number[] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** The number of the first day of a month. */
function dayNumber(year: number, month: number): number {
  const past = year - 1;
  const leapDays = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400) - 477;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return (year - 1970) * 365 + leapDays + (DAYS_BEFORE_MONTH[month - 1] ?? 0) + (isLeap && month > 2 ? 1 : 0);
}
