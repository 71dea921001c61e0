import type { ObservableInput } from 'rxjs';
import type { DurationLike } from './duration.js';

/**
 * What happens to a fire that comes while a run of its job is active.
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
export type Overlap = 'skip' | 'queue' | 'latest' | 'replace' | 'allow';

/**
 * What becomes of occurrences that came due together, because the event loop was blocked, the machine slept, the clock was
 * set or the job was paused: `'once'` folds them into one fire for the newest, `'skip'` drops those that were missed, and the
 * newest too if it is more than `graceMs` late, `'all'` fires for each in order, at most `misfireLimit`.
 */
export type Misfire = 'once' | 'skip' | 'all';

/**
 * What a pause does to a trigger: `'freeze'` stops its time, so that the remaining delay is kept (elapsed axis only), `'skip'`
 * drops what comes due and reports it once on resume, `'catch-up'` leaves it to the misfire policy on resume (wall axis only).
 */
export type WhilePaused = 'freeze' | 'skip' | 'catch-up';

/** How a failed run is tried again: a number of retries, or more. */
export type Retry = number | RetryOptions;

/** More than a number of retries. */
export interface RetryOptions {
  /** How many retries there may be after the first attempt. */
  readonly count: number;
  /**
   * How long to wait before each, in ms, or a function of the attempt that failed (1 for the first) and its error. Must be finite: if the
   * function returns anything else, or throws, the retry comes at once, and the log says so. Default 0.
   */
  readonly delayMs?: number | ((attempt: number, error: unknown) => number) | undefined;
  /** The longest wait, in ms. Default: no limit. */
  readonly maxDelayMs?: number | undefined;
  /** Which part of a wait is taken off at random, from 0 to 1; the same in every run of the same plan. Default 0. */
  readonly jitter?: number | undefined;
}

/** How a job runs. Each field left out takes its default, or that of the scheduler's `defaults`. */
export interface JobOptions {
  /** How many runs there may be; the job completes after the last. Default: as many as the trigger allows. */
  readonly maxRuns?: number | undefined;
  /** What happens to a fire while a run is active. Default `'skip'`; `'queue'` for timestamps. */
  readonly overlap?: Overlap | undefined;
  /** How many runs may be active at once under `overlap: 'allow'`. Default 1,000. */
  readonly concurrency?: number | undefined;
  /** How many fires may wait under `overlap: 'queue'`. Default 1,000. */
  readonly queueLimit?: number | undefined;
  /** What becomes of occurrences that came due together. Default `'once'`; `'all'` for timestamps. */
  readonly misfire?: Misfire | undefined;
  /** Maximum number of a group that is replayed under `misfire: 'all'`, from 1 to 1,000,000. Default 100. */
  readonly misfireLimit?: number | undefined;
  /** How late the newest may be under `misfire: 'skip'`, in ms. Default 1,000. */
  readonly graceMs?: number | undefined;
  /** What a pause does to the trigger. Default: `'freeze'` on the elapsed axis; `'skip'` for cron and wall intervals, `'catch-up'` for one-time. */
  readonly whilePaused?: WhilePaused | undefined;
  /** How a failed run is tried again, within the same run. A pause does not stop it, removal does. Default: not at all. */
  readonly retry?: Retry | undefined;
  /**
   * How long an attempt may last, by a clock that nobody sets: a step of the wall clock ends no run. Then its signal is aborted, and it
   * fails with a `JobTimeoutError`. Default: no limit.
   */
  readonly timeout?: DurationLike | undefined;
  /** By how much a fire may be delayed, the same in every run of the same plan; never beyond the next one. Default: none. */
  readonly jitter?: DurationLike | undefined;
  /** A live gate: the job fires only while its last value was true, and nobody paused it. Closed until its first value. Default: none. */
  readonly when?: ObservableInput<boolean> | undefined;
  /** What a failed run does to the job. Default `'continue'`. */
  readonly onError?: 'continue' | 'pause' | undefined;
  /** Whether the job removes itself once it is completed, which frees its id. Default false. */
  readonly removeOnComplete?: boolean | undefined;
  /** Whether the job is added paused. Default false. */
  readonly startPaused?: boolean | undefined;
  /**
   * In Node, `'inherit'` runs the job in the async context of the `addJob` call: `AsyncLocalStorage.getStore()` returns there what it
   * returned in the call. It costs a job 12 to 21 µs and 2.7 kB. Default: scheduled runs have the context in which this package was loaded,
   * and `runNow` has that of its caller.
   */
  readonly context?: 'inherit' | undefined;
}
