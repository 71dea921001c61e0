import { InvalidCronError } from '../errors/invalid-cron-error.js';
import type { CronErrorCode, CronField } from '../errors/invalid-cron-error.js';

/** One field of an expression: where it stands, and what may stand in it. */
export interface FieldText {
  readonly field: CronField;
  readonly text: string;
  /** Where it begins in the expression. */
  readonly position: number;
  readonly min: number;
  readonly max: number;
  /** How many different values it has, which is the largest step. */
  readonly size: number;
  /** Names in place of numbers, the first standing for `min`. */
  readonly names: readonly string[];
}

/** An expression taken apart, every field in its place. */
export interface ExpressionText {
  readonly expression: string;
  /** Second, minute, hour, day of month, month, day of week, in this order. */
  readonly fields: readonly FieldText[];
  readonly year: FieldText | null;
  /** Whether a `+` before the weekday asks that both day fields match. */
  readonly bothDays: boolean;
}

const MONTHS: readonly string[] = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS: readonly string[] = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

type Shape = Pick<FieldText, 'field' | 'min' | 'max' | 'size' | 'names'>;
const SHAPES: readonly Shape[] = [
  { field: 'second', min: 0, max: 59, size: 60, names: [] },
  { field: 'minute', min: 0, max: 59, size: 60, names: [] },
  { field: 'hour', min: 0, max: 23, size: 24, names: [] },
  { field: 'day of month', min: 1, max: 31, size: 31, names: [] },
  { field: 'month', min: 1, max: 12, size: 12, names: MONTHS },
  { field: 'day of week', min: 0, max: 7, size: 7, names: WEEKDAYS },
];
const YEAR: Shape = { field: 'year', min: 1970, max: 2199, size: 230, names: [] };

const NICKNAMES: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** Longer than any expression with a meaning. */
const LONGEST = 1_000;

/** Takes an expression apart into fields, and fills in the seconds where they are left out. */
export function normalise(expression: string): ExpressionText {
  if (expression.length > LONGEST)
    throw new InvalidCronError('TOO_LONG', expression, `expected at most ${String(LONGEST)} characters, got ${String(expression.length)}`);
  const text = expression.trim();
  if (text === '') throw new InvalidCronError('EMPTY', expression, 'expected 5 to 7 fields, got none');
  const zone = /^(?:CRON_)?TZ=\S*/i.exec(text)?.[0];
  if (zone !== undefined) {
    const message = `expected no ${zone} before the fields: the zone is given in the option timezone`;
    throw new InvalidCronError('TIMEZONE', expression, message, null, expression.indexOf(zone));
  }
  if (text.startsWith('@')) return normaliseNickname(expression, text);
  const words = [...expression.matchAll(/\S+/g)].map((match) => ({ text: match[0], position: match.index }));
  if (words.length < 5 || words.length > 7) {
    throw new InvalidCronError(
      'FIELD_COUNT',
      expression,
      `expected 5 fields, 6 (seconds first) or 7 (year last), got ${String(words.length)}`,
    );
  }
  if (words.length === 5) words.unshift({ text: '0', position: 0 });
  const fields = SHAPES.map((shape, index): FieldText => {
    const { text: written = '', position = 0 } = words[index] ?? {};
    return { ...shape, text: written, position };
  });
  const weekday = fields[5];
  const bothDays = weekday?.text.startsWith('+') === true;
  if (weekday !== undefined && bothDays) fields[5] = { ...weekday, text: weekday.text.slice(1), position: weekday.position + 1 };
  const year = words[6];
  return { expression, fields, year: year === undefined ? null : { ...YEAR, ...year }, bothDays };
}

function normaliseNickname(expression: string, text: string): ExpressionText {
  const name = text.toLowerCase();
  const meaning = Object.hasOwn(NICKNAMES, name) ? NICKNAMES[name] : undefined;
  if (meaning === undefined)
    throw new InvalidCronError('UNKNOWN_NICKNAME', expression, `expected one of ${Object.keys(NICKNAMES).join(', ')}`);
  return { ...normalise(meaning), expression };
}

/** One item of a field's list, in numbers. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** Makes the error of a wrong item: it names the field, the item and what is allowed. */
export function fieldError(whole: ExpressionText, field: FieldText, code: CronErrorCode, item: string, allowed: string): InvalidCronError {
  const at = Math.max(0, field.text.indexOf(item));
  const message = `${field.field} ${JSON.stringify(item)}: expected ${allowed}`;
  return new InvalidCronError(code, whole.expression, message, field.field, field.position + at);
}

/** The values of a field in words: `1-12 or JAN-DEC`. */
function valuesIn({ min, max, names }: FieldText): string {
  return `${String(min)}-${String(max)}${names.length > 0 ? ` or ${names[0] ?? ''}-${names.at(-1) ?? ''}` : ''}`;
}

/** Reads `*`, `?`, `a`, `a-b`, each with `/n`, in numbers or names. A range may wrap: its end is then before its start. */
export function readRange(whole: ExpressionText, field: FieldText, item: string): Range {
  const match = /^(?:([*?])|([A-Za-z]{3}|\d+)(?:-([A-Za-z]{3}|\d+))?)(?:\/(\d+))?$/.exec(item);
  if (match === null)
    throw fieldError(whole, field, 'BAD_FIELD', item, `*, a value from ${valuesIn(field)}, a range a-b, or one of these with a step /n`);
  const [, star, first, last, stepText] = match;
  if (star === '?' && field.field !== 'day of month' && field.field !== 'day of week') {
    throw fieldError(whole, field, 'BAD_FIELD', item, '? in a day field only');
  }
  const from = first === undefined ? field.min : readValue(whole, field, first);
  const open = first === undefined || (last === undefined && stepText !== undefined);
  // a weekday with a step goes on to the Sunday at the end of its week
  const highest = field.field === 'day of week' && first === undefined ? 6 : field.max;
  const to = open ? highest : last === undefined ? from : readValue(whole, field, last);
  const step = stepText === undefined ? 1 : Number(stepText);
  if (step < 1 || step > field.size) throw fieldError(whole, field, 'BAD_STEP', item, `a step from 1 to ${String(field.size)}`);
  return { from, to, step };
}

/** Reads a number or a name. */
export function readValue(whole: ExpressionText, field: FieldText, text: string): number {
  const named = field.names.indexOf(text.toUpperCase());
  const value = named >= 0 ? named + field.min : /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (value >= field.min && value <= field.max) return value;
  throw fieldError(whole, field, Number.isNaN(value) && !/^\d+$/.test(text) ? 'BAD_FIELD' : 'OUT_OF_RANGE', text, valuesIn(field));
}
