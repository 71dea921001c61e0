import { SharedError } from './shared-error.js';

/** Thrown by `addJob` after `shutdown`. */
export class SchedulerClosedError extends SharedError {
  /** @internal */
  static override readonly kind: string = 'extended-scheduler.SchedulerClosedError';
  override readonly name = 'SchedulerClosedError';
  readonly code = 'SCHEDULER_CLOSED';
  /** The id that was passed. */
  readonly jobId: string;

  constructor(jobId: string) {
    super(`addJob(${JSON.stringify(jobId)}): the scheduler was shut down and accepts no more jobs`);
    this.jobId = jobId;
  }
}
