import { SharedError } from './shared-error.js';

/** Thrown by `addJob` once the scheduler has been shut down. */
export class SchedulerClosedError extends SharedError {
  /** @internal */
  static override readonly kind: string = 'extended-scheduler.SchedulerClosedError';
  override readonly name = 'SchedulerClosedError';
  readonly code = 'SCHEDULER_CLOSED';
  /** The job that was to be added. */
  readonly jobId: string;

  constructor(jobId: string) {
    super(`addJob(${JSON.stringify(jobId)}): the scheduler has been shut down and takes no more jobs`);
    this.jobId = jobId;
  }
}
