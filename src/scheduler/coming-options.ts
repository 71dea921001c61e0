import { checkKeys, wholeUpTo } from '../checks/check.js';
import { instantOption } from '../checks/instant.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import type { ComingQuery } from '../model/coming-query.js';
import type { InstantLike } from '../model/instant.js';

/** Options of `JobRegistry.nextRunTimes`. */
export interface NextRunTimesOptions {
  /**
   * Maximum number of times, up to 100,000.
   *
   * @default 10
   */
  readonly count?: number | undefined;
  /**
   * The first instant, inclusive.
   *
   * @default now
   */
  readonly from?: InstantLike | undefined;
  /**
   * The last instant, inclusive.
   *
   * @default none
   */
  readonly until?: InstantLike | undefined;
}

const MAX_COUNT = 100_000;
const COUNT = 10;

/** Checks the options of `nextRunTimes`. */
export function checkedComing(options: NextRunTimesOptions): Pick<ComingQuery, 'count' | 'from' | 'until'> {
  checkKeys('nextRunTimes(options)', options, ['count', 'from', 'until']);
  const count = wholeUpTo(MAX_COUNT, 'nextRunTimes(options.count)', options.count) ?? COUNT;
  const from = options.from === undefined ? -Infinity : instantOption('nextRunTimes(options.from)', options.from);
  const until = options.until === undefined ? Infinity : instantOption('nextRunTimes(options.until)', options.until);
  if (until < from) throw new InvalidOptionError('nextRunTimes(options.until)', options.until, 'an instant not before from');
  return { count, from, until };
}
