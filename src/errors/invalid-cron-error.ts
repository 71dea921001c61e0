import { describeValue } from './describe-value.js';
import { SharedError } from './shared-error.js';

/** What is wrong with a cron expression. */
export type CronErrorCode =
  'EMPTY' | 'NOT_A_STRING' | 'TOO_LONG' | 'TIMEZONE' | 'FIELD_COUNT' | 'UNKNOWN_NICKNAME' | 'BAD_FIELD' | 'OUT_OF_RANGE' | 'BAD_STEP';

/** A field of a cron expression, in the order in which they are written. */
export type CronField = 'second' | 'minute' | 'hour' | 'day of month' | 'month' | 'day of week' | 'year';

/** Thrown at the call when a cron expression is outside the dialect: names the field, the value and the allowed range. */
export class InvalidCronError extends SharedError {
  /** @internal */
  static override readonly kind: string = 'extended-scheduler.InvalidCronError';
  override readonly name = 'InvalidCronError';
  readonly code: CronErrorCode;
  /** The expression as it was given. */
  readonly expression: unknown;
  /** The field that is wrong, or null where the whole expression is. */
  readonly field: CronField | null;
  /** Where the field, or the wrong part of it, begins in the expression: 0 is the first character; null for the whole. */
  readonly position: number | null;

  constructor(code: CronErrorCode, expression: unknown, message: string, field: CronField | null = null, position: number | null = null) {
    super(`cron expression ${describeValue(expression)}: ${message}`);
    this.code = code;
    this.expression = expression;
    this.field = field;
    this.position = position;
  }
}
