import type { Fire } from './fire.js';
import type { JobEvent } from './job-event.js';

/**
 * An object that a scheduler writes its log to, such as `console`, or a logger of pino, winston or bunyan.
 *
 * The message of a failure ends with the stack of the error. `details` holds the error itself. Loggers handle details differently.
 */
export interface Logger {
  debug(message: string, ...details: unknown[]): void;
  info(message: string, ...details: unknown[]): void;
  warn(message: string, ...details: unknown[]): void;
  error(message: string, ...details: unknown[]): void;
}

/** The level of a log line: `'debug'` for every fire, `'info'` for every change of a job, the others for problems. */
export type LogLevel = keyof Logger;

/** One log line as an object, for a logger that is a function. */
export interface LogEntry {
  readonly level: LogLevel;
  /** The text without the error. */
  readonly message: string;
  /** The job of the line, if there is one. */
  readonly jobId?: string;
  /** The fire of the line, if there is one. */
  readonly fire?: Fire;
  /** The event that the line reports, if there is one. */
  readonly event?: JobEvent;
  /** The error. Missing if nothing failed. */
  readonly error?: unknown;
}

/** A logger as a function of one entry. Its result is ignored. */
export type LogFunction = (entry: LogEntry) => unknown;

/** The type of the option `logger`: an object with four methods, a function of one entry, or false for no log. */
export type LoggerOption = Logger | LogFunction | false;
