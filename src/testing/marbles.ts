import type { RunHelpers } from 'rxjs/testing';
import { TestScheduler } from 'rxjs/testing';
import { checkKeys } from '../checks/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import type { InstantLike } from '../model/instant.js';
import { epochMs } from '../model/instant.js';

/** Options of {@link marbles}. */
export interface MarblesOptions {
  /**
   * The wall clock at frame 0. A string must be in ISO 8601 format with an offset.
   *
   * @default 0, the epoch
   */
  readonly origin?: InstantLike | string | undefined;
  /**
   * Compares actual and expected frames.
   *
   * @default `expect(actual).toEqual(expected)` of the test framework
   */
  readonly assert?: ((actual: unknown, expected: unknown) => void) | undefined;
}

/** The argument of the test function: the helpers of RxJS, and two more. */
export interface MarblesHelpers extends RunHelpers {
  /** The wall clock at frame 0, in epoch ms. */
  readonly origin: number;
  readonly testScheduler: TestScheduler;
}

/** Maximum number of actions. More mean that something is endless. */
const MAX_ACTIONS = 1_000_000;
/** The offset of an ISO string. Without one it would depend on the zone of the host. */
const OFFSET = /(?:Z|[+-]\d\d:?\d\d)$/i;

/**
 * Runs a marble test with a wall clock. Triggers, `pausable`, cron and schedulers run in its virtual time without an option.
 *
 * ```text
 * frame 0 is the origin; '-' is 1 ms; '1m' and '30s' are time; there is no '1h' and no '1d': write '60m'
 * ```
 *
 * ## Example
 *
 * ```ts
 * import { map } from 'rxjs';
 * import { cronTrigger } from 'extended-scheduler';
 * import { marbles } from 'extended-scheduler/testing';
 *
 * marbles(
 *   ({ expectObservable }) => {
 *     // 01:00 in New York; the clocks go forward at 02:00, and 02:30 runs at the jump
 *     const nightly = cronTrigger('30 2 * * *', { timezone: 'America/New_York' }).pipe(map((fire) => String(fire.index)));
 *     expectObservable(nightly, '^ 120m !').toBe('60m 0');
 *   },
 *   { origin: '2026-03-08T01:00-05:00', assert: (actual, expected) => console.log(JSON.stringify(actual) === JSON.stringify(expected)) },
 * );
 * // Logs:
 * // true
 * ```
 *
 * Promises do not settle in marble tests. Test a job that awaits with `VirtualClock`. A trigger that does not end needs an
 * unsubscription, as above, or `take`.
 *
 * @param run the test function.
 * @param options the wall clock at frame 0, and the comparison.
 * @returns what `run` returns.
 * @throws InvalidOptionError if an option is unknown or not valid.
 * @throws Error after a million actions: something is endless.
 */
export function marbles<T>(run: (helpers: MarblesHelpers) => T, options: MarblesOptions = {}): T {
  checkKeys('marbles(options)', options, ['origin', 'assert']);
  const origin = originMs(options.origin ?? 0);
  const testScheduler = new TestScheduler(options.assert ?? byFramework());
  testScheduler.now = () => origin + testScheduler.frame;
  const schedule = testScheduler.schedule.bind(testScheduler);
  let actions = 0;
  testScheduler.schedule = (work, delay, state) => {
    if (++actions > MAX_ACTIONS)
      throw new Error(
        'marbles: a million actions and no end: give expectObservable an unsubscription, use take() or maxRuns, or shut the scheduler down',
      );
    return schedule(work, delay, state);
  };
  const result = testScheduler.run((helpers) => run({ ...helpers, origin, testScheduler }));
  if (typeof result === 'object' && result !== null && 'then' in result)
    throw new InvalidOptionError('marbles(run)', run, 'a function that is not async: expectations after an await are never checked');
  return result;
}

function originMs(origin: InstantLike | string): number {
  const ms = typeof origin === 'string' ? (OFFSET.test(origin) ? Date.parse(origin) : NaN) : epochMs(origin);
  if (!Number.isNaN(ms)) return ms;
  throw new InvalidOptionError(
    'marbles(options.origin)',
    origin,
    "an instant, or a string such as '2026-03-08T01:00-05:00' with its offset",
  );
}

function byFramework(): (actual: unknown, expected: unknown) => void {
  const { expect } = globalThis as { expect?: (actual: unknown) => { toEqual(expected: unknown): void } };
  if (typeof expect !== 'function')
    throw new InvalidOptionError('marbles(options.assert)', undefined, 'a function, since the test framework has no global expect');
  return (actual, expected) => {
    expect(actual).toEqual(expected);
  };
}
