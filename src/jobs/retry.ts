import { checked, checkKeys, finiteFrom0, oneOf } from '../checks/check.js';
import type { Place } from '../checks/place.js';
import { describeValue } from '../errors/describe-value.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { ignoreRejection } from '../guards/thenable.js';
import type { RetryPlan } from '../lanes/lane-job.js';
import { chance } from '../model/chance.js';
import type { Retry, RetryOptions } from '../model/job-options.js';
import { WHEN_CLOSED } from '../model/job-options.js';

const KNOWN = ['count', 'delayMs', 'maxDelayMs', 'jitterRatio', 'whenClosed'] as const;

/** Checks the option `retry` and returns a copy. */
export function checkedRetry(place: Place, retry: Retry): RetryOptions {
  if (typeof retry !== 'number') checkKeys(place, retry, KNOWN, [], 'a number of retries, or { count, … }');
  const options: RetryOptions = typeof retry === 'number' ? { count: retry } : { ...retry };
  const { count, delayMs, maxDelayMs, jitterRatio, whenClosed } = options;
  oneOf(place.field('whenClosed'), whenClosed, WHEN_CLOSED);
  const isCount = count === Infinity || (Number.isInteger(count) && count >= 0);
  if (!isCount) throw new InvalidOptionError(String(place.field('count')), count, 'a whole number from 0');
  if (typeof delayMs !== 'function') finiteFrom0(place.field('delayMs'), delayMs, ', or a function that returns one');
  checked(place.field('maxDelayMs'), maxDelayMs, (delay) => typeof delay === 'number' && delay >= 0, 'a number of ms from 0');
  checked(
    place.field('jitterRatio'),
    jitterRatio,
    (ratio) => typeof ratio === 'number' && ratio >= 0 && ratio <= 1,
    'a number from 0 to 1',
  );
  return options;
}

/**
 * Plans further attempts after a failed one, within the same run, until one succeeds or none is left.
 *
 * ```text
 * fire       0
 * attempts   |1==x  |2==x    |3====|       delayMs: (attempt) => attempt * 1000
 * events     started retrying started retrying started succeeded
 * ```
 *
 * @returns null if there are no retries.
 */
export function retryPlan({ count, delayMs = 0, maxDelayMs = Infinity, jitterRatio = 0, whenClosed }: RetryOptions): RetryPlan | null {
  if (count === 0) return null;
  return {
    count,
    waits: whenClosed === 'wait',
    delayMs: (jobId, fire, attempt, error) => {
      const asked: unknown = typeof delayMs === 'function' ? delayMs(attempt, error) : delayMs;
      const delay = Math.min(maxDelayMs, checkedDelay(asked, maxDelayMs));
      return delay - delay * jitterRatio * chance(jobId, fire.scheduledAt + attempt);
    },
  };
}

/** Checks what a `delayMs` function returned. Infinity is allowed if `maxDelayMs` limits it. */
function checkedDelay(asked: unknown, maxDelayMs: number): number {
  if (typeof asked === 'number' && asked >= 0 && (asked < Infinity || maxDelayMs < Infinity)) return asked;
  ignoreRejection(asked);
  throw new TypeError(`retry.delayMs: expected a finite number of ms from 0, got ${describeValue(asked)}`);
}
