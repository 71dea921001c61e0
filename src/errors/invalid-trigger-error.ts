import { describeValue } from './describe-value.js';
import { SharedError } from './shared-error.js';

/** Thrown for an invalid trigger, or an invalid period, instant or source of a trigger. */
export class InvalidTriggerError extends SharedError {
  /** @internal */
  static override readonly kind: string = 'extended-scheduler.InvalidTriggerError';
  override readonly name = 'InvalidTriggerError';
  readonly code = 'INVALID_TRIGGER';
  /** The function and its argument or option, for example `intervalTrigger(every)`. */
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
