import { swallow } from '../errors/swallow.js';
import type { Logger } from '../model/logger.js';

const nothing = (): void => undefined;

/** The log as it is unless told otherwise: warnings and errors to the console, nothing else. */
export const quietConsole: Logger = {
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
export const silent: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

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
