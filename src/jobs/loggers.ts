import { checked } from '../checks/check.js';
import { errorText } from '../errors/error-text.js';
import { guardLog } from '../guards/guard-log.js';
import type { LogEntry, LogFunction, Logger, LoggerOption, LogLevel } from '../model/logger.js';

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** Writes to the console, which prints errors with their causes. */
const verboseConsole: LogFunction = (entry) => {
  // with several arguments the console interprets % in the first one
  if ('error' in entry) console[entry.level](entry.message.replaceAll('%', '%%'), entry.error);
  else console[entry.level](entry.message);
};

/** The default: writes warnings and errors to the console. */
const quietConsole: LogFunction = (entry) => {
  if (entry.level === 'warn' || entry.level === 'error') verboseConsole(entry);
};

const silent: LogFunction = () => undefined;

/** Turns the option `logger` into a log function. @throws InvalidOptionError if it is not a logger. */
export function checkedLogger(place: string, logger: LoggerOption | undefined): LogFunction {
  checked<unknown>(place, logger, isLogger, 'false, a function of one entry, or an object with the functions debug, info, warn and error');
  if (logger === undefined) return quietConsole;
  if (logger === false) return silent;
  if (logger === console) return verboseConsole;
  return hasMethods(logger) ? writerTo(logger) : logger;
}

function isLogger(logger: unknown): boolean {
  return logger === false || typeof logger === 'function' || hasMethods(logger);
}

function hasMethods(logger: unknown): logger is Logger {
  const isObject = (typeof logger === 'object' && logger !== null) || typeof logger === 'function';
  return isObject && LEVELS.every((level) => typeof (logger as Partial<Logger>)[level] === 'function');
}

function writerTo(logger: Logger): LogFunction {
  return (entry): unknown => {
    const { level, message } = entry;
    const write: (message: string, ...details: unknown[]) => unknown = logger[level].bind(logger); // may be async
    return 'error' in entry ? write(`${message}: ${errorText(entry.error)}`, entry.error) : write(message);
  };
}

/** Logs of {@link alsoReporting} that drop debug and info lines. */
const madeOfQuiet: WeakSet<LogFunction> = new WeakSet();

/** True if the log writes debug and info lines. Otherwise they are not created. */
export function isVerbose(log: LogFunction): boolean {
  return log !== quietConsole && log !== silent && !madeOfQuiet.has(log);
}

/** The same log, but `onError` also gets the errors. A failure of one does not affect the other. */
export function alsoReporting(log: LogFunction, onError: (error: unknown) => unknown): LogFunction {
  const safe = guardLog(log);
  const reporting = (entry: LogEntry): unknown => {
    safe(entry);
    return entry.level === 'error' ? onError(entry.error ?? new Error(entry.message)) : undefined;
  };
  if (!isVerbose(log)) madeOfQuiet.add(reporting);
  return reporting;
}
