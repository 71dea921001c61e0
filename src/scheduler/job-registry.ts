/// <reference lib="esnext.disposable" preserve="true" />
import type { Observable } from 'rxjs';
import { SchedulerClosedError } from '../errors/scheduler-closed-error.js';
import { checkKeys, checked, flag } from '../checks/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { guardLog } from '../guards/guard-log.js';
import { Job } from '../jobs/job.js';
import type { RemoveOptions } from '../jobs/job.js';
import { durationMs } from '../model/duration.js';
import type { TimerQueue } from '../time/timer-queue.js';
import type { Cancel } from '../time/clock.js';
import type { JobContext, JobObserver } from '../jobs/job-context.js';
import { Place } from '../checks/place.js';
import { Planner, checkJobOptions } from '../jobs/job-plan.js';
import type { Caller } from '../jobs/job-plan.js';
import { checkedLogger, isVerbose } from '../jobs/loggers.js';
import type { JobDefinition, ValueOf, WithArgs, WithoutArgs } from '../jobs/job-definition.js';
import type { JobEvent } from '../model/job-event.js';
import type { JobOptions } from '../model/job-options.js';
import type { JobRun } from '../model/job-run.js';
import type { JobStatus, Statuses } from '../model/job-status.js';
import type { LogFunction } from '../model/logger.js';
import type { Clock } from '../time/clock.js';
import { timersOf } from '../time/world.js';
import { Closing } from './closing.js';
import { EventStreams } from './event-streams.js';
import { JobLog } from './job-log.js';
import { MOST_SLACK_MS, REGISTRY_OPTIONS, isSlack } from './registry-options.js';
import type { RegistryOptions, ShutdownOptions, ShutdownResult } from './registry-options.js';
import { StatusBoard } from './status-board.js';

/** Only the trigger is new; the options are those that the job was added with. */
const RESCHEDULE: Caller = { name: 'reschedule', also: [] };

/**
 * A registry of jobs: subscriptions by id, and their statuses as streams.
 *
 * Use `Scheduler` for the convenience methods of the manual. Use this class where bytes count: it has no cron in its
 * imports. It holds no policy of its own; what a job does is its own affair, and none can disturb another.
 *
 * ## Example
 *
 * ```ts
 * import { JobRegistry, intervalTrigger } from 'extended-scheduler';
 *
 * const registry = new JobRegistry();
 * registry.addJob('heartbeat', intervalTrigger({ seconds: 2 }), () => console.log('alive'), { maxRuns: 1 });
 * registry.status$('heartbeat').subscribe((status) => {
 *   if (status?.isFinished) console.log(status.status, status.executionCount);
 * });
 * // Logs:
 * // alive
 * // completed 1
 * ```
 *
 * @see the manual, "Scheduler Class"
 */
export class JobRegistry implements Disposable, AsyncDisposable {
  /** The clock that all jobs go by: `scheduler.clock.now() + 30_000` is in half a minute, in every world. */
  readonly clock: Clock;
  /** The log of all jobs, from now on. Never errors; completes at shutdown. */
  readonly events$: Observable<JobEvent>;
  /**
   * The statuses of all jobs: the present ones at once, then at most one picture each 100 ms, when something has changed.
   * A job to which nothing happened keeps the identity of its status. Never errors; at shutdown `{}`, then completes.
   */
  readonly statuses$: Observable<Statuses>;

  private readonly jobs: Map<string, Job> = new Map();
  private readonly log: LogFunction;
  private readonly planner: Planner;
  private readonly streams: EventStreams;
  private readonly board: StatusBoard;
  private readonly context: JobContext;
  /** The shutdown, once it was called. */
  private closing: Closing | null = null;
  private cancelTimeout: Cancel | null = null;
  private readonly timers: TimerQueue;

  /** @throws InvalidOptionError when an option is unknown or not what it must be. */
  constructor(options: RegistryOptions = {}) {
    checkKeys('new Scheduler(options)', options, REGISTRY_OPTIONS);
    const defaults = checkJobOptions(new Place('new Scheduler', 'options.defaults'), options.defaults ?? {});
    const weak = flag('new Scheduler(options.keepAlive)', options.keepAlive) === false;
    const logger = checkedLogger('new Scheduler(options.logger)', options.logger);
    checked('new Scheduler(options.slackMs)', options.slackMs, isSlack, `a number of ms from 0 to ${String(MOST_SLACK_MS)}`);
    const timers = timersOf(options.clock, options.slackMs);
    this.timers = timers;
    this.clock = timers;
    this.log = guardLog(logger);
    this.planner = new Planner(defaults);
    const log = new JobLog(this.log, isVerbose(logger));
    const report = (stream: string, error: unknown): void => {
      log.listenerFailed(stream, error);
    };
    this.streams = new EventStreams(report, () => timers.now());
    this.board = new StatusBoard(
      { jobIds: () => this.jobs.keys(), has: (jobId) => this.jobs.has(jobId), statusOf: (jobId) => this.getJobStatus(jobId) },
      timers,
      weak,
      report,
    );
    this.events$ = this.streams.events$;
    this.statuses$ = this.board.statuses$;
    const observer: JobObserver = {
      hasListener: (job) => log.hasListener(job) || this.streams.hasListener(job.plan.jobId),
      jobChanged: (job) => {
        this.board.touch(job.plan.jobId);
      },
      jobEvent: (job, event) => {
        if (event.type === 'removed') this.jobs.delete(event.jobId); // before it is told: a listener may take the id again
        this.closing?.event(event);
        log.event(job, event);
        if (event.type === 'removed') this.board.forget(event.jobId);
        else this.board.touch(event.jobId);
        this.streams.tell(job, event);
        if (event.type === 'removed') this.closeWhenEmpty();
      },
    };
    this.context = { timers, weak, observer, log: this.log };
  }

  /**
   * Adds a job and starts it.
   *
   * @param jobId its name; not empty.
   * @param trigger a trigger, or any Observable: then each value is a fire, and the function finds it in `run.value`.
   * @param job called once a run, with a {@link JobRun} or with `options.args`. What it returns, an Observable, a Promise or an
   *   AsyncIterable, is consumed and its values appear on {@link values$}; anything else is one value.
   * @returns false when the id is taken, also by a job that is completed.
   * @throws InvalidOptionError when the id, the function or an option is not what it must be.
   * @throws InvalidTriggerError when the trigger is no Observable.
   * @throws SchedulerClosedError after shutdown.
   * @see the manual, `add_job`
   */
  addJob<A extends readonly unknown[]>(
    jobId: string,
    trigger: Observable<unknown>,
    job: (...args: A) => unknown,
    options: JobOptions & WithArgs<A>,
  ): boolean;
  addJob<Source extends Observable<unknown>>(
    jobId: string,
    trigger: Source,
    job: (run: JobRun<ValueOf<Source>>) => unknown,
    options?: JobOptions & WithoutArgs,
  ): boolean;
  addJob(jobId: string, trigger: Observable<unknown>, job: (...args: never[]) => unknown, options?: JobDefinition['options']): boolean {
    return this.add({ jobId, trigger, job, options });
  }

  /** @internal A checked copy of the definition. Throws what {@link add} would throw for it. */
  checked(definition: JobDefinition, caller?: Caller): JobDefinition {
    return { ...definition, options: this.planner.plan(definition, caller).options };
  }

  /** @internal Whether the job of this id is there and runs this function. */
  runs(jobId: string, job: JobDefinition['job']): boolean {
    return this.jobs.get(jobId)?.plan.job === job;
  }

  /** @internal What all that add a job come to. */
  add(definition: JobDefinition, caller?: Caller): boolean {
    const plan = this.planner.plan(definition, caller);
    const { jobId } = plan;
    if (this.closing !== null) throw new SchedulerClosedError(jobId);
    if (this.jobs.has(jobId)) return false;
    const added = new Job(plan, this.context);
    this.jobs.set(jobId, added);
    added.announce();
    added.start(definition.trigger);
    return true;
  }

  /** Stops a job's time; active runs go on. False when there is no such job or it does not run. @see the manual, `pause_job` */
  pauseJob(jobId: string): boolean {
    return this.jobs.get(jobId)?.pause() ?? false;
  }

  /** Lets a paused job go on. False when there is no such job or it is not paused. @see the manual, `resume_job` */
  resumeJob(jobId: string): boolean {
    return this.jobs.get(jobId)?.resume() ?? false;
  }

  /**
   * Cancels what is active or queued of a job and forgets it; with `drain`, active runs end first, and the id is free after the
   * last. False when there is no such job.
   *
   * @throws InvalidOptionError when an option is unknown or not what it must be.
   * @see the manual, `remove_job`
   */
  removeJob(jobId: string, options: RemoveOptions = {}): boolean {
    checkKeys('removeJob(options)', options, ['drain']);
    flag('removeJob(options.drain)', options.drain);
    return this.jobs.get(jobId)?.remove(options) ?? false;
  }

  /**
   * Gives a job one extra fire at once. It passes pause and gate; overlap and `maxRuns` hold, and it is counted like any other.
   * False when there is no such job, it is completed, or its `maxRuns` are used up.
   */
  runNow(jobId: string): boolean {
    return this.jobs.get(jobId)?.runNow() ?? false;
  }

  /**
   * Gives a job another trigger from now on. Counts, pause, gate, elapsed time and overlap stay; what is due at this very moment still
   * belongs to the old trigger, and is not told twice. False when there is no such job, or it is completed.
   *
   * @throws InvalidTriggerError when the trigger is no Observable.
   */
  reschedule(jobId: string, trigger: Observable<unknown>): boolean {
    const job = this.jobs.get(jobId);
    if (job === undefined) return false;
    const { job: work, options } = job.plan;
    return job.reschedule(this.planner.plan({ jobId, trigger, job: work, options }, RESCHEDULE), trigger);
  }

  /** Pauses every job that runs. @returns how many there were. */
  pauseAll(): number {
    return [...this.jobs.values()].filter((job) => job.pause()).length;
  }

  /** Resumes every job that is paused. @returns how many there were. */
  resumeAll(): number {
    return [...this.jobs.values()].filter((job) => job.resume()).length;
  }

  /** The status of a job as it is now, or null when there is no such job. @see the manual, `get_job_status` */
  getJobStatus(jobId: string): JobStatus | null {
    return this.jobs.get(jobId)?.status() ?? null;
  }

  /** The ids of all jobs, in the order in which they were added. @see the manual, `list_jobs` */
  listJobs(): string[] {
    return [...this.jobs.keys()];
  }

  /** The statuses of all jobs as they are now, by job id. @see the manual, `get_all_statuses` */
  getAllStatuses(): Record<string, JobStatus> {
    return Object.fromEntries([...this.jobs].map(([jobId, job]) => [jobId, job.status()]));
  }

  /**
   * The status of a job: the present one at once, then after each of its events. Null while there is no such job; it follows
   * an id through removal, which shows as `'removed'`, then null, and adding again. Never errors; completes at shutdown.
   */
  status$(jobId: string): Observable<JobStatus | null> {
    return this.streams.status$(jobId, () => this.getJobStatus(jobId));
  }

  /** What the runs of a job give: the values of its Observable, Promise or function. Never errors; completes at shutdown. */
  values$<T = unknown>(jobId: string): Observable<T> {
    return this.streams.values$(jobId);
  }

  /**
   * Removes all jobs, then completes all streams; no timer and no subscription is left. At once, or with `drain` when the active
   * runs have ended or `timeout` has passed. Called again, it waits for the same end; without `drain` it brings it about.
   *
   * A run that waits for another job waits in vain while draining, since nothing fires any more; so does one that awaits this shutdown.
   * Give it a `timeout`. A run that a draining shutdown cuts short is a warning in the log.
   *
   * @returns a promise that resolves when the streams have completed, and says which jobs had a run that ended, or that was cancelled.
   *   It does not wait for the functions of cancelled runs.
   * @throws InvalidOptionError when an option is unknown or not what it must be.
   * @see the manual, `shutdown`
   */
  shutdown(options: ShutdownOptions = {}): Promise<ShutdownResult> {
    checkKeys('shutdown(options)', options, ['drain', 'timeout']);
    const { drain = false, timeout } = options;
    flag('shutdown(options.drain)', options.drain);
    const timeoutMs = timeout === undefined ? Infinity : durationMs(timeout);
    if (!(timeoutMs >= 0)) throw new InvalidOptionError('shutdown(options.timeout)', timeout, 'a duration from 0');
    const active = [...this.jobs.values()].filter((job) => job.active).map((job) => job.jobId);
    const closing = (this.closing ??= new Closing(active, this.log));
    if (drain) closing.drain();
    for (const job of [...this.jobs.values()]) job.remove({ drain });
    if (this.jobs.size > 0 && timeoutMs < Infinity) {
      this.cancelTimeout?.();
      this.cancelTimeout = this.timers.delay(timeoutMs, () => void this.shutdown());
    }
    this.closeWhenEmpty();
    return closing.done;
  }

  private closeWhenEmpty(): void {
    if (this.jobs.size > 0 || this.closing?.end() !== true) return;
    this.cancelTimeout?.();
    this.board.close();
    this.streams.close();
    this.closing.finish();
  }

  /** `using scheduler = new Scheduler()` shuts it down at the end of the block. */
  [Symbol.dispose](): void {
    void this.shutdown();
  }

  /** `await using scheduler = new Scheduler()` does and waits for it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }
}
