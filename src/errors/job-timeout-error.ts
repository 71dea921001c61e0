import { jobName } from './job-name.js';
import { SharedError } from './shared-error.js';

/** The error of an attempt that took longer than the `timeout` of its job. */
export class JobTimeoutError extends SharedError {
  /** @internal */
  static override readonly kind: string = 'extended-scheduler.JobTimeoutError';
  override readonly name = 'JobTimeoutError';
  readonly code = 'JOB_TIMEOUT';
  readonly jobId: string;
  /** The `timeout` in ms. */
  readonly timeoutMs: number;

  constructor(jobId: string, timeoutMs: number) {
    super(`${jobName(jobId)}: an attempt took longer than ${String(timeoutMs)} ms`);
    this.jobId = jobId;
    this.timeoutMs = timeoutMs;
  }
}
