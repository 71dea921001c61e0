import { isFree } from './decision.js';
import type { Decide } from './decision.js';

/**
 * Lets one fire wait, the newest: for work that must see the last state, and need not see those between.
 *
 * ```text
 * fires      0----1----2--------------3
 * runs       |0==========|2==========||3==========|
 *            1 is skipped (superseded)
 * ```
 */
export const decideLatest: Decide = (load) => {
  if (isFree(load)) return 'start';
  return load.queued === 0 ? 'queue' : 'supersede';
};
