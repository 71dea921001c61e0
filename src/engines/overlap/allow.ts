import type { Decide } from './decision.js';

/**
 * Lets runs overlap, as `mergeMap` does, up to `concurrency`: for work whose rounds have nothing to do with each other.
 *
 * ```text
 * fires      0----1----2--------------3
 * runs       |0==========|            |3==========|
 *                 |1==========|
 *                      |2==========|
 *            more than `concurrency` active are skipped (limit)
 * ```
 */
export const decideAllow: Decide = (load) => (load.active + load.queued < load.concurrency ? 'start' : 'limit');
