import type { Fire } from './fire.js';
import type { JobEvent } from './job-event.js';

/**
 * Where a scheduler writes its log; `console`, pino, winston and bunyan are such objects.
 *
 * The message of a failure ends with the stack of the error, and the error itself is in `details`: loggers differ in what they do with
 * those.
 */
export interface Logger {
  debug(message: string, ...details: unknown[]): void;
  info(message: string, ...details: unknown[]): void;
  warn(message: string, ...details: unknown[]): void;
  error(message: string, ...details: unknown[]): void;
}

/** How important a line of the log is: `'debug'` comes with every fire, `'info'` with a change of a job, the others with trouble. */
export type LogLevel = keyof Logger;

/** One line of the log, for a logger that is a function: it gets whole objects. */
export interface LogEntry {
  readonly level: LogLevel;
  /** The line, without the error. */
  readonly message: string;
  /** The job that the line is about, if any. */
  readonly jobId?: string;
  /** The fire that the line is about, if any. */
  readonly fire?: Fire;
  /** The event that the line reports, if it reports one. */
  readonly event?: JobEvent;
  /** What was thrown or rejected; there is none where nothing failed. */
  readonly error?: unknown;
}

/** A logger in the form of a function of one entry; what it returns is not used. */
export type LogFunction = (entry: LogEntry) => unknown;

/** What an option `logger` takes: an object with four methods, a function of one entry, or false for no log. */
export type LoggerOption = Logger | LogFunction | false;
