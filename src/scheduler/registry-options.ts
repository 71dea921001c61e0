import type { DurationLike } from '../model/duration.js';
import type { JobOptions } from '../model/job-options.js';
import type { LoggerOption } from '../model/logger.js';
import type { Clock } from '../time/clock.js';

/** Options of a `JobRegistry` and a `Scheduler`. */
export interface RegistryOptions {
  /**
   * The clock of all jobs.
   *
   * @default the clock in force when the registry is created
   */
  readonly clock?: Clock | undefined;
  /**
   * Gets the log: `console` or another object with four methods, a function of one entry, or false for no log.
   *
   * @default warnings and errors to the console
   */
  readonly logger?: LoggerOption | undefined;
  /**
   * Options of every job. The options of a job and of its trigger take precedence.
   *
   * @default the defaults of the kind of trigger
   */
  readonly defaults?: JobOptions | undefined;
  /**
   * Maximum delay of a wake-up in ms, from 0 to 30,000. Jobs that are due in neighbouring milliseconds then share a wake-up. Wake-ups come
   * at multiples of it: with 10, whole seconds are still on time. It helps if many jobs have different periods.
   *
   * @default 0
   */
  readonly slackMs?: number | undefined;
  /**
   * False lets a Node process end while jobs are waiting. A retry or a timeout of an active run always keeps it alive.
   *
   * @default true
   */
  readonly keepAlive?: boolean | undefined;
}

/** The names of the options. */
export const REGISTRY_OPTIONS: readonly (keyof RegistryOptions)[] = ['clock', 'logger', 'defaults', 'slackMs', 'keepAlive'];

/** Maximum of the option `slackMs`: the queue wakes up this often in any case. */
export const MAX_SLACK_MS = 30_000;

/** True if the value is valid for the option `slackMs`. */
export function isSlack(slackMs: unknown): boolean {
  return typeof slackMs === 'number' && slackMs >= 0 && slackMs <= MAX_SLACK_MS;
}

/** Options of `JobRegistry.shutdown`. */
export interface ShutdownOptions {
  /**
   * True lets active runs end first.
   *
   * @default false
   */
  readonly drain?: boolean | undefined;
  /**
   * How long a draining shutdown waits. Then it cancels the runs.
   *
   * @default no limit
   */
  readonly timeout?: DurationLike | undefined;
}

/** What happened to the runs that were active when `JobRegistry.shutdown` was called. */
export interface ShutdownResult {
  /** Ids of the jobs whose runs ended by themselves. */
  readonly drained: string[];
  /** Ids of the jobs with a cancelled run. */
  readonly cancelled: string[];
}
