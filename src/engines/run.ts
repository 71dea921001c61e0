import type { EngineJob } from '../model/engine.js';
import type { Fire } from '../model/fire.js';
import type { JobEvent } from '../model/job-event.js';
import { Attempt } from './attempt.js';
import type { AttemptOwner } from './attempt.js';

/** The lane that a run belongs to. */
export interface RunOwner {
  readonly job: EngineJob;
  readonly now: () => number;
  report(event: JobEvent): void;
  /** The run is over; `event` is its outcome, to be reported when the run is out of the books. */
  runEnded(run: Run, event: JobEvent): void;
}

/**
 * One execution of the job function for a fire.
 *
 * Lifecycle invariant: after one outcome was handed to its lane it tells nothing more, whatever its function still does.
 */
export class Run implements AttemptOwner {
  /** Its neighbours among the active runs. */
  older: Run | null = null;
  newer: Run | null = null;
  private readonly fire: Fire;
  private readonly lane: RunOwner;
  private readonly startedAt: number;
  private attempt: Attempt | null = null;
  private ended = false;

  constructor(fire: Fire, lane: RunOwner) {
    this.fire = fire;
    this.lane = lane;
    this.startedAt = lane.now();
  }

  start(): void {
    const { lane, fire, startedAt } = this;
    const { jobId } = lane.job;
    lane.report({ type: 'started', jobId, at: startedAt, fire, attempt: 1 });
    if (this.ended) return; // a listener called it off: the function is not called
    this.attempt = new Attempt(lane.job, fire, 1, this);
    this.attempt.begin();
  }

  cancel(): void {
    if (this.ended) return;
    this.ended = true;
    const { lane, fire, startedAt } = this;
    // into the books first: the teardown may call anything, also what calls this run off
    lane.runEnded(this, { type: 'cancelled', jobId: lane.job.jobId, at: lane.now(), fire, startedAt });
    this.attempt?.cancel();
  }

  attemptEmitted(value: unknown): void {
    const { lane, fire } = this;
    lane.report({ type: 'emitted', jobId: lane.job.jobId, at: lane.now(), fire, value });
  }

  attemptEnded(outcome: 'succeeded' | 'failed', error: unknown): void {
    if (this.ended) return;
    this.ended = true;
    const { lane, fire, startedAt } = this;
    const ending = { jobId: lane.job.jobId, at: lane.now(), fire, startedAt };
    lane.runEnded(this, outcome === 'failed' ? { type: outcome, ...ending, error } : { type: outcome, ...ending });
  }
}
