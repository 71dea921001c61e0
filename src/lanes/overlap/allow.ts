import type { OverlapPolicy } from './overlap-policy.js';

/**
 * Lets runs overlap, like `mergeMap`, up to `concurrency`. Use it if the runs are independent.
 *
 * ```text
 * fires      0----1----2--------------3
 * runs       |0==========|            |3==========|
 *                 |1==========|
 *                      |2==========|
 *            fires beyond `concurrency` are skipped (limit)
 * ```
 */
export const allowParallel: OverlapPolicy = {
  decide: (load) => (load.active + load.queued < load.concurrency ? 'start' : 'limit'),
  maxActive: (load) => load.concurrency,
  replacesRuns: false,
};
