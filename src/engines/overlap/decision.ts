import type { SkipReason } from '../../model/job-event.js';

/** What a lane carries at the moment. */
export interface Load {
  readonly active: number;
  readonly queued: number;
  /** How many runs may be active at once under `'allow'`. */
  readonly concurrency: number;
  /** How many fires may wait under `'queue'`. */
  readonly queueLimit: number;
}

/** What is to be done with a fire: start it, let it wait, let it take the place of what waits or runs, or decline it. */
export type Decision = 'start' | 'queue' | 'supersede' | 'replace' | SkipReason;

/** An overlap policy: one pure decision. */
export type Decide = (load: Load) => Decision;

/** Whether nothing is in the way of a fire. */
export function isFree(load: Load): boolean {
  return load.active === 0 && load.queued === 0;
}
