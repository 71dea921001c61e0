import { checked } from '../errors/check.js';
import { loggerOf } from '../jobs/loggers.js';
import type { DurationLike } from '../model/duration.js';
import type { JobOptions } from '../model/job-options.js';
import type { Logger } from '../model/logger.js';
import type { Clock } from '../time/clock.js';

/** Options of a `JobRegistry` and a `Scheduler`. */
export interface RegistryOptions {
  /** Where time comes from. Default: the clock in force when the registry is made. */
  readonly clock?: Clock | undefined;
  /** Where the log is written: `console` for everything, false for nothing. Default: warnings and errors to the console. */
  readonly logger?: Logger | false | undefined;
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

/** The log that an option `logger` asks for, if it is one. */
export function checkedLogger(place: string, logger: Logger | false | undefined): Logger {
  return loggerOf(checked(place, logger, isLogger, 'false, or an object with the functions debug, info, warn and error'));
}

function isLogger(logger: unknown): boolean {
  const levels: readonly (keyof Logger)[] = ['debug', 'info', 'warn', 'error'];
  return (
    logger === false ||
    (typeof logger === 'object' && logger !== null && levels.every((level) => typeof (logger as Partial<Logger>)[level] === 'function'))
  );
}

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
