import type { SkipReason } from '../../model/job-event.js';

/** How busy a lane is. */
export interface Load {
  /** Number of active runs. */
  readonly active: number;
  /** Number of queued fires. */
  readonly queued: number;
  /** Maximum number of active runs for `'allow'`. */
  readonly concurrency: number;
  /** Maximum number of queued fires for `'queue'`. */
  readonly queueLimit: number;
}

/**
 * What happens to a fire:
 *
 * - `start`: its run starts;
 * - `queue`: it waits;
 * - `supersede`: it waits, and the queued fires are skipped;
 * - `replace`: the active runs are cancelled, then its run starts;
 * - a skip reason: it is skipped.
 */
export type Decision = 'start' | 'queue' | 'supersede' | 'replace' | SkipReason;

/** An overlap policy: a pure decision, and what a lane does with queued fires. */
export interface OverlapPolicy {
  /** Decides what happens to a fire. */
  decide(load: Load): Decision;
  /** Maximum number of active runs. */
  maxActive(load: Load): number;
  /** True if a queued fire replaces the active runs when the job resumes. */
  readonly replacesRuns: boolean;
}

/** True if nothing is active or queued. */
export function isFree(load: Load): boolean {
  return load.active === 0 && load.queued === 0;
}

/** The limit of the policies that start one run after another. */
export function oneActive(): number {
  return 1;
}
