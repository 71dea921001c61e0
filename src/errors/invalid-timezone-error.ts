import { describeValue } from './describe-value.js';

/** Thrown at the call when a time zone is not known to this host's `Intl`. */
export class InvalidTimezoneError extends Error {
  override readonly name = 'InvalidTimezoneError';
  readonly code = 'INVALID_TIMEZONE';
  /** The zone as it was given. */
  readonly timezone: unknown;

  constructor(place: string, timezone: unknown) {
    super(`${place}: expected an IANA time zone such as 'Europe/London' or 'UTC', got ${describeValue(timezone)}`);
    this.timezone = timezone;
  }
}
