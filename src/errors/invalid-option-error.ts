import { describeValue } from './describe-value.js';
import { SharedError } from './shared-error.js';

/** Thrown for an invalid job id, job function or option. */
export class InvalidOptionError extends SharedError {
  /** @internal */
  static override readonly kind: string = 'extended-scheduler.InvalidOptionError';
  override readonly name: 'InvalidOptionError' | 'InvalidTimezoneError' = 'InvalidOptionError';
  readonly code: 'INVALID_OPTION' | 'INVALID_TIMEZONE' = 'INVALID_OPTION';
  /** The function and its argument or option, for example `addJob(options.maxRuns)`. */
  readonly place: string;
  /** The value that was passed. */
  readonly value: unknown;
  /** What is allowed. */
  readonly allowed: string;

  constructor(place: string, value: unknown, allowed: string) {
    super(`${place}: expected ${allowed}, got ${describeValue(value)}`);
    this.place = place;
    this.value = value;
    this.allowed = allowed;
  }
}
