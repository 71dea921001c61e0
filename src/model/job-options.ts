import type { ObservableInput } from 'rxjs';
import type { DurationLike } from './duration.js';
import type { JobRun } from './job-run.js';

/** The names of the overlap policies. */
export const OVERLAPS = ['skip', 'queue', 'latest', 'replace', 'allow'] as const;

/**
 * What happens to a fire while a run of its job is active.
 *
 * ```text
 * fires      0----1----2--------------3
 * 'skip'     |0==========|            |3==========|
 * 'queue'    |0==========|1==========|2==========|3==========|
 * 'latest'   |0==========|2==========||3==========|
 * 'replace'  |0===|1===|2==========|  |3==========|
 * 'allow'    |0==========|            |3==========|
 *                 |1==========|
 *                      |2==========|
 * ```
 */
export type Overlap = (typeof OVERLAPS)[number];

/** The names of the misfire policies. */
export const MISFIRES = ['once', 'skip', 'all'] as const;

/**
 * What happens to occurrences that came due together, because the event loop was blocked, the machine slept, the clock was set or the
 * job was paused:
 *
 * - `'once'`: one fire for the newest; `missedCount` says how many others it stands for;
 * - `'skip'`: the missed ones are dropped, and the newest too if it is more than `graceMs` late;
 * - `'all'`: one fire for each, in order, up to `misfireLimit`.
 */
export type Misfire = (typeof MISFIRES)[number];

/** The names of the pause policies. */
export const PAUSE_POLICIES = ['freeze', 'skip', 'catch-up'] as const;

/**
 * What a pause does to a trigger:
 *
 * - `'freeze'`: its time stops and the remaining delay is kept (elapsed axis only);
 * - `'skip'`: what comes due is dropped, and reported once on resume (wall axis only);
 * - `'catch-up'`: what came due is left to the misfire policy on resume (wall axis only).
 */
export type WhilePaused = (typeof PAUSE_POLICIES)[number];

/** What a failed run can do to its job. */
export const ON_ERROR = ['continue', 'pause'] as const;

/** What a failed run does to its job. */
export type OnError = (typeof ON_ERROR)[number];

/** The names of what retries can do while the job is paused or its gate is closed. */
export const WHEN_CLOSED = ['continue', 'wait'] as const;

/** A number of retries, or more options. */
export type Retry = number | RetryOptions;

/** Options of `retry`. */
export interface RetryOptions {
  /** Maximum number of retries after the first attempt. Infinity means no limit. */
  readonly count: number;
  /**
   * Delay before each retry, in ms, or a function of the failed attempt (1 for the first) and its error. It must be finite. If the
   * function returns anything else or throws, the retry starts at once and the log reports it.
   *
   * @default 0
   */
  readonly delayMs?: number | ((attempt: number, error: unknown) => number) | undefined;
  /**
   * Maximum delay, in ms.
   *
   * @default no limit
   */
  readonly maxDelayMs?: number | undefined;
  /**
   * Maximum part of a delay that is taken off at random, from 0 to 1. The same plan has the same delays in every run.
   *
   * @default 0
   */
  readonly jitterRatio?: number | undefined;
  /**
   * What retries do while the job is paused or its gate is closed. `'wait'` keeps them until it is running and open again, so that a
   * request is not repeated while the host is offline. A draining job does not wait.
   *
   * @default 'continue'
   */
  readonly whenClosed?: (typeof WHEN_CLOSED)[number] | undefined;
}

/** How a job runs. The `defaults` of the scheduler replace the defaults named here. */
export interface JobOptions {
  /**
   * Maximum number of runs. The job completes after the last one.
   *
   * @default the `maxRuns` of the trigger, else no limit
   */
  readonly maxRuns?: number | undefined;
  /**
   * What happens to a fire while a run is active.
   *
   * @default 'skip'; 'queue' for timestamps
   */
  readonly overlap?: Overlap | undefined;
  /**
   * Maximum number of active runs for `overlap: 'allow'`.
   *
   * @default 1_000
   */
  readonly concurrency?: number | undefined;
  /**
   * Maximum number of queued fires for `overlap: 'queue'`.
   *
   * @default 1_000
   */
  readonly queueLimit?: number | undefined;
  /**
   * What happens to occurrences that came due together.
   *
   * @default 'once'; 'all' for timestamps
   */
  readonly misfire?: Misfire | undefined;
  /**
   * Maximum number of fires for one group under `misfire: 'all'`, from 1 to 1,000,000.
   *
   * @default 100
   */
  readonly misfireLimit?: number | undefined;
  /**
   * How late the newest occurrence may be under `misfire: 'skip'`, in ms.
   *
   * @default 1_000
   */
  readonly graceMs?: number | undefined;
  /**
   * What a pause does to the trigger.
   *
   * @default 'freeze' on the elapsed axis; 'skip' for cron and for intervals on the wall axis; 'catch-up' for one-time
   */
  readonly whilePaused?: WhilePaused | undefined;
  /**
   * How a failed run is retried, within the same run. Removing the job stops retries. A pause does so only with `whenClosed: 'wait'`.
   *
   * @default 0
   */
  readonly retry?: Retry | undefined;
  /**
   * Maximum length of an attempt. Then its signal is aborted and it fails with a `JobTimeoutError`. It is measured by a monotonic clock:
   * setting the wall clock does not end a run.
   *
   * @default no limit
   */
  readonly timeout?: DurationLike | undefined;
  /**
   * Maximum random delay of a fire. It never reaches the next occurrence. The same plan has the same delays in every run.
   *
   * @default 0
   */
  readonly jitter?: DurationLike | undefined;
  /**
   * A live gate: the job fires only while the last value was true and the job is not paused. Closed until the first value.
   *
   * @default none
   */
  readonly when?: ObservableInput<boolean> | undefined;
  /**
   * Completes the job after the run whose value satisfies this predicate: polling until something is done. Of a stream it gets the last
   * value, of a run without a value undefined. The value is emitted first. Queued fires are cancelled, other active runs end first. If the
   * predicate throws, the log reports it and the job continues.
   *
   * @default none
   */
  readonly completeWhen?: ((value: unknown, run: JobRun<unknown>) => boolean) | undefined;
  /**
   * Surrounds every attempt, for spans, locks and contexts. `next()` calls the job function and returns its result. The attempt has the
   * result of `around`, so return that of `next()`, or a promise or an Observable that contains it. Without a call of `next` the job
   * function does not run.
   *
   * @default none
   */
  readonly around?: ((run: JobRun<unknown>, next: () => unknown) => unknown) | undefined;
  /**
   * True keeps the last value: `lastRun.value` of the status holds that of the last run, and `values$` emits the last one to a new
   * subscriber.
   *
   * @default false: no value is kept in memory
   */
  readonly keepLastValue?: boolean | undefined;
  /**
   * What a failed run does to the job.
   *
   * @default 'continue'
   */
  readonly onError?: OnError | undefined;
  /**
   * True removes the job when it completes, which frees its id.
   *
   * @default false
   */
  readonly removeOnComplete?: boolean | undefined;
  /**
   * True adds the job paused.
   *
   * @default false
   */
  readonly startPaused?: boolean | undefined;
  /**
   * In Node, `'inherit'` runs the job in the async context of the `addJob` call: `AsyncLocalStorage.getStore()` returns the same value
   * there. It costs 12 to 21 µs and 2.7 kB a job.
   *
   * @default scheduled runs have the context in which this package was loaded, and `runNow` has that of its caller
   */
  readonly context?: 'inherit' | undefined;
}
