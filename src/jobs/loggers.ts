import { swallow } from '../errors/swallow.js';
import type { Logger } from '../model/logger.js';

const nothing = (): void => undefined;

/** The log as it is unless told otherwise: warnings and errors to the console, nothing else. */
const quietConsole: Logger = {
  debug: nothing,
  info: nothing,
  warn: (message, ...details) => {
    console.warn(message, ...details);
  },
  error: (message, ...details) => {
    console.error(message, ...details);
  },
};

/** A log that is written nowhere. */
const silent: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Those whose debug and info lines nobody reads: such lines are not even put together. */
const quiet: WeakSet<Logger> = new WeakSet([quietConsole, silent]);

/** The log that an option `logger` asks for. */
export function loggerOf(logger: Logger | false | undefined): Logger {
  return logger === false ? silent : (logger ?? quietConsole);
}

/** The same log, of which a line that cannot be written is lost and harms nobody. */
export function harmless(logger: Logger): Logger {
  const level =
    (name: keyof Logger): Logger[keyof Logger] =>
    (message, ...details) => {
      try {
        const write = logger[name].bind(logger) as (...line: unknown[]) => unknown;
        swallow(write(message, ...details), () => undefined);
      } catch {
        // there is nobody left to tell
      }
    };
  return { debug: level('debug'), info: level('info'), warn: level('warn'), error: level('error') };
}

/** Whether anybody reads its debug and info lines. */
export function isVerbose(logger: Logger): boolean {
  return !quiet.has(logger);
}

/**
 * The same log, whose errors somebody else is told of as well: the error itself where there is one. What goes wrong in either does not
 * keep the other from it.
 */
export function alsoTelling(logger: Logger, onError: (error: unknown) => unknown): Logger {
  const safe = harmless(logger);
  const telling: Logger = {
    ...safe,
    error: (message, ...details) => {
      safe.error(message, ...details);
      return onError(details[0] ?? new Error(message));
    },
  };
  if (quiet.has(logger)) quiet.add(telling);
  return telling;
}
