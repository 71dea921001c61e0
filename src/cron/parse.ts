import { CronExpressionParser } from 'cron-parser';
import type { ItemRange } from './field-items.js';
import { fieldError, itemsOf, readRange, readValue } from './field-items.js';
import type { ExpressionText, FieldText } from './normalise.js';
import { normalise } from './normalise.js';

/** An expression as bit masks over local fields: bit n means the value n. */
export interface CronFields {
  /** Seconds and minutes use two numbers: the first holds 0 to 29, the second 30 to 59 as bits 0 to 29. */
  readonly seconds: readonly [number, number];
  readonly minutes: readonly [number, number];
  readonly hours: number;
  readonly months: number;
  /** Days of the month that are given as numbers. */
  readonly days: number;
  /** Days that depend on the length or the weekdays of the month. */
  readonly specialDays: readonly SpecialDay[];
  /** Weekdays, 0 is Sunday. */
  readonly weekdays: number;
  /** The n-th of a weekday in the month. 0 means the last. */
  readonly nthWeekdays: readonly { readonly weekday: number; readonly nth: number }[];
  /** Which day fields count: one of them, either of them, or both together. */
  readonly dayRule: 'day' | 'weekday' | 'either' | 'both';
  /** The years, or null for every year. */
  readonly years: ReadonlySet<number> | null;
  /** True if the second, minute or hour begins with `*`. Such a job follows real time when the clocks change. */
  readonly everyTime: boolean;
}

/** The day `day`, or `beforeLast` days before the last day of the month. `weekday` moves it to the nearest weekday. */
export interface SpecialDay {
  readonly day: number | null;
  readonly beforeLast: number;
  readonly weekday: boolean;
}

type SixFields = readonly [FieldText, FieldText, FieldText, FieldText, FieldText, FieldText];

/** Reads an expression. @throws InvalidCronError if it is not valid. */
export function parseCron(expression: string): CronFields {
  const whole = normalise(expression);
  const [second, minute, hour, day, month, weekday] = whole.fields as SixFields;
  const days = parseDays(whole, day);
  const weekdays = parseWeekdays(whole, weekday);
  const lists = [second, minute, hour, days.plain, month, weekdays.plain].map((part) =>
    'plain' in part ? part : { field: part, plain: itemsOf(whole, part) },
  );
  const [seconds = [], minutes = [], hours = [], dates = [], months = [], daysOfWeek = []] = valuesOf(whole, lists);
  return {
    seconds: twoWords(seconds),
    minutes: twoWords(minutes),
    hours: mask(hours),
    months: mask(months),
    days: mask(dates),
    specialDays: days.special,
    weekdays: mask(daysOfWeek.map((value) => value % 7)),
    nthWeekdays: weekdays.nth,
    dayRule: dayRule(whole, day, weekday),
    years: whole.year === null || whole.year.text === '*' ? null : yearsOf(whole, whole.year),
    everyTime: [second, minute, hour].some((field) => field.text.startsWith('*')),
  };
}

function dayRule(whole: ExpressionText, day: FieldText, weekday: FieldText): CronFields['dayRule'] {
  if (isOpen(weekday)) return 'day';
  if (isOpen(day)) return 'weekday';
  return whole.bothDays ? 'both' : 'either';
}

/** A day field is open only if it is exactly `*` or `?`. */
function isOpen(field: FieldText): boolean {
  return field.text === '*' || field.text === '?';
}

/** The items of one field that do not depend on the month. */
interface PlainItems {
  readonly field: FieldText;
  readonly plain: readonly string[];
}

/**
 * Lets cron-parser read the values of all six fields, after ranges that wrap have been split.
 *
 * Reads the whole expression at once. If cron-parser rejects it, reads item by item: cron-parser rejects lists that overlap and dates
 * that never come, which are valid here.
 */
function valuesOf(whole: ExpressionText, lists: readonly PlainItems[]): readonly (readonly number[])[] {
  const texts = lists.map(({ field, plain }) => plain.flatMap((item) => plainItems(field, readRange(whole, field, item))));
  try {
    const values = cronParserValues(texts.map((items) => (items.length === 0 ? '*' : items.join(','))));
    return texts.map((items, index) => (items.length === 0 ? [] : (values[index] ?? [])));
  } catch {
    return texts.map((items, index) =>
      items.flatMap((item) => cronParserValues([...EVERY_TIME.slice(0, index), item, ...EVERY_TIME.slice(index + 1)])[index] ?? []),
    );
  }
}

/** An expression that accepts every time. One field at a time is replaced in it. */
const EVERY_TIME: readonly string[] = ['0', '*', '*', '*', '*', '*'];

function cronParserValues(fields: readonly string[]): readonly (readonly number[])[] {
  const { second, minute, hour, dayOfMonth, month, dayOfWeek } = CronExpressionParser.parse(fields.join(' ')).fields;
  return [second, minute, hour, dayOfMonth, month, dayOfWeek].map(({ values }) => values.filter((value) => typeof value === 'number'));
}

function plainItems(field: FieldText, { from, to, step }: ItemRange): string[] {
  if (from <= to) return [step > to - from ? String(from) : `${String(from)}-${String(to)}/${String(step)}`];
  // Sunday is 0 or 7. At the end of a range it is 7
  const end = field.field === 'day of week' && to === 0 ? 7 : to;
  if (from <= end) return [`${String(from)}-${String(end)}/${String(step)}`];
  const min = field.field === 'day of week' ? 0 : field.min;
  const highest = field.field === 'day of week' ? 6 : field.max;
  const size = highest - min + 1;
  const wrapped: string[] = [];
  for (let value = from; value <= end + size; value += step) wrapped.push(String(value > highest ? value - size : value));
  return wrapped;
}

function parseDays(whole: ExpressionText, field: FieldText): { readonly plain: PlainItems; readonly special: SpecialDay[] } {
  const plain: string[] = [];
  const special: SpecialDay[] = [];
  for (const item of itemsOf(whole, field)) {
    const match = /^(?:(L)(?:-(\d+))?|(\d+))(W)?$/i.exec(item);
    const [, last, before, day, nearest] = match ?? [];
    if (match === null || (last === undefined && nearest === undefined)) {
      plain.push(item);
    } else if (last !== undefined) {
      const beforeLast = before === undefined ? 0 : Number(before);
      if (before !== undefined && beforeLast > 30) throw fieldError(whole, field, 'OUT_OF_RANGE', item, 'L-n with n from 0 to 30');
      special.push({ day: null, beforeLast, weekday: nearest !== undefined });
    } else {
      special.push({ day: readValue(whole, field, day ?? ''), beforeLast: 0, weekday: true });
    }
  }
  return { plain: { field, plain }, special };
}

function parseWeekdays(whole: ExpressionText, field: FieldText): { readonly plain: PlainItems; readonly nth: CronFields['nthWeekdays'] } {
  const plain: string[] = [];
  const nth: { weekday: number; nth: number }[] = [];
  for (const item of itemsOf(whole, field)) {
    const match = /^([A-Za-z]{3}|\d+)(?:L|#(\d+|L))$/i.exec(item);
    if (match === null) {
      plain.push(item);
      continue;
    }
    const [, weekday, which] = match;
    const number = which === undefined || which.toUpperCase() === 'L' ? 0 : /^[1-5]$/.test(which) ? Number(which) : NaN;
    if (Number.isNaN(number)) throw fieldError(whole, field, 'OUT_OF_RANGE', item, 'n#k with k from 1 to 5, or L for the last');
    nth.push({ weekday: readValue(whole, field, weekday ?? '') % 7, nth: number });
  }
  return { plain: { field, plain }, nth };
}

/** cron-parser has no field for years. */
function yearsOf(whole: ExpressionText, field: FieldText): Set<number> {
  const years: Set<number> = new Set();
  for (const item of itemsOf(whole, field)) {
    const { from, to, step } = readRange(whole, field, item);
    if (to < from) throw fieldError(whole, field, 'OUT_OF_RANGE', item, 'a range of years that does not end before it begins');
    for (let year = from; year <= to; year += step) years.add(year);
  }
  return years;
}

function mask(bits: readonly number[]): number {
  return bits.reduce((sum, bit) => sum | (1 << bit), 0);
}

function twoWords(bits: readonly number[]): [number, number] {
  return [mask(bits.filter((bit) => bit < 30)), mask(bits.filter((bit) => bit >= 30).map((bit) => bit - 30))];
}
