import { flag } from '../checks/check.js';
import { describeValue } from '../errors/describe-value.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import type { DurationLike } from '../model/duration.js';
import { durationMs } from '../model/duration.js';
import type { InstantLike } from '../model/instant.js';
import type { IntervalDefinition } from '../model/trigger-definition.js';
import { intervalTimetable } from '../timetables/interval-timetable.js';
import { sinceTimetable } from '../timetables/since-timetable.js';
import { spacedTimetable } from '../timetables/spaced-timetable.js';
import { bounds, boundsDefinition, sinceOption } from './bounds.js';
import type { DefinitionReader } from './definition-reader.js';
import type { Trigger, TriggerDefaults, TriggerOptions } from './trigger.js';
import { checkTriggerOptions, commonDefinition, createTrigger, sharedDefinition } from './trigger.js';

const SPACED: TriggerDefaults = { misfire: 'once', overlap: 'skip', whilePaused: 'freeze', spaced: true };

/** Options of {@link intervalTrigger}. */
export interface IntervalOptions extends TriggerOptions {
  /**
   * The start of the grid of fires. Occurrences before the subscription are not caught up.
   *
   * @default none: each subscription has its own grid from its start
   */
  readonly startTime?: InstantLike | undefined;
  /**
   * The last instant at which it may be due, inclusive.
   *
   * @default none
   */
  readonly endTime?: InstantLike | undefined;
  /**
   * With `startTime`: occurrences after this instant that have passed at the start are late, and the misfire policy handles them. Pass the
   * `scheduledAt` of the last run before a restart.
   *
   * @default none: occurrences before the start are dropped
   */
  readonly since?: InstantLike | undefined;
  /**
   * True fires at once and not only after one period. Has no effect with `startTime`.
   *
   * @default false
   */
  readonly immediate?: boolean | undefined;
  /**
   * True starts the next period when the run has ended: a fixed delay instead of a fixed rate.
   *
   * @default false
   */
  readonly spaced?: boolean | undefined;
}

/**
 * Fires repeatedly, one period apart, without drift: every fire is a multiple of the period, however long the work takes.
 *
 * Without `startTime` and `endTime` it is on the elapsed axis: a pause keeps the remaining delay. With one of them it is on the wall axis,
 * on the grid `startTime + k · period`, and occurrences during a pause are dropped.
 *
 * ```text
 * intervalTrigger(2000)                          --0-1-2-3
 * intervalTrigger(2000, { immediate: true })     0-1-2-3-4
 * paused from 3 s to 6 s                         --0-...-1-2        the remaining second is kept
 * intervalTrigger(2000, { spaced: true })        --0===--1===--2    each run takes 1.5 s
 * ```
 *
 * ## Example
 *
 * ```ts
 * import { intervalTrigger } from 'extended-scheduler';
 *
 * intervalTrigger({ seconds: 5 }, { maxRuns: 3 }).subscribe((fire) => console.log(fire.index));
 * // Logs:
 * // 0
 * // 1
 * // 2
 * ```
 *
 * When it is late (a blocked event loop, a machine that slept), it fires once for all missed occurrences, with `missedCount`. A DST change
 * has no effect: a period is real time.
 *
 * @param every the period: ms, or an object such as `{ minutes: 5 }`. At least 1 ms.
 * @param options bounds, `immediate`, `spaced`, and options of every trigger.
 * @returns a trigger on the elapsed axis, or on the wall axis with `startTime` or `endTime`.
 * @throws InvalidTriggerError if the period is not a duration of at least 1 ms.
 * @throws InvalidOptionError if an option is unknown or not valid.
 * @see the manual, "IntervalTrigger", for the Python version
 */
export function intervalTrigger(every: DurationLike, options: IntervalOptions = {}): Trigger {
  checkTriggerOptions('intervalTrigger', options, ['startTime', 'endTime', 'since', 'immediate', 'spaced']);
  flag('intervalTrigger(options.immediate)', options.immediate);
  flag('intervalTrigger(options.spaced)', options.spaced);
  const periodMs = checkedPeriod('intervalTrigger(every)', every);
  const limits = bounds('intervalTrigger', options);
  const since = sinceOption('intervalTrigger', options.since);
  const { start, end } = limits;
  const wall = start !== -Infinity || end !== Infinity;
  if (since !== undefined && start === -Infinity)
    throw new InvalidOptionError(
      'intervalTrigger(options.since)',
      options.since,
      'a startTime beside it: without one there is no earlier grid',
    );
  const immediate = options.immediate === true;
  const describe = (): IntervalDefinition => ({
    type: 'interval',
    everyMs: periodMs,
    ...boundsDefinition(limits),
    ...(since !== undefined && { since }),
    ...(immediate && { immediate }),
    ...(options.spaced === true && { spaced: true }),
    ...commonDefinition(options),
  });
  if (options.spaced === true) {
    if (wall)
      throw new InvalidOptionError(
        'intervalTrigger(options.spaced)',
        true,
        'no startTime and no endTime beside it: a spaced trigger has no grid',
      );
    return createTrigger('interval', spacedTimetable(periodMs, immediate), options, describe(), SPACED);
  }
  const origin = start === -Infinity ? null : start;
  const timetable = intervalTimetable({ axis: wall ? 'wall' : 'elapsed', periodMs, origin, immediate, end });
  if (!wall && !immediate) return createTrigger('interval', timetable, options, sharedDefinition(timetable, options, describe));
  return createTrigger('interval', since === undefined ? timetable : sinceTimetable(timetable, since), options, describe());
}

function checkedPeriod(place: string, every: DurationLike): number {
  const periodMs = durationMs(every);
  if (periodMs >= 1 && periodMs < Infinity) return periodMs;
  const hint =
    periodMs > 0 && periodMs < 1 && typeof every === 'number' ? `; numbers are ms: did you mean { seconds: ${describeValue(every)} }?` : '';
  throw new InvalidTriggerError(place, every, `a finite duration of at least 1 ms, such as 5000 or { seconds: 5 }${hint}`);
}

/** Reads the definition of an {@link intervalTrigger}. */
export const intervalReader: DefinitionReader<IntervalDefinition> = {
  fields: ['everyMs', 'startTime', 'endTime', 'since', 'immediate', 'spaced', 'maxRuns', 'misfire'],
  read: ({ everyMs, ...options }, { clock }) => intervalTrigger(everyMs, { ...options, clock }),
};
