import { cronTimetable } from '../cron/cron-timetable.js';
import type { DstRule } from '../cron/cron-timetable.js';
import { checkKeys, oneOf } from '../checks/check.js';
import type { InstantLike } from '../model/instant.js';
import { boundedTimetable } from '../timetables/bounded-timetable.js';
import { bounds } from './bounds.js';
import { checkTriggerOptions, createTrigger } from './trigger.js';
import type { Trigger, TriggerOptions } from './trigger.js';

/** Options of {@link cronTrigger}. */
export interface CronOptions extends TriggerOptions {
  /** `'UTC'`, `'GMT'`, an IANA zone name or link such as `'Europe/London'`, or a fixed offset `±HH:MM`. Default `'UTC'`. */
  readonly timezone?: string | undefined;
  /** Nothing is due before it; inclusive. Default: the start of the subscription. */
  readonly startTime?: InstantLike | undefined;
  /** Nothing is due after it; inclusive. Default: none. */
  readonly endTime?: InstantLike | undefined;
  /** What a change of the clocks does. Default as in cronie: see below. */
  readonly dst?: DstRule | undefined;
}

/**
 * Fires when the local time of a zone matches a cron expression.
 *
 * Five fields (minute, hour, day of month, month, day of week), six (seconds first) or seven (year last): lists, ranges that may
 * wrap, steps, names, `?`, `L`, `L-n`, `nL`, `nW`, `LW`, `n#k`, and nicknames such as `@daily`. Where both day fields are
 * restricted either matches; a `+` before the weekday asks for both.
 *
 * At a change of the clocks, an expression whose second, minute or hour begins with `*` follows real time. Any other that is due
 * inside a jump forward runs once, at the jump, and in a repeated hour runs in the first pass only. `dst` changes that.
 *
 * When late it fires once for all that was missed; what comes due in a pause is dropped and reported on resume.
 *
 * ## Example
 *
 * ```ts
 * import { cronTrigger, nextFireTimes } from 'extended-scheduler';
 *
 * const opening = cronTrigger('0 9 * * MON-FRI', { timezone: 'America/New_York' });
 * const [next] = nextFireTimes(opening, { from: new Date('2026-11-27T15:00:00Z'), count: 1 });
 * console.log(new Date(next!).toISOString());
 * // Logs:
 * // 2026-11-30T14:00:00.000Z
 * ```
 *
 * @throws InvalidCronError when the expression is not of the dialect; it names the field and the allowed range.
 * @throws InvalidTimezoneError when this host does not know the zone, or its name is one of ICU's three-letter names such as `BST`.
 * @throws InvalidOptionError when an option is unknown or not what it must be.
 * @see the manual, "CronTrigger"
 */
export function cronTrigger(expression: string, options: CronOptions = {}): Trigger {
  checkTriggerOptions('cronTrigger', options, ['timezone', 'startTime', 'endTime', 'dst']);
  const { start, end } = bounds('cronTrigger', options);
  const { timezone = 'UTC' } = options;
  const rule = checkedRule(options.dst ?? {});
  const timetable = cronTimetable('cronTrigger(options.timezone)', expression, timezone, rule);
  return createTrigger('cron', boundedTimetable(timetable, start, end), options);
}

function checkedRule(rule: DstRule): DstRule {
  checkKeys('cronTrigger(options.dst)', rule, ['gap', 'repeated']);
  const { gap, repeated } = rule;
  oneOf('cronTrigger(options.dst.gap)', gap, ['run', 'skip']);
  oneOf('cronTrigger(options.dst.repeated)', repeated, ['first', 'both']);
  return { gap, repeated };
}
