import { checkKeys, oneOf } from '../checks/check.js';
import { cronTimetable } from '../cron/cron-timetable.js';
import type { DstRule } from '../model/dst-rule.js';
import { GAP_RULES, REPEAT_RULES } from '../model/dst-rule.js';
import type { InstantLike } from '../model/instant.js';
import type { CronDefinition } from '../model/trigger-definition.js';
import { boundedTimetable } from '../timetables/bounded-timetable.js';
import { sinceTimetable } from '../timetables/since-timetable.js';
import { bounds, boundsDefinition, sinceOption } from './bounds.js';
import type { DefinitionReader } from './definition-reader.js';
import type { Trigger, TriggerOptions } from './trigger.js';
import { checkTriggerOptions, commonDefinition, createTrigger, sharedDefinition } from './trigger.js';

/** Options of {@link cronTrigger}. */
export interface CronOptions extends TriggerOptions {
  /**
   * `'UTC'`, `'GMT'`, an IANA zone name or link such as `'Europe/London'`, or a fixed offset `±HH:MM`.
   *
   * @default 'UTC'
   */
  readonly timezone?: string | undefined;
  /**
   * The first instant at which it may fire, inclusive.
   *
   * @default the start of the subscription
   */
  readonly startTime?: InstantLike | undefined;
  /**
   * The last instant at which it may be due, inclusive.
   *
   * @default none
   */
  readonly endTime?: InstantLike | undefined;
  /**
   * Occurrences after this instant that have passed at the start are late, and the misfire policy handles them: they were missed while the
   * process was down. Pass the `scheduledAt` of the last run.
   *
   * @default none: occurrences before the start are dropped
   */
  readonly since?: InstantLike | undefined;
  /**
   * What happens to times that a change of the clocks skips or repeats.
   *
   * @default as in cronie, see {@link cronTrigger}
   */
  readonly dst?: DstRule | undefined;
}

/**
 * Fires when the local time of a zone matches a cron expression.
 *
 * An expression has five fields (minute, hour, day of month, month, day of week), six (seconds first) or seven (year last). Fields hold
 * lists, ranges that may wrap, steps, names, `?`, `L`, `L-n`, `nL`, `nW`, `LW` and `n#k`. Nicknames such as `@daily` work too. If both day
 * fields are restricted, either must match. A `+` before the weekday requires both to match.
 *
 * When the clocks change, an expression whose second, minute or hour begins with `*` follows real time. Any other expression fires once, at
 * the jump, for its times inside a jump forward, and only the first time in a repeated hour. The option `dst` changes that.
 *
 * When it is late, it fires once for all missed occurrences. Occurrences during a pause are dropped and reported on resume.
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
 * @param expression the cron expression.
 * @param options the time zone, bounds, the DST rule, and options of every trigger.
 * @returns a trigger on the wall axis.
 * @throws InvalidCronError if the expression is not valid. The message names the field and what is allowed.
 * @throws InvalidTimezoneError if this host does not know the zone, or if only ICU defines its name, such as `BST`.
 * @throws InvalidOptionError if an option is unknown or not valid.
 * @see the manual, "CronTrigger", for the Python version
 */
export function cronTrigger(expression: string, options: CronOptions = {}): Trigger {
  checkTriggerOptions('cronTrigger', options, ['timezone', 'startTime', 'endTime', 'since', 'dst']);
  const limits = bounds('cronTrigger', options);
  const since = sinceOption('cronTrigger', options.since);
  const { timezone = 'UTC' } = options;
  const rule = checkedRule(options.dst ?? {});
  const timetable = cronTimetable('cronTrigger(options.timezone)', expression, timezone, rule);
  const bounded = boundedTimetable(timetable, limits.start, limits.end);
  const describe = (): CronDefinition => ({
    type: 'cron',
    expression,
    timezone,
    ...boundsDefinition(limits),
    ...(since !== undefined && { since }),
    ...((rule.gap ?? rule.repeated) !== undefined && { dst: rule }),
    ...commonDefinition(options),
  });
  if (since !== undefined) return createTrigger('cron', sinceTimetable(bounded, since), options, describe());
  const definition = bounded === timetable ? sharedDefinition(timetable, options, describe) : describe();
  return createTrigger('cron', bounded, options, definition);
}

function checkedRule(rule: DstRule): DstRule {
  checkKeys('cronTrigger(options.dst)', rule, ['gap', 'repeated']);
  const { gap, repeated } = rule;
  oneOf('cronTrigger(options.dst.gap)', gap, GAP_RULES);
  oneOf('cronTrigger(options.dst.repeated)', repeated, REPEAT_RULES);
  return Object.freeze({ ...(gap !== undefined && { gap }), ...(repeated !== undefined && { repeated }) });
}

/** Reads the definition of a {@link cronTrigger}. */
export const cronReader: DefinitionReader<CronDefinition> = {
  fields: ['expression', 'timezone', 'startTime', 'endTime', 'since', 'dst', 'maxRuns', 'misfire'],
  read: ({ expression, ...options }, { clock }) => cronTrigger(expression, { ...options, clock }),
};
