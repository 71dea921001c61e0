import type { Fire } from './fire.js';
import type { Outcome, SkipReason } from './job-event.js';

/** How one fire ended. */
export interface RunOutcome {
  readonly jobId: string;
  readonly fire: Fire;
  readonly outcome: Outcome;
  /** Why the fire was skipped. Missing for other outcomes. */
  readonly reason?: SkipReason;
  /** When the run started, in epoch ms. Missing for a fire that never ran. */
  readonly startedAt?: number;
  /** When it ended, in epoch ms. */
  readonly endedAt: number;
  /** Number of attempts. 0 for a fire that never ran. */
  readonly attempts: number;
  /** The error of a failed run. `JSON.stringify` writes its name, message and stack. */
  readonly error?: unknown;
}
