import { InvalidOptionError } from './invalid-option-error.js';

/** Thrown for an option `timezone` that is not a zone, or that `Intl` of this host does not know. */
export class InvalidTimezoneError extends InvalidOptionError {
  /** @internal */
  static override readonly kind: string = 'extended-scheduler.InvalidTimezoneError';
  override readonly name = 'InvalidTimezoneError';
  override readonly code = 'INVALID_TIMEZONE';
  /** The zone that was passed. */
  readonly timezone: unknown;

  constructor(place: string, timezone: unknown) {
    super(place, timezone, "an IANA time zone such as 'Europe/London', 'UTC', or an offset such as '+05:30'");
    this.timezone = timezone;
  }
}
