import { Observable, take } from 'rxjs';
import { checkKeys, oneOf, wholeFrom1 } from '../errors/check.js';
import type { Fire } from '../model/fire.js';
import type { Misfire, Overlap, WhilePaused } from '../model/job-options.js';
import type { Clock } from '../time/clock.js';
import { Stopwatch } from '../time/stopwatch.js';
import { checkedClock, timersOf } from '../time/world.js';
import type { Timetable } from '../timetables/timetable.js';
import { drive } from './drive.js';
import { fires } from './fires.js';

/** What a trigger is called in a status. */
export type TriggerType = 'timestamp' | 'interval' | 'one-time' | 'cron' | 'custom' | 'union';

/**
 * An Observable of fires that knows its timetable.
 *
 * Cold: every subscription starts at its own moment, with its own stopwatch and timer, and unsubscribing stops it. It
 * completes after the last fire. After `.pipe()` it is a plain Observable.
 */
export type Trigger = Observable<Fire> & { readonly type: TriggerType; readonly timetable: Timetable };

/** Options that every trigger has. */
export interface TriggerOptions {
  /** Where time comes from when the trigger is subscribed without a scheduler. Default: the clock of that moment. */
  readonly clock?: Clock | undefined;
  /** After how many fires it completes; in a job, how many runs are started. Default: no limit. */
  readonly maxRuns?: number | undefined;
  /** What becomes of occurrences that came due together. Default `'once'`; `'all'` for timestamps. */
  readonly misfire?: Misfire | undefined;
}

/** How a kind of trigger wants to be run where nobody says otherwise: one object a kind, which all its jobs share. */
export interface TriggerHabits {
  readonly misfire: Misfire;
  readonly overlap: Overlap;
  readonly whilePaused: WhilePaused;
  readonly spaced: boolean;
}

/** The habits of triggers on the elapsed axis, and of those on the wall clock. */
const ON_ELAPSED: TriggerHabits = { misfire: 'once', overlap: 'skip', whilePaused: 'freeze', spaced: false };
const ON_WALL: TriggerHabits = { misfire: 'once', overlap: 'skip', whilePaused: 'skip', spaced: false };

/** What a trigger knows of itself. */
export interface TriggerPlan {
  readonly type: TriggerType;
  readonly timetable: Timetable;
  readonly habits: TriggerHabits;
  /** What its maker was given, which goes before the defaults of a scheduler. */
  readonly given: TriggerOptions;
}

/** The options that every trigger has, by name. */
const COMMON: readonly string[] = ['clock', 'maxRuns', 'misfire'];

/** Refuses options that a trigger does not know; `own` names those that it has besides the common ones. */
export function checkTriggerOptions(factory: string, options: TriggerOptions, own: readonly string[] = []): void {
  checkKeys(`${factory}(options)`, options, COMMON, own);
  checkedClock(`${factory}(options.clock)`, options.clock);
  wholeFrom1(`${factory}(options.maxRuns)`, options.maxRuns);
  oneOf(`${factory}(options.misfire)`, options.misfire, ['once', 'skip', 'all']);
}

/** Where a trigger carries its plan; registered, so that two copies of this package know each other's triggers. */
const PLAN: unique symbol = Symbol.for('extended-scheduler.plan');

/** Defaults that a job and a bare trigger share. */
export const MISFIRE_LIMIT = 100;
export const GRACE_MS = 1_000;

/** Makes a trigger of a timetable, and of options that were checked. It keeps a copy of those: the caller may change them later. */
export function createTrigger(type: TriggerType, timetable: Timetable, options: TriggerOptions, habits?: TriggerHabits): Trigger {
  const { clock, maxRuns, misfire } = options;
  const given: TriggerOptions = { clock, maxRuns, misfire };
  const plan: TriggerPlan = { type, timetable, habits: habits ?? (timetable.axis === 'elapsed' ? ON_ELAPSED : ON_WALL), given };
  const fires$: Observable<Fire> = new Observable((subscriber) => {
    const stopwatch = new Stopwatch(timersOf(given.clock));
    stopwatch.start();
    subscriber.add(() => {
      stopwatch.handTo(null);
    });
    return driven(plan, stopwatch, plan.habits.whilePaused).subscribe(subscriber);
  });
  return Object.assign(fires$, { type, timetable, [PLAN]: plan });
}

/** How the Observable wants to be run if it is a trigger, else undefined. */
export function planOf(source: Observable<unknown>): TriggerPlan | undefined {
  return (source as { readonly [PLAN]?: TriggerPlan })[PLAN];
}

/** The fires of a plan by a stopwatch that somebody else may stop. */
export function driven({ timetable, habits, given }: TriggerPlan, stopwatch: Stopwatch, whilePaused: WhilePaused): Observable<Fire> {
  const { maxRuns = Infinity, misfire = habits.misfire } = given;
  const policy = { misfire, misfireLimit: MISFIRE_LIMIT, graceMs: GRACE_MS, whilePaused, jitterMs: 0, spaced: habits.spaced };
  const events = drive(timetable, stopwatch, { jobId: '', policy });
  return maxRuns === Infinity ? events.pipe(fires(stopwatch)) : events.pipe(fires(stopwatch), take(maxRuns));
}
