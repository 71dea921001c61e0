/// <reference lib="esnext.disposable" preserve="true" />
import type { Observable, Subscription } from 'rxjs';
import { checked, checkKeys, flag } from '../checks/check.js';
import { Place } from '../checks/place.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { jobName } from '../errors/job-name.js';
import { SchedulerClosedError } from '../errors/scheduler-closed-error.js';
import { guardLog } from '../guards/guard-log.js';
import { describeJob } from '../jobs/describe-job.js';
import type { RemoveOptions } from '../jobs/job.js';
import { Job } from '../jobs/job.js';
import type { JobContext, JobObserver, ObservedJob } from '../jobs/job-context.js';
import type { JobDefinition, JobOptionsArgument, ValueOf } from '../jobs/job-definition.js';
import { optionsIn } from '../jobs/job-definition.js';
import type { Caller } from '../jobs/job-plan.js';
import { checkJobOptions, Planner } from '../jobs/job-plan.js';
import { checkedLogger, isVerbose } from '../jobs/loggers.js';
import { durationMs } from '../model/duration.js';
import type { JobDescription } from '../model/job-description.js';
import type { JobEvent, JobEventType } from '../model/job-event.js';
import type { JobOptions } from '../model/job-options.js';
import type { JobRun } from '../model/job-run.js';
import type { JobStatus, Statuses } from '../model/job-status.js';
import type { LogFunction } from '../model/logger.js';
import type { RunOutcome } from '../model/run-outcome.js';
import type { Totals } from '../model/totals.js';
import type { Cancel, Clock } from '../time/clock.js';
import type { TimerQueue } from '../time/timer-queue.js';
import { timersOf } from '../time/world.js';
import { Closing } from './closing.js';
import type { NextRunTimesOptions } from './coming-options.js';
import { checkedComing } from './coming-options.js';
import type { EventFilter } from './event-filter.js';
import { checkedEventTypes } from './event-filter.js';
import { EventStreams } from './event-streams.js';
import { JobLog } from './job-log.js';
import type { RegistryOptions, ShutdownOptions, ShutdownResult } from './registry-options.js';
import { isSlack, MAX_SLACK_MS, REGISTRY_OPTIONS } from './registry-options.js';
import { StatusBoard } from './status-board.js';
import { TotalsCount } from './totals-count.js';

const RESCHEDULE: Caller = { name: 'reschedule', also: [] };

/**
 * A registry of jobs by id, with their statuses as streams.
 *
 * Use `Scheduler` for a method for each kind of trigger. Use this class if the size of your bundle matters: it does not import cron. A job
 * cannot disturb another job.
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
 * @see the manual, "Scheduler Class", for the Python version
 */
export class JobRegistry implements Disposable, AsyncDisposable {
  /** The clock of all jobs. `scheduler.clock.now() + 30_000` is in half a minute, in real and in virtual time. */
  readonly clock: Clock;
  /** The events of all jobs from the subscription on. Never errors. Completes at shutdown. {@link events} filters them. */
  readonly events$: Observable<JobEvent>;
  /** One object for each fire that ends, of all jobs. It is the cheapest way to follow all runs. Never errors. Completes at shutdown. */
  readonly outcomes$: Observable<RunOutcome>;
  /**
   * The statuses of all jobs. Emits at once, then after changes, at most every 100 ms. A job without an event keeps the identity of its
   * status. Never errors. Emits `{}` and completes at shutdown.
   */
  readonly statuses$: Observable<Statuses>;

  private readonly jobs: Map<string, Job> = new Map();
  private readonly log: LogFunction;
  private readonly planner: Planner;
  private readonly streams: EventStreams;
  private readonly board: StatusBoard;
  private readonly context: JobContext;
  private readonly removed: TotalsCount = new TotalsCount();
  /** The statuses that `statusSnapshot` has returned, until the next event of their jobs. */
  private readonly snapshots: Map<string, JobStatus> = new Map();
  private readonly defaults: JobOptions;
  /** The shutdown in progress. */
  private closing: Closing | null = null;
  private cancelTimeout: Cancel | null = null;
  private readonly timers: TimerQueue;

  /**
   * @param options the clock, the logger, and defaults of all jobs.
   * @throws InvalidOptionError if an option is unknown or not valid.
   */
  constructor(options: RegistryOptions = {}) {
    checkKeys('new Scheduler(options)', options, REGISTRY_OPTIONS);
    const defaults = checkJobOptions(new Place('new Scheduler', 'options.defaults'), options.defaults ?? {});
    const weak = flag('new Scheduler(options.keepAlive)', options.keepAlive) === false;
    const logger = checkedLogger('new Scheduler(options.logger)', options.logger);
    checked('new Scheduler(options.slackMs)', options.slackMs, isSlack, `a number of ms from 0 to ${String(MAX_SLACK_MS)}`);
    const timers = timersOf(options.clock, options.slackMs);
    this.timers = timers;
    this.clock = timers;
    this.log = guardLog(logger);
    this.defaults = defaults;
    this.planner = new Planner(defaults);
    const log = new JobLog(this.log, isVerbose(logger));
    const report = (stream: string, error: unknown): void => {
      log.listenerFailed(stream, error);
    };
    const streams = new EventStreams(report, () => timers.now());
    this.streams = streams;
    this.board = new StatusBoard(
      { jobIds: () => this.jobs.keys(), has: (jobId) => this.jobs.has(jobId), statusOf: (jobId) => this.getJobStatus(jobId) },
      timers,
      weak,
      report,
    );
    this.events$ = streams.events$;
    this.outcomes$ = streams.outcomes$;
    this.statuses$ = this.board.statuses$;
    const observer: JobObserver = {
      hasListener: ({ jobId }, type) => log.verbose || streams.hasListener(jobId, type),
      get followsOutcomes() {
        return streams.followsOutcomes;
      },
      jobOutcome: (outcome) => {
        streams.emitOutcome(outcome);
      },
      jobChanged: (job) => {
        this.touch(job.jobId);
      },
      jobEvent: (job, event) => {
        if (event.type === 'removed') {
          this.jobs.delete(event.jobId); // before the event is emitted: a listener may add the id again
          this.removed.add(job.state);
        }
        this.closing?.event(event);
        log.event(job, event);
        if (event.type === 'removed') this.board.forget(event.jobId);
        this.touch(event.jobId);
        streams.emit(job, event);
        if (event.type === 'removed') this.closeWhenEmpty();
      },
    };
    this.context = { timers, weak, observer, log: this.log };
  }

  /**
   * Adds a job and starts it.
   *
   * @param jobId the id. Must not be empty.
   * @param trigger a trigger, or any other Observable: each of its values is a fire, and `run.value` holds it.
   * @param job the job function. It gets a {@link JobRun}, or `options.args`. An Observable, Promise or AsyncIterable that it returns is
   *   consumed, and {@link values$} emits its values. Any other result is one value.
   * @param options how the job runs.
   * @returns false if the id is in use, even by a completed job.
   * @throws InvalidOptionError if the id, the function or an option is not valid.
   * @throws InvalidTriggerError if the trigger is not an Observable.
   * @throws SchedulerClosedError after shutdown.
   * @see the manual, `add_job`, for the Python version
   */
  addJob<Source extends Observable<unknown>, A extends readonly unknown[] = [run: JobRun<ValueOf<Source>>]>(
    jobId: string,
    trigger: Source,
    job: (...args: A) => unknown,
    ...options: JobOptionsArgument<A, JobRun<ValueOf<Source>>, JobOptions>
  ): boolean {
    return this.add({ jobId, trigger, job: job, options: optionsIn(options) });
  }

  /** @internal Returns a checked copy of a definition. Throws the same errors as {@link add}. */
  checked(definition: JobDefinition, caller?: Caller): JobDefinition {
    return { ...definition, options: this.planner.plan(definition, caller).options };
  }

  /** @internal True if the job with this id has this function. */
  runs(jobId: string, job: JobDefinition['job']): boolean {
    return this.jobs.get(jobId)?.plan.job === job;
  }

  /** @internal Calls a function of this package for events of some types, null for all. */
  observe(types: ReadonlySet<JobEventType> | null, notify: (event: JobEvent, job: ObservedJob) => void): Subscription {
    return this.streams.observe(types, notify);
  }

  /** @internal Writes a warning about a job. */
  warn(jobId: string, text: string): void {
    this.log({ level: 'warn', message: `${jobName(jobId)}: ${text}`, jobId });
  }

  /** @internal Adds a job. All methods that add jobs call this one. */
  add(definition: JobDefinition, caller?: Caller): boolean {
    const plan = this.planner.plan(definition, caller);
    const { jobId } = plan;
    if (this.closing !== null) throw new SchedulerClosedError(jobId);
    if (this.jobs.has(jobId)) {
      this.warn(jobId, `${caller?.name ?? 'addJob'} did not add it: the id is in use`);
      return false;
    }
    const added = new Job(plan, this.context);
    this.jobs.set(jobId, added);
    added.announce();
    added.start(definition.trigger);
    return true;
  }

  /**
   * Stops the time of a job. Active runs continue.
   *
   * @returns false if there is no such job or it is not running.
   * @see the manual, `pause_job`, for the Python version
   */
  pauseJob(jobId: string): boolean {
    return this.jobs.get(jobId)?.pause() ?? false;
  }

  /**
   * Resumes a paused job.
   *
   * @returns false if there is no such job or it is not paused.
   * @see the manual, `resume_job`, for the Python version
   */
  resumeJob(jobId: string): boolean {
    return this.jobs.get(jobId)?.resume() ?? false;
  }

  /**
   * Cancels the active runs and queued fires of a job and removes it. With `drain` active runs end first, and the id is free after the
   * last.
   *
   * @param options whether active runs end first.
   * @returns false if there is no such job.
   * @throws InvalidOptionError if an option is unknown or not valid.
   * @see the manual, `remove_job`, for the Python version
   */
  removeJob(jobId: string, options: RemoveOptions = {}): boolean {
    checkKeys('removeJob(options)', options, ['drain']);
    flag('removeJob(options.drain)', options.drain);
    return this.jobs.get(jobId)?.remove(options) ?? false;
  }

  /**
   * Fires a job once at once, even if it is paused or its gate is closed. `overlap` and `maxRuns` apply, and the fire counts like any
   * other.
   *
   * @returns false if there is no such job, it is completed, or it has no run left.
   */
  runNow(jobId: string): boolean {
    return this.jobs.get(jobId)?.runNow() ?? false;
  }

  /**
   * Replaces the trigger of a job. Counts, pause, gate, elapsed time and overlap stay. What is due at this moment still belongs to the old
   * trigger and does not fire twice.
   *
   * @param trigger the new trigger, or any other Observable.
   * @returns false if there is no such job or it is completed.
   * @throws InvalidTriggerError if the trigger is not an Observable.
   */
  reschedule(jobId: string, trigger: Observable<unknown>): boolean {
    const job = this.jobs.get(jobId);
    if (job === undefined) return false;
    const { job: work, options } = job.plan;
    return job.reschedule(this.planner.plan({ jobId, trigger, job: work, options }, RESCHEDULE), trigger);
  }

  /**
   * Skips the next occurrence of a job. `nextRunTime` moves on at once. At its instant the occurrence is `fired` and `skipped`, with the
   * reason `'requested'`. A second call skips the one after it too. It works while the job is paused. `reschedule` forgets it.
   *
   * @returns false if there is no such job, it is finished, or its next occurrence is not known: with a plain Observable, or with a spaced
   *   trigger while a run is active.
   */
  skipNext(jobId: string): boolean {
    return this.jobs.get(jobId)?.skipNext() ?? false;
  }

  /** Pauses every running job. @returns the number of jobs that it paused. */
  pauseAll(): number {
    return [...this.jobs.values()].filter((job) => job.pause()).length;
  }

  /** Resumes every paused job. @returns the number of jobs that it resumed. */
  resumeAll(): number {
    return [...this.jobs.values()].filter((job) => job.resume()).length;
  }

  /**
   * @returns the present status of a job, or null if there is no such job.
   * @see the manual, `get_job_status`, for the Python version
   */
  getJobStatus(jobId: string): JobStatus | null {
    return this.jobs.get(jobId)?.status() ?? null;
  }

  /**
   * The status of a job as of its last event. It is the same object until the next event, so you can compare it by identity: for
   * `useSyncExternalStore` of React, signals and memoisation. The status of {@link getJobStatus} is a new object each time, since its
   * elapsed time moves.
   *
   * @returns the status, or null if there is no such job.
   */
  statusSnapshot(jobId: string): JobStatus | null {
    const job = this.jobs.get(jobId);
    if (job === undefined) return null;
    let snapshot = this.snapshots.get(jobId);
    if (snapshot === undefined) {
      snapshot = job.statusAtLastEvent();
      this.snapshots.set(jobId, snapshot);
    }
    return snapshot;
  }

  /**
   * Describes a job: its trigger in words and as a definition, and its options with all defaults.
   *
   * @returns a frozen object of plain JSON, or null if there is no such job.
   */
  describeJob(jobId: string): JobDescription | null {
    const job = this.jobs.get(jobId);
    return job === undefined ? null : describeJob(job.plan, this.defaults, job.state.addedAt);
  }

  /**
   * Computes when a job will run, if nothing changes. While it is paused or its gate is closed: as if that ended now. The first result is
   * the `nextRunTime` of a running job.
   *
   * If the future of the trigger is not known, it returns at most one: with the source of a custom trigger, or with a spaced trigger.
   *
   * @param options how many, and from when to when.
   * @returns epoch ms, in order. Empty if there is no such job, it is finished or draining, or its trigger is a plain Observable.
   * @throws InvalidOptionError if an option is unknown or not valid, or if `until` is before `from`.
   */
  nextRunTimes(jobId: string, options: NextRunTimesOptions = {}): number[] {
    return this.jobs.get(jobId)?.comingRuns(checkedComing(options)) ?? [];
  }

  /**
   * Adds up the counts of all jobs, those of removed jobs included. The counts of fires, runs and outcomes never decrease, as the counters
   * of Prometheus require.
   *
   * @returns a frozen object.
   */
  totals(): Totals {
    return this.removed.with([...this.jobs.values()].map((job) => job.state));
  }

  /**
   * @returns the ids of all jobs, in the order in which they were added.
   * @see the manual, `list_jobs`, for the Python version
   */
  listJobs(): string[] {
    return [...this.jobs.keys()];
  }

  /**
   * @returns the present statuses of all jobs, by job id.
   * @see the manual, `get_all_statuses`, for the Python version
   */
  getAllStatuses(): Record<string, JobStatus> {
    return Object.fromEntries([...this.jobs].map(([jobId, job]) => [jobId, job.status()]));
  }

  /**
   * The status of a job. Emits at once and after each event of the job. Emits null while there is no such job: a removal emits the status
   * `'removed'`, then null. It also follows a later job with the same id. Never errors. Completes at shutdown.
   */
  status$(jobId: string): Observable<JobStatus | null> {
    return this.streams.status$(jobId, () => this.getJobStatus(jobId));
  }

  /**
   * The events of some types, or of one job. An event that no stream asks for is not created.
   *
   * @param filter the types and the job.
   * @returns a stream that never errors and completes at shutdown.
   * @throws InvalidOptionError if an option or a type is unknown.
   */
  events<Type extends JobEventType = JobEventType>(filter: EventFilter<Type>): Observable<Extract<JobEvent, { readonly type: Type }>> {
    const types = checkedEventTypes(filter);
    // the filter lets only these types through, which the compiler cannot know
    return this.streams.events('events()', types, filter.jobId) as Observable<Extract<JobEvent, { readonly type: Type }>>;
  }

  /**
   * The values of the runs of a job: those of its Observable, Promise or function. With the option `keepLastValue` it begins with the last
   * one. Never errors. Completes at shutdown.
   */
  values$<T = unknown>(jobId: string): Observable<T> {
    return this.streams.values$(jobId, () => this.jobs.get(jobId)?.lastEmitted ?? null);
  }

  /**
   * Removes all jobs, then completes all streams. No timer and no subscription is left. Without `drain` it does so at once. With `drain` it
   * waits until the active runs have ended or `timeout` has passed. A second call waits for the same end; without `drain` it forces it.
   *
   * While draining no job fires. So a run that waits for another job, or for this shutdown, does not end: pass a `timeout`. The log has a
   * warning for every run that a draining shutdown cancels.
   *
   * @param options whether and how long to wait.
   * @returns a promise that resolves when the streams have completed. It does not wait for the functions of cancelled runs.
   * @throws InvalidOptionError if an option is unknown or not valid.
   * @see the manual, `shutdown`, for the Python version
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

  /** Marks a job as changed. */
  private touch(jobId: string): void {
    if (this.snapshots.size > 0) this.snapshots.delete(jobId);
    this.board.touch(jobId);
  }

  private closeWhenEmpty(): void {
    if (this.jobs.size > 0 || this.closing?.end() !== true) return;
    this.cancelTimeout?.();
    this.board.close();
    this.streams.close();
    this.closing.finish();
  }

  /** Shuts down at the end of a block with `using scheduler = new Scheduler()`. */
  [Symbol.dispose](): void {
    void this.shutdown();
  }

  /** Shuts down and waits for it at the end of a block with `await using scheduler = new Scheduler()`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }
}
