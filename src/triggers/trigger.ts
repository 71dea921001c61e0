import { Observable, take } from 'rxjs';
import { checkKeys, oneOf, wholeFrom1 } from '../checks/check.js';
import type { Fire } from '../model/fire.js';
import { MISFIRES } from '../model/job-options.js';
import type { Misfire, Overlap, WhilePaused } from '../model/job-options.js';
import type { TriggerType } from '../model/trigger-type.js';
import type { Clock } from '../time/clock.js';
import { Stopwatch } from '../time/stopwatch.js';
import { checkedClock, timersOf } from '../time/world.js';
import type { Timetable } from '../timetables/timetable.js';
import { drive } from './drive.js';
import { fires } from './fires.js';

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
export interface TriggerDefaults {
  readonly misfire: Misfire;
  readonly overlap: Overlap;
  readonly whilePaused: WhilePaused;
  readonly spaced: boolean;
}

/** The defaults of triggers on the elapsed axis, and of those on the wall clock. */
const ELAPSED_DEFAULTS: TriggerDefaults = { misfire: 'once', overlap: 'skip', whilePaused: 'freeze', spaced: false };
const WALL_DEFAULTS: TriggerDefaults = { misfire: 'once', overlap: 'skip', whilePaused: 'skip', spaced: false };

/** What a trigger knows of itself. */
export interface TriggerPlan {
  readonly type: TriggerType;
  readonly timetable: Timetable;
  readonly defaults: TriggerDefaults;
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
  oneOf(`${factory}(options.misfire)`, options.misfire, MISFIRES);
}

/** Where a trigger carries its plan; registered, so that two copies of this package know each other's triggers. */
const PLAN: unique symbol = Symbol.for('extended-scheduler.plan');

/** Defaults that a job and a bare trigger share. */
export const MISFIRE_LIMIT = 100;
export const GRACE_MS = 1_000;

/** Makes a trigger of a timetable, and of options that were checked. It keeps a copy of those: the caller may change them later. */
export function createTrigger(type: TriggerType, timetable: Timetable, options: TriggerOptions, defaults?: TriggerDefaults): Trigger {
  const { clock, maxRuns, misfire } = options;
  const given: TriggerOptions = { clock, maxRuns, misfire };
  const plan: TriggerPlan = {
    type,
    timetable,
    defaults: defaults ?? (timetable.axis === 'elapsed' ? ELAPSED_DEFAULTS : WALL_DEFAULTS),
    given,
  };
  const fires$: Observable<Fire> = new Observable((subscriber) => {
    const stopwatch = new Stopwatch(timersOf(given.clock));
    stopwatch.start();
    subscriber.add(() => {
      stopwatch.setListener(null);
    });
    return driven(plan, stopwatch, plan.defaults.whilePaused).subscribe(subscriber);
  });
  return Object.assign(fires$, { type, timetable, [PLAN]: plan });
}

/** How the Observable wants to be run if it is a trigger, else undefined. */
export function planOf(source: Observable<unknown>): TriggerPlan | undefined {
  return (source as { readonly [PLAN]?: TriggerPlan })[PLAN];
}

/** The fires of a plan by a stopwatch that somebody else may stop. */
export function driven({ timetable, defaults, given }: TriggerPlan, stopwatch: Stopwatch, whilePaused: WhilePaused): Observable<Fire> {
  const { maxRuns = Infinity, misfire = defaults.misfire } = given;
  const policy = { misfire, misfireLimit: MISFIRE_LIMIT, graceMs: GRACE_MS, whilePaused, jitterMs: 0, spaced: defaults.spaced };
  const events = drive(timetable, stopwatch, { jobId: '', policy });
  return maxRuns === Infinity ? events.pipe(fires(stopwatch)) : events.pipe(fires(stopwatch), take(maxRuns));
}
