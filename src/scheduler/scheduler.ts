import { checkedObject } from '../checks/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import type { JobOptionsArgument } from '../jobs/job-definition.js';
import { optionsIn } from '../jobs/job-definition.js';
import type { Caller } from '../jobs/job-plan.js';
import type { DurationLike } from '../model/duration.js';
import type { InstantLike } from '../model/instant.js';
import type { JobOptions } from '../model/job-options.js';
import type { JobRun } from '../model/job-run.js';
import { checkCron } from '../triggers/check-cron.js';
import type { CronOptions } from '../triggers/cron-trigger.js';
import { cronTrigger } from '../triggers/cron-trigger.js';
import type { IntervalOptions } from '../triggers/interval-trigger.js';
import { intervalTrigger } from '../triggers/interval-trigger.js';
import { oneTimeTrigger } from '../triggers/one-time-trigger.js';
import { timestampTrigger } from '../triggers/timestamp-trigger.js';
import type { Trigger } from '../triggers/trigger.js';
import { JobRegistry } from './job-registry.js';

/** Options of an interval job and of its trigger. */
export interface IntervalJobOptions extends JobOptions, Pick<IntervalOptions, 'startTime' | 'endTime' | 'since' | 'immediate' | 'spaced'> {}

/** Options of a cron job and of its trigger. */
export interface CronJobOptions extends JobOptions, Pick<CronOptions, 'timezone' | 'startTime' | 'endTime' | 'since' | 'dst'> {}

const TIMESTAMPS: Caller = { name: 'addTimestampJob', also: [] };
const INTERVAL: Caller = { name: 'addIntervalJob', also: ['startTime', 'endTime', 'since', 'immediate', 'spaced'] };
const ONE_TIME: Caller = { name: 'addOneTimeJob', also: [] };
const CRON: Caller = { name: 'addCronJob', also: ['timezone', 'startTime', 'endTime', 'since', 'dst'] };

/** A shorter period that is a bare number was probably meant in seconds. */
const SHORT_PERIOD_MS = 20;

/**
 * A {@link JobRegistry} with a method for each kind of trigger.
 *
 * ## Example
 *
 * ```ts
 * import { Scheduler } from 'extended-scheduler';
 *
 * const scheduler = new Scheduler();
 * scheduler.addIntervalJob('heartbeat', { seconds: 2 }, (message) => console.log(message), { args: ['Hello World!'], maxRuns: 2 });
 * scheduler.addOneTimeJob('end', scheduler.clock.now() + 10_000, () => scheduler.shutdown());
 * // Logs:
 * // Hello World!
 * // Hello World!
 * ```
 *
 * All methods return false if the id is in use. They throw the same errors as the trigger factories and `addJob`.
 *
 * @see the manual, "Scheduler Class", for the Python version
 */
export class Scheduler extends JobRegistry {
  private hasWarnedOfPeriod = false;

  /**
   * Adds a job that runs at given times after now, in ms.
   *
   * @returns false if the id is in use.
   * @see timestampTrigger for the trigger
   * @see the manual, `add_timestamp_job`, for the Python version
   */
  addTimestampJob<A extends readonly unknown[] = [run: JobRun]>(
    jobId: string,
    timestamps: readonly number[],
    job: (...args: A) => unknown,
    ...options: JobOptionsArgument<A, JobRun, JobOptions>
  ): boolean {
    checkOrder('addTimestampJob', 'timestamps', timestamps);
    return this.addAs(TIMESTAMPS, jobId, timestampTrigger(timestamps), job, optionsIn(options));
  }

  /**
   * Adds a job that runs repeatedly, one period apart.
   *
   * @returns false if the id is in use.
   * @see intervalTrigger for the trigger and its options
   * @see the manual, `add_interval_job`, for the Python version
   */
  addIntervalJob<A extends readonly unknown[] = [run: JobRun]>(
    jobId: string,
    every: DurationLike,
    job: (...args: A) => unknown,
    ...options: JobOptionsArgument<A, JobRun, IntervalJobOptions>
  ): boolean {
    checkOrder('addIntervalJob', 'every', every);
    const { startTime, endTime, since, immediate, spaced, ...jobOptions } = checkedObject<IntervalJobOptions>(
      'addIntervalJob(options)',
      optionsIn(options),
    );
    const trigger = intervalTrigger(every, { startTime, endTime, since, immediate, spaced });
    const isAdded = this.addAs(INTERVAL, jobId, trigger, job, jobOptions);
    if (isAdded) this.warnOfShortPeriod(jobId, every);
    return isAdded;
  }

  /**
   * Adds a job that runs once.
   *
   * @returns false if the id is in use.
   * @see oneTimeTrigger for the trigger
   * @see the manual, `add_one_time_job`, for the Python version
   */
  addOneTimeJob<A extends readonly unknown[] = [run: JobRun]>(
    jobId: string,
    runAt: InstantLike,
    job: (...args: A) => unknown,
    ...options: JobOptionsArgument<A, JobRun, JobOptions>
  ): boolean {
    checkOrder('addOneTimeJob', 'runAt', runAt);
    return this.addAs(ONE_TIME, jobId, oneTimeTrigger(runAt), job, optionsIn(options));
  }

  /**
   * Adds a job with a cron expression, in UTC without the option `timezone`.
   *
   * @returns false if the id is in use.
   * @see cronTrigger for the trigger and its options
   * @see the manual, `add_cron_job`, for the Python version
   */
  addCronJob<A extends readonly unknown[] = [run: JobRun]>(
    jobId: string,
    expression: string,
    job: (...args: A) => unknown,
    ...options: JobOptionsArgument<A, JobRun, CronJobOptions>
  ): boolean {
    checkOrder('addCronJob', 'expression', expression);
    if (checkCron(jobId) === null && checkCron(expression) !== null)
      throw new InvalidOptionError(
        'addCronJob(jobId)',
        jobId,
        'an id, not a cron expression: the order is addCronJob(jobId, expression, job)',
      );
    const { timezone, startTime, endTime, since, dst, ...jobOptions } = checkedObject<CronJobOptions>(
      'addCronJob(options)',
      optionsIn(options),
    );
    return this.add(
      { jobId, trigger: cronTrigger(expression, { timezone, startTime, endTime, since, dst }), job, options: jobOptions },
      CRON,
    );
  }

  private addAs(
    caller: Caller,
    jobId: string,
    trigger: Trigger,
    job: (...args: never) => unknown,
    options: JobOptions | undefined,
  ): boolean {
    return this.add({ jobId, trigger, job: job, options }, caller);
  }

  /** Once: the manual counts in seconds, and this package in ms. */
  private warnOfShortPeriod(jobId: string, every: DurationLike): void {
    if (this.hasWarnedOfPeriod || typeof every !== 'number' || !(every >= 1 && every < SHORT_PERIOD_MS)) return;
    this.hasWarnedOfPeriod = true;
    const period = String(every);
    this.warn(
      jobId,
      `a period of ${period} is ${period} ms; did you mean { seconds: ${period} }? If not, pass { milliseconds: ${period} }`,
    );
  }
}

/** @throws InvalidTriggerError if the job function is in the place of the trigger. */
function checkOrder(method: string, name: string, value: unknown): void {
  if (typeof value !== 'function') return;
  throw new InvalidTriggerError(`${method}(${name})`, value, `no function: the order is ${method}(jobId, ${name}, job)`);
}
