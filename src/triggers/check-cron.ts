import { checkKeys } from '../checks/check.js';
import { cronTimetable } from '../cron/cron-timetable.js';
import { InvalidCronError } from '../errors/invalid-cron-error.js';
import { InvalidTimezoneError } from '../errors/invalid-timezone-error.js';

/** Options of {@link checkCron}. */
export interface CheckCronOptions {
  /**
   * The time zone, which is checked too.
   *
   * @default 'UTC'
   */
  readonly timezone?: string | undefined;
}

/**
 * Checks a cron expression without throwing: for forms.
 *
 * ## Example
 *
 * ```ts
 * import { checkCron } from 'extended-scheduler';
 *
 * const error = checkCron('0 25 * * MON');
 * if (error?.name === 'InvalidCronError') console.log(`${error.message}\n${error.caret()}`);
 * // Logs:
 * // cron expression "0 25 * * MON": hour "25": expected 0-23
 * // 0 25 * * MON
 * //   ^
 * ```
 *
 * @param text the expression. Any value is allowed.
 * @param options the time zone.
 * @returns the error that `cronTrigger` would throw, or null if the expression is valid.
 * @throws InvalidOptionError if an option is unknown.
 * @see cronTrigger for the grammar
 */
export function checkCron(text: string, options: CheckCronOptions = {}): InvalidCronError | InvalidTimezoneError | null {
  checkKeys('checkCron(options)', options, ['timezone']);
  try {
    cronTimetable('checkCron(options.timezone)', text, options.timezone ?? 'UTC', {});
    return null;
  } catch (error) {
    if (error instanceof InvalidCronError || error instanceof InvalidTimezoneError) return error;
    throw error;
  }
}
