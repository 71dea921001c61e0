import type { CronErrorCode } from '../errors/invalid-cron-error.js';
import { InvalidCronError } from '../errors/invalid-cron-error.js';
import type { ExpressionText, FieldText } from './normalise.js';

/** One item of a field's list as numbers. */
export interface ItemRange {
  readonly from: number;
  /** The last value, inclusive. Less than `from` in a range that wraps. */
  readonly to: number;
  readonly step: number;
}

/** Splits a field at its commas. */
export function itemsOf(whole: ExpressionText, field: FieldText): string[] {
  const items = field.text.split(',');
  if (items.includes('')) throw fieldError(whole, field, 'BAD_FIELD', field.text, 'an item on both sides of each comma');
  return items;
}

/** Reads `*`, `?`, `a` or `a-b`, each with an optional `/n`, as numbers or names. A range may wrap: it may end before it starts. */
export function readRange(whole: ExpressionText, field: FieldText, item: string): ItemRange {
  const match = /^(?:([*?])|([A-Za-z]{3}|\d+)(?:-([A-Za-z]{3}|\d+))?)(?:\/(\d+))?$/.exec(item);
  if (match === null)
    throw fieldError(whole, field, 'BAD_FIELD', item, `*, a value from ${valuesIn(field)}, a range a-b, or one of these with a step /n`);
  const [, star, first, last, stepText] = match;
  if (star === '?' && field.field !== 'day of month' && field.field !== 'day of week') {
    throw fieldError(whole, field, 'BAD_FIELD', item, '? in a day field only');
  }
  const from = first === undefined ? field.min : readValue(whole, field, first);
  const isOpen = first === undefined || (last === undefined && stepText !== undefined);
  // a weekday with a step continues to the Sunday at the end of its week
  const highest = field.field === 'day of week' && first === undefined ? 6 : field.max;
  const to = isOpen ? highest : last === undefined ? from : readValue(whole, field, last);
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

/** Creates the error for a wrong item. It names the field, the item and the allowed values. */
export function fieldError(whole: ExpressionText, field: FieldText, code: CronErrorCode, item: string, allowed: string): InvalidCronError {
  const at = Math.max(0, field.text.indexOf(item));
  const message = `${field.field} ${JSON.stringify(item)}: expected ${allowed}`;
  return new InvalidCronError(code, whole.expression, message, field.field, field.position + at);
}

/** The allowed values of a field as text: `1-12 or JAN-DEC`. */
function valuesIn({ min, max, names }: FieldText): string {
  return `${String(min)}-${String(max)}${names.length > 0 ? ` or ${names[0] ?? ''}-${names.at(-1) ?? ''}` : ''}`;
}
