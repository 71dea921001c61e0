import { describeValue } from './describe-value.js';
import { SharedError } from './shared-error.js';

/** Thrown at the call when a trigger is given a period, an instant or a source that it cannot work with. */
export class InvalidTriggerError extends SharedError {
  /** @internal */
  static override readonly kind: string = 'extended-scheduler.InvalidTriggerError';
  override readonly name = 'InvalidTriggerError';
  readonly code = 'INVALID_TRIGGER';
  /** Which argument or option of which function it was, for example `intervalTrigger(every)`. */
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
