import type { LaneReporter } from '../lanes/lane-job.js';
import type { Fire } from '../model/fire.js';
import type { JobEvent } from '../model/job-event.js';
import type { JobStatus } from '../model/job-status.js';
import type { JobContext, ObservedJob } from './job-context.js';
import { apply, applyArmed, applyFired, applyStarted, applySucceeded, LedgerState, statusOf } from './ledger-state.js';

/** The job that a ledger belongs to. */
export interface LedgerOwner extends ObservedJob {
  readonly jobId: string;
  /** The ledger has recorded an event of the lane, other than the start or a value of a run. */
  afterLaneEvent(hasFailed: boolean): void;
}

/**
 * The state and the counts of a job, with notifications. Every event changes the state first and is then reported to the observer. The
 * ledger is the state itself: a separate object would cost a job 32 bytes.
 *
 * Lifecycle invariant: the state is the fold of the events that were recorded.
 */
export class JobLedger extends LedgerState implements LaneReporter {
  private readonly owner: LedgerOwner;
  private readonly context: JobContext;

  constructor(owner: LedgerOwner, jobId: string, context: JobContext) {
    super(jobId);
    this.owner = owner;
    this.context = context;
  }

  /** A snapshot of the state. */
  snapshot(elapsedTimeMs: number): JobStatus {
    return statusOf(this, elapsedTimeMs);
  }

  /** Number of runs that were started or are queued. */
  get admitted(): number {
    return this.executionCount + this.queuedFires;
  }

  /** Records an event. */
  record(event: JobEvent): void {
    apply(this, event);
    this.notify(event);
  }

  /** Records a fire. An `isExtra` fire leaves the timer of the trigger as it is. */
  fired(fire: Fire, isExtra: boolean): void {
    applyFired(this, isExtra);
    if (this.hasListener()) this.notify({ type: 'fired', jobId: this.jobId, at: fire.firedAt, fire, ...(isExtra && { extra: true }) });
  }

  /** Records that the timer for the next fire was set. */
  armed(runAt: number): void {
    applyArmed(this, runAt);
    if (this.hasListener()) this.notify({ type: 'armed', jobId: this.jobId, at: this.context.timers.now(), runAt });
  }

  runStarted(fire: Fire, at: number): void {
    applyStarted(this);
    if (this.hasListener()) this.notify({ type: 'started', jobId: this.jobId, at, fire, attempt: 1 });
  }

  runEmitted(fire: Fire, at: number, value: unknown): void {
    if (this.hasListener()) this.notify({ type: 'emitted', jobId: this.jobId, at, fire, value });
  }

  runSucceeded(fire: Fire, startedAt: number, at: number): void {
    applySucceeded(this, fire, startedAt, at);
    if (this.hasListener()) this.notify({ type: 'succeeded', jobId: this.jobId, at, fire, startedAt });
    this.owner.afterLaneEvent(false);
  }

  laneEvent(event: JobEvent): void {
    this.record(event);
    this.owner.afterLaneEvent(event.type === 'failed');
  }

  private notify(event: JobEvent): void {
    this.context.observer.jobEvent(this.owner, event);
  }

  /** True if a listener wants the next event. Otherwise only marks the job as changed. */
  private hasListener(): boolean {
    const { owner } = this;
    const { observer } = this.context;
    if (observer.hasListener(owner)) return true;
    observer.jobChanged(owner);
    return false;
  }
}
