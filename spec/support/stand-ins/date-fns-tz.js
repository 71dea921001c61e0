// Stands in for date-fns-tz in the built package: its own reader of offsets, without the formats and locales of date-fns.

const MINUTE_MS = 60_000;

/** `formatInTimeZone` for the one format that src/cron asks for, 'xxx': the offset from UTC as +hh:mm. */
export function formatInTimeZone(date, timezone) {
  // required at the first call, not imported: it asks Intl for a format as soon as it runs
  const { tzParseTimezone } = require('../../../node_modules/date-fns-tz/dist/esm/_lib/tzParseTimezone/index.js');
  const behindMs = tzParseTimezone(timezone, date, true);
  if (Number.isNaN(behindMs)) throw new RangeError(`Invalid time zone: ${timezone}`);
  const minutes = Math.floor(Math.abs(behindMs / MINUTE_MS));
  const digits = (number) => String(number).padStart(2, '0');
  return `${behindMs > 0 ? '-' : '+'}${digits(Math.floor(minutes / 60))}:${digits(minutes % 60)}`;
}
