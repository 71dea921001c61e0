import type { Month } from './civil.js';
import { monthOf, monthOfDay, weekdayOf } from './civil.js';
import type { CronFields, SpecialDay } from './parse.js';

const DAY_S = 86_400;
/** The calendar repeats after this many months. A date that has not come by then never comes. */
const MAX_MONTHS = 400 * 12;

/**
 * The times of an expression on a clock that never changes: local time in ms, as if it were UTC.
 *
 * Uses integer arithmetic over bit masks, and caches the days of the last month.
 */
export class LocalTimes {
  private readonly fields: CronFields;
  private readonly firstTime: number;
  private readonly lastTime: number;
  private readonly lastYear: number;
  private readonly firstYear: number;
  private month: Month = monthOf(1970, 1);
  /** The matching days of that month: bit n is day n. */
  private days: number;

  constructor(fields: CronFields) {
    this.fields = fields;
    this.firstTime = this.timeFrom(0);
    this.lastTime = this.timeUpTo(DAY_S - 1);
    this.lastYear = fields.years === null ? Infinity : Math.max(...fields.years);
    this.firstYear = fields.years === null ? -Infinity : Math.min(...fields.years);
    this.days = daysOf(fields, this.month);
  }

  /** The earliest time strictly later than `local`, or null. */
  after(local: number): number | null {
    const second = Math.floor(local / 1000) + 1;
    const day = Math.floor(second / DAY_S);
    if (this.isDay(day)) {
      const time = this.timeFrom(second - day * DAY_S);
      if (time >= 0) return (day * DAY_S + time) * 1000;
    }
    const next = this.dayFrom(day + 1);
    return next === null ? null : (next * DAY_S + this.firstTime) * 1000;
  }

  /** The latest time strictly earlier than `local`, or null. */
  before(local: number): number | null {
    const second = Math.ceil(local / 1000) - 1;
    const day = Math.floor(second / DAY_S);
    if (this.isDay(day)) {
      const time = this.timeUpTo(second - day * DAY_S);
      if (time >= 0) return (day * DAY_S + time) * 1000;
    }
    const previous = this.dayUpTo(day - 1);
    return previous === null ? null : (previous * DAY_S + this.lastTime) * 1000;
  }

  private isDay(day: number): boolean {
    this.turnTo(day);
    return ((this.days >>> (day - this.month.firstDay + 1)) & 1) === 1;
  }

  /** The first matching day from `day` on. */
  private dayFrom(day: number): number | null {
    this.turnTo(day);
    let bits = this.days & (-1 << (day - this.month.firstDay + 1));
    for (let months = 0; bits === 0; months++) {
      if (months > MAX_MONTHS || this.month.year > this.lastYear) return null;
      if (this.month.year < this.firstYear) this.turnToMonth(this.firstYear, 1);
      else this.turnToMonthAfter(this.month);
      bits = this.days;
    }
    return this.month.firstDay + lowest(bits) - 1;
  }

  /** The last matching day up to `day`. */
  private dayUpTo(day: number): number | null {
    this.turnTo(day);
    let bits = this.days & upTo(day - this.month.firstDay + 1);
    for (let months = 0; bits === 0; months++) {
      if (months > MAX_MONTHS || this.month.year < this.firstYear) return null;
      if (this.month.year > this.lastYear) this.turnToMonth(this.lastYear, 12);
      else this.turnToMonthBefore(this.month);
      bits = this.days;
    }
    return this.month.firstDay + highest(bits) - 1;
  }

  private turnTo(day: number): void {
    const offset = day - this.month.firstDay;
    if (offset >= 0 && offset < this.month.length) return;
    this.month = monthOfDay(day);
    this.days = daysOf(this.fields, this.month);
  }

  private turnToMonthAfter({ year, month }: Month): void {
    const { months } = this.fields;
    const later = months & (-1 << (month + 1));
    if (later === 0) this.turnToMonth(year + 1, lowest(months));
    else this.turnToMonth(year, lowest(later));
  }

  private turnToMonthBefore({ year, month }: Month): void {
    const { months } = this.fields;
    const earlier = months & upTo(month - 1);
    if (earlier === 0) this.turnToMonth(year - 1, highest(months));
    else this.turnToMonth(year, highest(earlier));
  }

  private turnToMonth(year: number, month: number): void {
    this.month = monthOf(year, month);
    this.days = daysOf(this.fields, this.month);
  }

  /** The first matching time of day from `time` on, in seconds, or -1. */
  private timeFrom(time: number): number {
    const { seconds, minutes, hours } = this.fields;
    const hour = Math.floor(time / 3600);
    const minute = Math.floor(time / 60) % 60;
    if (((hours >>> hour) & 1) === 1) {
      if (has60(minutes, minute)) {
        const second = from60(seconds, time % 60);
        if (second >= 0) return hour * 3600 + minute * 60 + second;
      }
      const next = from60(minutes, minute + 1);
      if (next >= 0) return hour * 3600 + next * 60 + from60(seconds, 0);
    }
    const later = hours & (-1 << (hour + 1));
    return later === 0 ? -1 : lowest(later) * 3600 + from60(minutes, 0) * 60 + from60(seconds, 0);
  }

  /** The last matching time of day up to `time`, in seconds, or -1. */
  private timeUpTo(time: number): number {
    const { seconds, minutes, hours } = this.fields;
    const hour = Math.floor(time / 3600);
    const minute = Math.floor(time / 60) % 60;
    if (((hours >>> hour) & 1) === 1) {
      if (has60(minutes, minute)) {
        const second = upTo60(seconds, time % 60);
        if (second >= 0) return hour * 3600 + minute * 60 + second;
      }
      const previous = upTo60(minutes, minute - 1);
      if (previous >= 0) return hour * 3600 + previous * 60 + upTo60(seconds, 59);
    }
    const earlier = hours & upTo(hour - 1);
    return earlier === 0 ? -1 : highest(earlier) * 3600 + upTo60(minutes, 59) * 60 + upTo60(seconds, 59);
  }
}

/** The matching days of a month as bits. */
function daysOf(fields: CronFields, month: Month): number {
  if (((fields.months >>> month.month) & 1) === 0) return 0;
  if (fields.years !== null && !fields.years.has(month.year)) return 0;
  const { dayRule } = fields;
  const byDay = dayRule === 'weekday' ? 0 : daysByNumber(fields, month);
  const byWeekday = dayRule === 'day' ? 0 : daysByWeekday(fields, month);
  const days = dayRule === 'both' ? byDay & byWeekday : byDay | byWeekday;
  return days & upTo(month.length) & ~1;
}

function daysByNumber(fields: CronFields, month: Month): number {
  return fields.specialDays.reduce((days, special) => days | bitOf(specialDay(special, month)), fields.days);
}

/** The day of the month, or 0 if the month does not have it. */
function specialDay({ day, beforeLast, weekday }: SpecialDay, { firstDay, length }: Month): number {
  const date = day ?? length - beforeLast;
  if (date < 1 || date > length) return 0;
  const dayOfWeek = weekdayOf(firstDay + date - 1);
  if (!weekday || (dayOfWeek >= 1 && dayOfWeek <= 5)) return date;
  // the nearest weekday in the same month
  if (dayOfWeek === 6) return date > 1 ? date - 1 : date + 2;
  return date < length ? date + 1 : date - 2;
}

function daysByWeekday(fields: CronFields, { firstDay, length }: Month): number {
  const first = weekdayOf(firstDay);
  let days = 0;
  for (let date = 1; date <= length; date++) {
    if (((fields.weekdays >>> ((first + date - 1) % 7)) & 1) === 1) days |= 1 << date;
  }
  for (const { weekday, nth } of fields.nthWeekdays) {
    const earliest = 1 + ((weekday - first + 7) % 7);
    const date = nth === 0 ? earliest + 7 * Math.floor((length - earliest) / 7) : earliest + 7 * (nth - 1);
    if (date <= length) days |= 1 << date;
  }
  return days;
}

function bitOf(date: number): number {
  return date === 0 ? 0 : 1 << date;
}

/** The bits 0 to n. No bits if n is negative. */
function upTo(n: number): number {
  if (n < 0) return 0;
  return n >= 31 ? -1 : (2 << n) - 1;
}

function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

function highest(bits: number): number {
  return 31 - Math.clz32(bits);
}

type TwoWords = readonly [number, number];

function has60([low, high]: TwoWords, value: number): boolean {
  return (value < 30 ? (low >>> value) & 1 : (high >>> (value - 30)) & 1) === 1;
}

function from60([low, high]: TwoWords, value: number): number {
  const first = value < 30 ? low & (-1 << value) : 0;
  if (first !== 0) return lowest(first);
  const second = value <= 30 ? high : high & (-1 << (value - 30));
  return second === 0 ? -1 : 30 + lowest(second);
}

function upTo60([low, high]: TwoWords, value: number): number {
  const second = value < 30 ? 0 : high & upTo(value - 30);
  if (second !== 0) return 30 + highest(second);
  const first = low & upTo(value);
  return first === 0 ? -1 : highest(first);
}
