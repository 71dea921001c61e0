import type { Fire } from './fire.js';

/** What a job function is given for one run, unless the job has `args`. */
export interface JobRun<T = undefined> {
  readonly jobId: string;
  /** What it runs for. */
  readonly fire: Fire;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Aborted when the run is called off: hand it to `fetch` and the like. */
  readonly signal: AbortSignal;
  /** What the trigger emitted, where it is a plain Observable; else undefined. */
  readonly value: T;
}
