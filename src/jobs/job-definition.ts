import type { Observable } from 'rxjs';
import type { JobOptions } from '../model/job-options.js';

/** A job in one value: what fires it, what it does, how. */
export interface JobDefinition<T = unknown> {
  readonly jobId: string;
  /** A trigger, or any Observable: then each value is a fire. */
  readonly trigger: Observable<T>;
  /** Called once a run with the `JobRun`, or with `options.args`. */
  readonly job: (...args: never[]) => unknown;
  readonly options?: JobOptions | undefined;
}
