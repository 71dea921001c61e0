import type { LogFunction } from '../model/logger.js';
import { ignoreRejection } from './thenable.js';

/** The same log, but a log that throws or rejects loses the line and has no other effect. */
export function guardLog(log: LogFunction): LogFunction {
  return (entry) => {
    try {
      ignoreRejection(log(entry));
    } catch {
      // nothing is left to report it to
    }
  };
}
