import { checkKeys, checked, finiteFrom0 } from '../errors/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { describeValue } from '../errors/describe-value.js';
import { swallow } from '../errors/swallow.js';
import type { RetryPlan } from '../model/engine.js';
import type { Retry, RetryOptions } from '../model/job-options.js';
import { chance } from '../model/chance.js';

/** A checked copy of the option `retry`. */
export function checkedRetry(place: string, retry: Retry): RetryOptions {
  if (typeof retry !== 'number')
    checkKeys(`${place})`, retry, ['count', 'delayMs', 'maxDelayMs', 'jitter'], [], 'a number of retries, or { count, … }');
  const options: RetryOptions = typeof retry === 'number' ? { count: retry } : { ...retry };
  const { count, delayMs, maxDelayMs, jitter } = options;
  const isCount = count === Infinity || (Number.isInteger(count) && count >= 0);
  if (!isCount) throw new InvalidOptionError(`${place}.count)`, count, 'a whole number from 0');
  if (typeof delayMs !== 'function') finiteFrom0(`${place}.delayMs)`, delayMs, ', or a function that returns one');
  checked(`${place}.maxDelayMs)`, maxDelayMs, (delay) => typeof delay === 'number' && delay >= 0, 'a number of ms from 0');
  checked(`${place}.jitter)`, jitter, (part) => typeof part === 'number' && part >= 0 && part <= 1, 'a number from 0 to 1');
  return options;
}

/**
 * How a failed attempt is followed by others, within the same run, until one succeeds or none is left.
 *
 * ```text
 * fire       0
 * attempts   |1==x  |2==x    |3====|       delayMs: (attempt) => attempt * 1000
 * events     started retrying started retrying started succeeded
 * ```
 */
export function retryPlan({ count, delayMs = 0, maxDelayMs = Infinity, jitter = 0 }: RetryOptions): RetryPlan | null {
  if (count === 0) return null;
  return {
    count,
    delayMs: (jobId, fire, attempt, error) => {
      const asked: unknown = typeof delayMs === 'function' ? delayMs(attempt, error) : delayMs;
      const delay = Math.min(maxDelayMs, checkedDelay(asked, maxDelayMs));
      return delay - delay * jitter * chance(jobId, fire.scheduledAt + attempt);
    },
  };
}

/** What a function of the user has returned; a delay without end is finite where `maxDelayMs` is. */
function checkedDelay(asked: unknown, maxDelayMs: number): number {
  if (typeof asked === 'number' && asked >= 0 && (asked < Infinity || maxDelayMs < Infinity)) return asked;
  swallow(asked, () => undefined); // an async function is an error, and its rejection is not a second one
  throw new TypeError(`retry.delayMs: expected a finite number of ms from 0, got ${describeValue(asked)}`);
}
