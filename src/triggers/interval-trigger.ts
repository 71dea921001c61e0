import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import { flag } from '../checks/check.js';
import { describeValue } from '../errors/describe-value.js';
import { durationMs } from '../model/duration.js';
import type { DurationLike } from '../model/duration.js';
import type { InstantLike } from '../model/instant.js';
import { intervalTimetable } from '../timetables/interval-timetable.js';
import { spacedTimetable } from '../timetables/spaced-timetable.js';
import { bounds } from './bounds.js';
import { checkTriggerOptions, createTrigger } from './trigger.js';
import type { Trigger, TriggerDefaults, TriggerOptions } from './trigger.js';

const SPACED: TriggerDefaults = { misfire: 'once', overlap: 'skip', whilePaused: 'freeze', spaced: true };

/** Options of {@link intervalTrigger}. */
export interface IntervalOptions extends TriggerOptions {
  /** Where the grid of fires stands; a start that has passed is not caught up. Default: none: each subscription has a grid of its own, from its own moment. */
  readonly startTime?: InstantLike | undefined;
  /** The last instant at which it may be due, inclusive. Default: none. */
  readonly endTime?: InstantLike | undefined;
  /** Whether the first fire comes at once instead of after one period; without effect beside `startTime`. Default false. */
  readonly immediate?: boolean | undefined;
  /** Whether the next period begins only when the run has ended (a fixed delay instead of a fixed rate). Default false. */
  readonly spaced?: boolean | undefined;
}

/**
 * Fires again and again, one period apart, without drift: every fire is a multiple of the period, however long the work takes.
 *
 * Without `startTime` and `endTime` it stands on the elapsed axis: a pause freezes the remaining delay. With either of them it
 * stands on the wall clock, on the grid `startTime + k · period`, and what comes due in a pause is dropped.
 *
 * ```text
 * intervalTrigger(2000)                          --0-1-2-3
 * intervalTrigger(2000, { immediate: true })     0-1-2-3-4
 * paused from 3 s to 6 s                         --0-...-1-2        the second that was left stays left
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
 * When late (a blocked event loop, a sleeping machine), all that was missed becomes one fire, with `missedCount`. At a change
 * of the clocks for daylight saving nothing happens: a period is real time.
 *
 * @param every the period: ms, or `{ minutes: 5 }`; at least 1 ms.
 * @throws InvalidTriggerError when the period is not a duration of 1 ms or more.
 * @throws InvalidOptionError when an option is unknown or not what it must be.
 * @see the manual, "IntervalTrigger"
 */
export function intervalTrigger(every: DurationLike, options: IntervalOptions = {}): Trigger {
  checkTriggerOptions('intervalTrigger', options, ['startTime', 'endTime', 'immediate', 'spaced']);
  flag('intervalTrigger(options.immediate)', options.immediate);
  flag('intervalTrigger(options.spaced)', options.spaced);
  const periodMs = checkedPeriod('intervalTrigger(every)', every);
  const { start, end } = bounds('intervalTrigger', options);
  const wall = start !== -Infinity || end !== Infinity;
  if (options.spaced === true) {
    if (wall)
      throw new InvalidOptionError('intervalTrigger(options.spaced)', true, 'no startTime and no endTime beside it: it has no grid');
    return createTrigger('interval', spacedTimetable(periodMs, options.immediate === true), options, SPACED);
  }
  const origin = start === -Infinity ? null : start;
  const grid = { axis: wall ? 'wall' : 'elapsed', periodMs, origin, immediate: options.immediate === true, end } as const;
  return createTrigger('interval', intervalTimetable(grid), options);
}

function checkedPeriod(place: string, every: DurationLike): number {
  const periodMs = durationMs(every);
  if (periodMs >= 1 && periodMs < Infinity) return periodMs;
  const hint =
    periodMs > 0 && periodMs < 1 && typeof every === 'number' ? `; numbers are ms: did you mean { seconds: ${describeValue(every)} }?` : '';
  throw new InvalidTriggerError(place, every, `a finite duration of at least 1 ms, such as 5000 or { seconds: 5 }${hint}`);
}
