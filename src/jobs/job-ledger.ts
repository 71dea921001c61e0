import type { EndedRun, LaneReporter } from '../lanes/lane-job.js';
import { withErrorJson } from '../model/error-json.js';
import type { Fire } from '../model/fire.js';
import type { JobEvent, JobEventType } from '../model/job-event.js';
import type { JobStatus } from '../model/job-status.js';
import type { RunOutcome } from '../model/run-outcome.js';
import type { JobContext, ObservedJob } from './job-context.js';
import { apply, applyArmed, applyFired, applyStarted, applySucceeded, LedgerState, statusOf } from './ledger-state.js';

/** The job that a ledger belongs to. */
export interface LedgerOwner extends ObservedJob {
  readonly context: JobContext;
  /** The ledger has recorded the success of a run that satisfies `completeWhen`. */
  endTrigger(): void;
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
  /** The value that was emitted last, with the option `keepLastValue`. */
  lastEmitted: { readonly value: unknown } | null = null;
  private readonly owner: LedgerOwner;

  constructor(owner: LedgerOwner, jobId: string) {
    super(jobId);
    this.owner = owner;
  }

  /** A snapshot of the state. */
  snapshot(elapsedTimeMs: number, remainingMs: number | null): JobStatus {
    return statusOf(this, elapsedTimeMs, remainingMs);
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
    const at = fire.firedAt;
    applyFired(this, isExtra, at);
    if (this.hasListener('fired')) this.notify({ type: 'fired', jobId: this.jobId, at, fire, ...(isExtra && { extra: true }) });
  }

  /** Records that the timer for the next fire was set, or with NaN that none will run. */
  armed(runAt: number): void {
    const at = this.owner.context.timers.lastReading;
    applyArmed(this, runAt, at);
    if (this.hasListener('armed')) this.notify({ type: 'armed', jobId: this.jobId, at, runAt: Number.isNaN(runAt) ? null : runAt });
  }

  runStarted(fire: Fire, at: number): void {
    applyStarted(this, at);
    if (this.hasListener('started')) this.notify({ type: 'started', jobId: this.jobId, at, fire, attempt: 1 });
  }

  runEmitted(fire: Fire, at: number, value: unknown): void {
    this.changedAt = at;
    if (this.owner.plan.policy.keepLastValue) this.lastEmitted = { value };
    if (this.hasListener('emitted')) this.notify({ type: 'emitted', jobId: this.jobId, at, fire, value });
  }

  runSucceeded({ fire, startedAt, attempts, lastValue }: EndedRun, at: number, isLast: boolean): void {
    const { jobId, owner } = this;
    applySucceeded(this, fire, startedAt, at);
    if (owner.plan.policy.keepLastValue && this.lastEnd !== null) this.lastEnd.kept = { value: lastValue };
    if (this.hasListener('succeeded')) this.notify({ type: 'succeeded', jobId, at, fire, startedAt, attempts });
    const { observer } = this.owner.context;
    if (observer.followsOutcomes)
      observer.jobOutcome(Object.freeze({ jobId, fire, outcome: 'succeeded', startedAt, endedAt: at, attempts }));
    if (isLast) owner.endTrigger();
    else owner.afterLaneEvent(false);
  }

  laneEvent(event: JobEvent): void {
    this.record(event);
    const { observer } = this.owner.context;
    const outcome = observer.followsOutcomes ? outcomeOf(event) : null;
    if (outcome !== null) observer.jobOutcome(outcome);
    this.owner.afterLaneEvent(event.type === 'failed');
  }

  private notify(event: JobEvent): void {
    this.owner.context.observer.jobEvent(this.owner, event);
  }

  /** True if a listener wants the next event. Otherwise only marks the job as changed. */
  private hasListener(type: JobEventType): boolean {
    const { owner } = this;
    const { observer } = owner.context;
    if (observer.hasListener(owner, type)) return true;
    observer.jobChanged(owner);
    return false;
  }
}

/** The outcome that an event reports, or null. */
function outcomeOf(event: JobEvent): RunOutcome | null {
  const { jobId, at: endedAt } = event;
  switch (event.type) {
    case 'skipped':
      return Object.freeze({ jobId, fire: event.fire, outcome: 'skipped', reason: event.reason, endedAt, attempts: 0 });
    case 'failed':
    case 'cancelled': {
      const { fire, type: outcome, startedAt, attempts } = event;
      const run = { jobId, fire, outcome, ...(startedAt !== null && { startedAt }), endedAt, attempts };
      return Object.freeze(event.type === 'failed' ? withErrorJson({ ...run, error: event.error }) : run);
    }
    default:
      return null;
  }
}
