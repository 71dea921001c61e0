import { describeValue } from './describe-value.js';
import { SharedError } from './shared-error.js';

/** What is wrong with a cron expression. */
export type CronErrorCode =
  'EMPTY' | 'NOT_A_STRING' | 'TOO_LONG' | 'TIMEZONE' | 'FIELD_COUNT' | 'UNKNOWN_NICKNAME' | 'BAD_FIELD' | 'OUT_OF_RANGE' | 'BAD_STEP';

/** The fields of a cron expression, in their order. */
export type CronField = 'second' | 'minute' | 'hour' | 'day of month' | 'month' | 'day of week' | 'year';

/** Maximum length of an expression in `caret()` if all of it is wrong. */
const MAX_SHOWN = 100;

/** Thrown for an invalid cron expression. The message names the field, the value and what is allowed. */
export class InvalidCronError extends SharedError {
  /** @internal */
  static override readonly kind: string = 'extended-scheduler.InvalidCronError';
  override readonly name = 'InvalidCronError';
  readonly code: CronErrorCode;
  /** The expression that was passed. */
  readonly expression: unknown;
  /** The wrong field, or null if the whole expression is wrong. */
  readonly field: CronField | null;
  /** Index in the expression at which the wrong part begins, or null if the whole expression is wrong. */
  readonly position: number | null;

  constructor(code: CronErrorCode, expression: unknown, message: string, field: CronField | null = null, position: number | null = null) {
    super(`cron expression ${describeValue(expression)}: ${message}`);
    this.code = code;
    this.expression = expression;
    this.field = field;
    this.position = position;
  }

  /** Two lines for people: the expression, and a caret under the wrong part, or under all of it. */
  caret(): string {
    const written = typeof this.expression === 'string' ? this.expression : describeValue(this.expression);
    const text = written.replaceAll(/\s/g, ' ');
    if (this.position !== null) return `${text}\n${' '.repeat(this.position)}^`;
    const shown = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text;
    return `${shown}\n${'^'.repeat(Math.max(1, shown.length))}`;
  }
}
