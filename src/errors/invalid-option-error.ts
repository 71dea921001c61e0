import { describeValue } from './describe-value.js';
import { SharedError } from './shared-error.js';

/** Thrown at the call when a job id, a job function or an option is not what it must be. */
export class InvalidOptionError extends SharedError {
  /** @internal */
  static override readonly kind: string = 'extended-scheduler.InvalidOptionError';
  override readonly name: 'InvalidOptionError' | 'InvalidTimezoneError' = 'InvalidOptionError';
  readonly code: 'INVALID_OPTION' | 'INVALID_TIMEZONE' = 'INVALID_OPTION';
  /** Which argument or option of which function it was, for example `addJob(options.maxRuns)`. */
  readonly place: string;
  /** The value as it was given. */
  readonly value: unknown;
  /** What would have been taken. */
  readonly allowed: string;

  constructor(place: string, value: unknown, allowed: string) {
    super(`${place}: expected ${allowed}, got ${describeValue(value)}`);
    this.place = place;
    this.value = value;
    this.allowed = allowed;
  }
}
