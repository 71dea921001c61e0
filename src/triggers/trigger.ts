import { Observable, take } from 'rxjs';
import { checked, checkKeys, oneOf, wholeFrom1 } from '../checks/check.js';
import type { Fire } from '../model/fire.js';
import type { Misfire, Overlap, WhilePaused } from '../model/job-options.js';
import { MISFIRES } from '../model/job-options.js';
import type { TriggerDefinition } from '../model/trigger-definition.js';
import { isNamed, UNNAMED } from '../model/trigger-definition.js';
import type { TriggerType } from '../model/trigger-type.js';
import type { Clock } from '../time/clock.js';
import { Stopwatch } from '../time/stopwatch.js';
import { checkedClock, timersOf } from '../time/world.js';
import type { Timetable } from '../timetables/timetable.js';
import { drive } from './drive.js';
import { fires } from './fires.js';
import { triggerText } from './trigger-text.js';

/**
 * An Observable of fires with a timetable.
 *
 * It is cold: every subscription has its own start, stopwatch and timer. Unsubscribing stops it. It completes after the last fire. After
 * `.pipe()` it is a plain Observable.
 */
export type Trigger = Observable<Fire> & {
  readonly type: TriggerType;
  readonly timetable: Timetable;
  /** What it is, as plain JSON, for `triggerOf`. Null if it contains a filter or a custom source without a name. */
  readonly definition: TriggerDefinition | null;
  /** What it is, in words: `0 9 * * MON-FRI, America/New_York`, `every 20 s`, `once at 2026-03-08 02:30 (UTC)`. */
  readonly text: string;
};

/** Options that every trigger has. */
export interface TriggerOptions {
  /**
   * The clock of a subscription without a scheduler.
   *
   * @default the clock in force at the subscription
   */
  readonly clock?: Clock | undefined;
  /**
   * Maximum number of fires. In a job, maximum number of runs.
   *
   * @default no limit
   */
  readonly maxRuns?: number | undefined;
  /**
   * What happens to occurrences that came due together.
   *
   * @default 'once'; 'all' for timestamps
   */
  readonly misfire?: Misfire | undefined;
}

/** The defaults of a kind of trigger. All jobs with the same kind share one object. */
export interface TriggerDefaults {
  readonly misfire: Misfire;
  readonly overlap: Overlap;
  readonly whilePaused: WhilePaused;
  readonly spaced: boolean;
}

/** The defaults of most triggers on each axis. */
const ELAPSED_DEFAULTS: TriggerDefaults = { misfire: 'once', overlap: 'skip', whilePaused: 'freeze', spaced: false };
const WALL_DEFAULTS: TriggerDefaults = { misfire: 'once', overlap: 'skip', whilePaused: 'skip', spaced: false };

/** All that is known of a trigger. */
export interface TriggerPlan {
  readonly type: TriggerType;
  readonly timetable: Timetable;
  readonly defaults: TriggerDefaults;
  /** The options of the trigger. They take precedence over the defaults of a scheduler. */
  readonly given: TriggerOptions;
  /** What it is. A filter or a custom source without a name has the name {@link UNNAMED} here. */
  readonly definition: TriggerDefinition;
}

/** The names of the options that every trigger has. */
const COMMON: readonly string[] = ['clock', 'maxRuns', 'misfire'];

/** The common options for the definition of a trigger. Those that say nothing are left out. */
export function commonDefinition({ maxRuns = Infinity, misfire }: TriggerOptions): {
  readonly maxRuns?: number;
  readonly misfire?: Misfire;
} {
  if (maxRuns === Infinity && misfire === undefined) return {};
  return { ...(maxRuns !== Infinity && { maxRuns }), ...(misfire !== undefined && { misfire }) };
}

/** The definitions of timetables that several triggers share. */
const sharedDefinitions: WeakMap<Timetable, TriggerDefinition> = new WeakMap();

/** Returns the definition of a trigger on a shared timetable. Triggers without options share it: it would cost each job 56 bytes. */
export function sharedDefinition<D extends TriggerDefinition>(timetable: Timetable, options: TriggerOptions, describe: () => D): D {
  if (options.maxRuns !== undefined || options.misfire !== undefined) return describe();
  const known = sharedDefinitions.get(timetable) as D | undefined;
  if (known !== undefined) return known;
  const definition = describe();
  sharedDefinitions.set(timetable, definition);
  return definition;
}

/** Returns the option `name` of a trigger, or {@link UNNAMED}. */
export function nameOption(place: string, name: string | undefined): string {
  return checked(place, name, (text) => typeof text === 'string' && text !== '', 'a string that is not empty') ?? UNNAMED;
}

/** Checks the options of a trigger. `own` names its options besides the common ones. */
export function checkTriggerOptions(factory: string, options: TriggerOptions, own: readonly string[] = []): void {
  checkKeys(`${factory}(options)`, options, COMMON, own);
  checkedClock(`${factory}(options.clock)`, options.clock);
  wholeFrom1(`${factory}(options.maxRuns)`, options.maxRuns);
  oneOf(`${factory}(options.misfire)`, options.misfire, MISFIRES);
}

/** The property that holds the plan. It is a registered symbol: two copies of this package know each other's triggers. */
const PLAN: unique symbol = Symbol.for('extended-scheduler.plan');

/** Defaults of `misfireLimit` and `graceMs`. */
export const MISFIRE_LIMIT = 100;
export const GRACE_MS = 1_000;

/** The options of a trigger that was given none. All such triggers share one object. */
const NOTHING_GIVEN: TriggerOptions = {};

/** The property `text`. It is computed on demand: it takes longer than the rest of a trigger. */
const TEXT: PropertyDescriptor = {
  enumerable: true,
  get(this: { readonly [PLAN]: TriggerPlan }) {
    return triggerText(this[PLAN].definition);
  },
};

/** Creates a trigger from a timetable, checked options and a definition. It copies the options: the caller may change them later. */
export function createTrigger(
  type: TriggerType,
  timetable: Timetable,
  { clock, maxRuns, misfire }: TriggerOptions,
  definition: TriggerDefinition,
  defaults: TriggerDefaults = timetable.axis === 'elapsed' ? ELAPSED_DEFAULTS : WALL_DEFAULTS,
): Trigger {
  const isGiven = clock !== undefined || maxRuns !== undefined || misfire !== undefined;
  const given: TriggerOptions = isGiven ? { clock, maxRuns, misfire } : NOTHING_GIVEN;
  const plan: TriggerPlan = { type, timetable, defaults, given, definition: Object.freeze(definition) };
  const fires$: Observable<Fire> = new Observable((subscriber) => {
    const stopwatch = new Stopwatch(timersOf(given.clock));
    stopwatch.start();
    subscriber.add(() => {
      stopwatch.setListener(null);
    });
    return driven(plan, stopwatch, plan.defaults.whilePaused).subscribe(subscriber);
  });
  const trigger = Object.assign(fires$, { type, timetable, definition: isNamed(definition) ? definition : null, [PLAN]: plan });
  return Object.defineProperty(trigger, 'text', TEXT) as unknown as Trigger;
}

/** The plan of a trigger, or undefined for any other Observable. */
export function planOf(source: Observable<unknown>): TriggerPlan | undefined {
  return (source as { readonly [PLAN]?: TriggerPlan })[PLAN];
}

/** Emits the fires of a plan, driven by a stopwatch that the caller may stop. */
export function driven({ timetable, defaults, given }: TriggerPlan, stopwatch: Stopwatch, whilePaused: WhilePaused): Observable<Fire> {
  const { maxRuns = Infinity, misfire = defaults.misfire } = given;
  const policy = { misfire, misfireLimit: MISFIRE_LIMIT, graceMs: GRACE_MS, whilePaused, jitterMs: 0, spaced: defaults.spaced };
  const events = drive(timetable, stopwatch, { jobId: '', policy });
  return maxRuns === Infinity ? events.pipe(fires(stopwatch)) : events.pipe(fires(stopwatch), take(maxRuns));
}
