import { InvalidOptionError } from './invalid-option-error.js';

/** Thrown at the call when the option `timezone` is not a zone that is taken, or this host's `Intl` does not know it. */
export class InvalidTimezoneError extends InvalidOptionError {
  /** @internal */
  static override readonly kind: string = 'extended-scheduler.InvalidTimezoneError';
  override readonly name = 'InvalidTimezoneError';
  override readonly code = 'INVALID_TIMEZONE';
  /** The zone as it was given. */
  readonly timezone: unknown;

  constructor(place: string, timezone: unknown) {
    super(place, timezone, "an IANA time zone such as 'Europe/London', 'UTC', or an offset such as '+05:30'");
    this.timezone = timezone;
  }
}
