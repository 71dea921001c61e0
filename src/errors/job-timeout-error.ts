import { jobName } from './job-name.js';
import { SharedError } from './shared-error.js';

/** What an attempt fails with that lasted longer than its job's `timeout`. */
export class JobTimeoutError extends SharedError {
  /** @internal */
  static override readonly kind: string = 'extended-scheduler.JobTimeoutError';
  override readonly name = 'JobTimeoutError';
  readonly code = 'JOB_TIMEOUT';
  readonly jobId: string;
  /** How long it might last, in ms. */
  readonly timeoutMs: number;

  constructor(jobId: string, timeoutMs: number) {
    super(`${jobName(jobId)}: an attempt lasted longer than ${String(timeoutMs)} ms`);
    this.jobId = jobId;
    this.timeoutMs = timeoutMs;
  }
}
