import { jobName } from '../errors/job-name.js';
import { JobTimeoutError } from '../errors/job-timeout-error.js';
import { ignoreRejection, isThenable } from '../guards/thenable.js';
import type { Fire } from '../model/fire.js';
import type { LogFunction } from '../model/logger.js';
import type { Region } from '../model/region.js';
import type { Cancel } from '../time/clock.js';
import type { TimerQueue } from '../time/timer-queue.js';
import type { AttemptOwner } from './attempt.js';
import { Attempt } from './attempt.js';
import type { EndedRun, LaneJob, LaneReporter } from './lane-job.js';

/** What a run needs from its lane. */
export interface RunLane {
  readonly job: LaneJob;
  readonly reporter: LaneReporter;
  readonly timers: TimerQueue;
  /** Logs failures that are not the outcome of a run. */
  readonly log: LogFunction;
  /** True while the job is paused or its gate is closed. */
  readonly isPaused: boolean;
  /** Cancels the queued fires. */
  cancelQueue(): void;
  /** The run is over. Called before its outcome is reported. */
  runOver(run: Run): void;
  /** The outcome of a run was reported. Queued fires may start. */
  runEnded(): void;
}

/**
 * One execution of the job function for a fire: one attempt, and further ones if `retry` allows them.
 *
 * Lifecycle invariant: after it has reported one outcome, a run has no timer, reports nothing and calls nothing, whatever its job
 * function still does.
 */
export class Run implements AttemptOwner, EndedRun {
  /** Its neighbours in the linked list of active runs. */
  older: Run | null = null;
  newer: Run | null = null;
  readonly fire: Fire;
  readonly startedAt: number;
  attempts = 0;
  lastValue: unknown = undefined;
  private readonly lane: RunLane;
  /** Async context of its attempts. Null means the context in which they are started. */
  private readonly context: Region | null;
  private attempt: Attempt | null = null;
  private ended = false;
  private wasCancelled = false;
  /** Cancels the timer of the attempt's timeout or of the next attempt. */
  private cancelTimer: Cancel | null = null;
  /** True while a retry waits for the job to be running and its gate to be open. */
  private isWaiting = false;

  constructor(fire: Fire, lane: RunLane, context: Region | null) {
    this.fire = fire;
    this.lane = lane;
    this.context = context;
    this.startedAt = lane.timers.lastReading; // the code that starts a run has just read the clock
  }

  /** Starts the next attempt. */
  start(): void {
    const { lane, fire } = this;
    const { timers, reporter } = lane;
    const { jobId, policy } = lane.job;
    const attempt = ++this.attempts;
    if (attempt === 1) reporter.runStarted(fire, this.startedAt);
    else reporter.laneEvent({ type: 'started', jobId, at: timers.now(), fire, attempt });
    if (this.ended) return; // a listener cancelled the run
    const current = new Attempt(fire, attempt, this);
    this.attempt = current;
    const deadline = policy.timeoutMs === Infinity ? Infinity : timers.passed() + policy.timeoutMs;
    if (this.context === null) current.begin();
    else
      this.context(() => {
        current.begin();
      });
    // the job function may have taken long, and other code uses the last reading
    if (this.wasCancelled || this.isRunning(current)) timers.now();
    if (deadline === Infinity || !this.isRunning(current)) return;
    this.cancelTimer = timers.delay(Math.max(0, deadline - timers.passed()), () => {
      current.cancel();
      this.attemptEnded('failed', new JobTimeoutError(jobId, policy.timeoutMs));
    });
  }

  /** Cancels the run. Does nothing after its end. */
  cancel(): void {
    if (this.ended) return;
    const { lane, fire, startedAt, attempt, attempts } = this;
    this.wasCancelled = true;
    // before the teardown, which may call anything, even code that cancels this run
    this.end();
    lane.reporter.laneEvent({ type: 'cancelled', jobId: this.job.jobId, at: lane.timers.now(), fire, startedAt, attempts });
    lane.runEnded();
    attempt?.cancel();
  }

  /** Starts a retry that waits. */
  resume(): void {
    if (!this.isWaiting) return;
    this.isWaiting = false;
    this.start();
  }

  attemptEmitted(value: unknown): void {
    const { lane, fire } = this;
    if (lane.job.policy.keepsValues) this.lastValue = value;
    lane.reporter.runEmitted(fire, lane.timers.now(), value);
  }

  attemptEnded(outcome: 'succeeded' | 'failed', error: unknown): void {
    if (this.ended) return;
    const { attempt } = this;
    this.stopTimer();
    this.attempt = null;
    if (outcome === 'failed' && this.attempts <= (this.lane.job.policy.retry?.count ?? 0)) {
      this.retry(error);
      return;
    }
    const isLast = outcome === 'succeeded' && attempt !== null && this.satisfies(attempt);
    if (this.hasEnded()) return; // `completeWhen` cancelled the run
    const { lane, fire, startedAt, attempts } = this;
    const at = lane.timers.now();
    this.end();
    if (outcome === 'succeeded') lane.reporter.runSucceeded(this, at, isLast);
    else lane.reporter.laneEvent({ type: 'failed', jobId: this.job.jobId, at, fire, startedAt, attempts, error });
    if (isLast) lane.cancelQueue();
    lane.runEnded();
  }

  get job(): LaneJob {
    return this.lane.job;
  }

  get log(): LogFunction {
    return this.lane.log;
  }

  private hasEnded(): boolean {
    return this.ended;
  }

  private isRunning(attempt: Attempt): boolean {
    return !this.ended && this.attempt === attempt;
  }

  private retry(error: unknown): void {
    const { lane, fire } = this;
    const { jobId, policy } = lane.job;
    let delayMs = 0;
    try {
      delayMs = policy.retry?.delayMs(jobId, fire, this.attempts, error) ?? 0;
    } catch (reason) {
      const message = `${jobName(jobId)}: retry.delayMs failed; the retry starts at once`;
      lane.log({ level: 'error', message, jobId, fire, error: reason });
    }
    if (this.hasEnded()) return; // `delayMs` cancelled the run
    this.cancelTimer = lane.timers.delay(delayMs, () => {
      this.isWaiting = policy.retry?.waits === true && lane.isPaused;
      if (!this.isWaiting) this.start();
    });
    lane.reporter.laneEvent({ type: 'retrying', jobId, at: lane.timers.now(), fire, attempt: this.attempts + 1, delayMs, error });
  }

  /** True if the last value satisfies the option `completeWhen`. */
  private satisfies(attempt: Attempt): boolean {
    const { completeWhen } = this.job.policy;
    if (completeWhen === undefined) return false;
    try {
      const answer: unknown = completeWhen(this.lastValue, attempt);
      if (!isThenable(answer)) return Boolean(answer);
      ignoreRejection(answer);
      throw new TypeError('completeWhen: expected true or false, got a promise');
    } catch (error) {
      const { jobId } = this.job;
      this.log({ level: 'error', message: `${jobName(jobId)}: completeWhen failed; the job continues`, jobId, fire: this.fire, error });
      return false;
    }
  }

  private end(): void {
    this.ended = true;
    this.isWaiting = false;
    this.stopTimer();
    this.attempt = null;
    this.lane.runOver(this);
  }

  private stopTimer(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
  }
}
