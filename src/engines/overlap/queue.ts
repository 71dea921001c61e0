import { isFree } from './decision.js';
import type { Decide } from './decision.js';

/**
 * Lets fires wait their turn, as `concatMap` does, but not without bound: for work of which none may be left out.
 *
 * ```text
 * fires      0----1----2--------------3
 * runs       |0==========|1==========|2==========|3==========|
 *            more than `queueLimit` waiting are skipped (limit)
 * ```
 */
export const decideQueue: Decide = (load) => {
  if (isFree(load)) return 'start';
  return load.queued < load.queueLimit ? 'queue' : 'limit';
};
