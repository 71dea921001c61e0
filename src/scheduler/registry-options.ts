import type { DurationLike } from '../model/duration.js';
import type { JobOptions } from '../model/job-options.js';
import type { LoggerOption } from '../model/logger.js';
import type { Clock } from '../time/clock.js';

/** Options of a `JobRegistry` and a `Scheduler`. */
export interface RegistryOptions {
  /** Where time comes from. Default: the clock in force when the registry is made. */
  readonly clock?: Clock | undefined;
  /**
   * Where the log is written: `console` or another object with four methods, a function of one entry, or false for nowhere. Default:
   * warnings and errors to the console.
   */
  readonly logger?: LoggerOption | undefined;
  /** Options of every job, where neither the job nor its trigger was given one. They go before what a kind of trigger wants. */
  readonly defaults?: JobOptions | undefined;
  /**
   * By how many ms a wake-up may be late, so that jobs due in neighbouring milliseconds share it: wake-ups are the multiples of it, so
   * that with 10 what is due at a whole second is still on time. Worth it where many jobs have periods of their own. Default 0.
   */
  readonly slackMs?: number | undefined;
  /** Whether waiting jobs keep a Node process alive; the retry or the timeout of a run that is under way always does. Default true. */
  readonly keepAlive?: boolean | undefined;
}

/** The names of the options. */
export const REGISTRY_OPTIONS: readonly (keyof RegistryOptions)[] = ['clock', 'logger', 'defaults', 'slackMs', 'keepAlive'];

/** The longest slack in ms: the queue wakes this often in any case. */
export const MOST_SLACK_MS = 30_000;

/** Whether it is what the option `slackMs` takes. */
export function isSlack(slackMs: unknown): boolean {
  return typeof slackMs === 'number' && slackMs >= 0 && slackMs <= MOST_SLACK_MS;
}

/** Options of `JobRegistry.shutdown`. */
export interface ShutdownOptions {
  /** Whether active runs may end first. Default false. */
  readonly drain?: boolean | undefined;
  /** How long they may take; then they are cancelled. Default: no limit. */
  readonly timeout?: DurationLike | undefined;
}

/** What became of the runs that were active when `JobRegistry.shutdown` was called. */
export interface ShutdownResult {
  /** The ids of the jobs whose runs came to their own end. */
  readonly drained: string[];
  /** The ids of the jobs of which a run was cancelled. */
  readonly cancelled: string[];
}
