import { checked } from '../errors/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import type { RetryPlan } from '../model/engine.js';
import type { Retry } from '../model/job-options.js';
import { chance } from '../model/chance.js';

/**
 * Reads the option `retry`: a failed attempt is followed by others, within the same run, until one succeeds or none is left.
 *
 * ```text
 * fire       0
 * attempts   |1==x  |2==x    |3====|       delayMs: (attempt) => attempt * 1000
 * events     started retrying started retrying started succeeded
 * ```
 */
export function readRetry(place: string, retry: Retry | undefined): RetryPlan | null {
  if (retry === undefined) return null;
  const given: unknown = retry;
  checked(
    `${place})`,
    retry,
    () => typeof given === 'number' || (typeof given === 'object' && given !== null),
    'a number of retries, or { count, … }',
  );
  const { count, delayMs = 0, maxDelayMs = Infinity, jitter = 0 } = typeof retry === 'object' ? retry : { count: retry };
  const isCount = count === Infinity || (Number.isInteger(count) && count >= 0);
  if (!isCount) throw new InvalidOptionError(`${place}.count)`, count, 'a whole number from 0');
  checked(
    `${place}.delayMs)`,
    delayMs,
    (delay) => typeof delay === 'function' || delay >= 0,
    'a number of ms from 0, or a function that gives one',
  );
  checked(`${place}.maxDelayMs)`, maxDelayMs, (delay) => delay >= 0, 'a number of ms from 0');
  checked(`${place}.jitter)`, jitter, (part) => part >= 0 && part <= 1, 'a part from 0 to 1');
  if (count === 0) return null;
  return {
    count,
    delayMs: (jobId, fire, attempt, error) => {
      const asked = typeof delayMs === 'function' ? delayMs(attempt, error) : delayMs;
      const delay = Math.min(maxDelayMs, asked >= 0 ? asked : 0); // what a function gives may be nonsense
      return delay - delay * jitter * chance(jobId, fire.scheduledAt + attempt);
    },
  };
}
