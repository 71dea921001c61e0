import type { CronField } from '../errors/invalid-cron-error.js';
import { InvalidCronError } from '../errors/invalid-cron-error.js';

/** One field of an expression, with the values that it allows. */
export interface FieldText {
  readonly field: CronField;
  readonly text: string;
  /** Index of its first character in the expression. */
  readonly position: number;
  readonly min: number;
  readonly max: number;
  /** Number of different values, which is also the largest step. */
  readonly size: number;
  /** Names that can replace numbers. The first one means `min`. */
  readonly names: readonly string[];
}

/** An expression split into its fields. */
export interface ExpressionText {
  readonly expression: string;
  /** Second, minute, hour, day of month, month and day of week, in this order. */
  readonly fields: readonly FieldText[];
  readonly year: FieldText | null;
  /** True if a `+` before the weekday requires both day fields to match. */
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

/** Maximum length of an expression: more than any useful one has. */
const MAX_LENGTH = 1_000;

/** Splits an expression into fields. An expression without seconds gets the second 0. */
export function normalise(expression: string): ExpressionText {
  if (expression.length > MAX_LENGTH)
    throw new InvalidCronError(
      'TOO_LONG',
      expression,
      `expected at most ${String(MAX_LENGTH)} characters, got ${String(expression.length)}`,
    );
  const text = expression.trim();
  if (text === '') throw new InvalidCronError('EMPTY', expression, 'expected 5 to 7 fields, got none');
  const zone = /^(?:CRON_)?TZ=\S*/i.exec(text)?.[0];
  if (zone !== undefined) {
    const message = `expected no ${zone} before the fields: use the option timezone`;
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
