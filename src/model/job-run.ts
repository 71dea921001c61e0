import type { Fire } from './fire.js';

/** The argument of a job function without `args`. */
export interface JobRun<T = undefined> {
  readonly jobId: string;
  /** The fire of this run. */
  readonly fire: Fire;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Aborted when the run is cancelled or times out. Pass it to `fetch` and similar functions. */
  readonly signal: AbortSignal;
  /** The value of a trigger that is a plain Observable, else undefined. */
  readonly value: T;
}
