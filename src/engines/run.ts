import { jobName } from '../errors/job-name.js';
import { JobTimeoutError } from '../errors/job-timeout-error.js';
import type { EngineJob, LaneOwner } from '../model/engine.js';
import type { Fire } from '../model/fire.js';
import type { LogFunction } from '../model/logger.js';
import type { Region } from '../model/region.js';
import type { Cancel } from '../time/clock.js';
import { Attempt } from './attempt.js';
import type { AttemptOwner } from './attempt.js';

/** The lane that a run belongs to. */
export interface RunOwner {
  readonly job: EngineJob;
  readonly owner: LaneOwner;
  /** Where a failure goes that is not the outcome of a run. */
  readonly log: LogFunction;
  now(): number;
  /** Ms since some moment, whatever the wall clock is set to. */
  passed(): number;
  readonly lastReading: number;
  /** Calls back after so many ms of the job's clock. */
  delay(ms: number, callback: () => void): Cancel;
  /** The run is over: it is taken out of the books before its outcome is told. */
  runOver(run: Run): void;
  /** Its outcome has been told: others may go on. */
  runEnded(): void;
}

/**
 * One execution of the job function for a fire: one attempt, and others after it where `retry` says so.
 *
 * Lifecycle invariant: after one outcome was handed to its lane it tells nothing more, has no timer, and calls nothing,
 * whatever its function still does.
 */
export class Run implements AttemptOwner {
  /** Its neighbours among the active runs. */
  older: Run | null = null;
  newer: Run | null = null;
  private readonly fire: Fire;
  private readonly lane: RunOwner;
  /** The async context of its attempts; null for the one that they are started in. */
  private readonly context: Region | null;
  private readonly startedAt: number;
  private attempts = 0;
  private attempt: Attempt | null = null;
  private ended = false;
  private wasCancelled = false;
  /** The timer of the attempt's timeout, or of the next attempt. */
  private cancelTimer: Cancel | null = null;

  constructor(fire: Fire, lane: RunOwner, context: Region | null) {
    this.fire = fire;
    this.lane = lane;
    this.context = context;
    this.startedAt = lane.lastReading;
  }

  start(): void {
    const { lane, fire } = this;
    const { jobId, policy } = lane.job;
    const attempt = ++this.attempts;
    if (attempt === 1) lane.owner.runStarted(fire, this.startedAt);
    else lane.owner.laneEvent({ type: 'started', jobId, at: lane.now(), fire, attempt });
    if (this.ended) return; // a listener called it off: the function is not called
    const current = new Attempt(fire, attempt, this);
    this.attempt = current;
    const deadline = policy.timeoutMs === Infinity ? Infinity : lane.passed() + policy.timeoutMs;
    if (this.context === null) current.begin();
    else
      this.context(() => {
        current.begin();
      });
    if (this.wasCancelled || this.isRunning(current)) lane.now(); // it may have taken long, and others go by the last reading
    if (deadline === Infinity || !this.isRunning(current)) return;
    this.cancelTimer = lane.delay(Math.max(0, deadline - lane.passed()), () => {
      current.cancel();
      this.attemptEnded('failed', new JobTimeoutError(jobId, policy.timeoutMs));
    });
  }

  cancel(): void {
    if (this.ended) return;
    const { lane, fire, startedAt, attempt } = this;
    this.wasCancelled = true;
    // into the books first: the teardown may call anything, also what calls this run off
    this.end();
    lane.owner.laneEvent({ type: 'cancelled', jobId: this.job.jobId, at: lane.now(), fire, startedAt });
    lane.runEnded();
    attempt?.cancel();
  }

  attemptEmitted(value: unknown): void {
    const { lane, fire } = this;
    lane.owner.runEmitted(fire, lane.now(), value);
  }

  attemptEnded(outcome: 'succeeded' | 'failed', error: unknown): void {
    if (this.ended) return;
    this.stopTimer();
    this.attempt = null;
    if (outcome === 'failed' && this.attempts <= (this.lane.job.policy.retry?.count ?? 0)) {
      this.retry(error);
      return;
    }
    const { lane, fire, startedAt } = this;
    const at = lane.now();
    this.end();
    if (outcome === 'succeeded') lane.owner.runSucceeded(fire, startedAt, at);
    else lane.owner.laneEvent({ type: 'failed', jobId: this.job.jobId, at, fire, startedAt, error });
    lane.runEnded();
  }

  get job(): EngineJob {
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
      const message = `${jobName(jobId)}: retry.delayMs failed; the retry comes at once`;
      lane.log({ level: 'error', message, jobId, fire, error: reason });
    }
    if (this.hasEnded()) return; // cancelled by its own delayMs
    this.cancelTimer = lane.delay(delayMs, () => {
      this.start();
    });
    lane.owner.laneEvent({ type: 'retrying', jobId, at: lane.now(), fire, attempt: this.attempts + 1, delayMs, error });
  }

  private end(): void {
    this.ended = true;
    this.stopTimer();
    this.attempt = null;
    this.lane.runOver(this);
  }

  private stopTimer(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
  }
}
