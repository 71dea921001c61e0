import type { OverlapPolicy } from './overlap-policy.js';
import { isFree, oneActive } from './overlap-policy.js';

/**
 * Queues the newest fire only. Use it if a run must see the last state, but not those in between.
 *
 * ```text
 * fires      0----1----2--------------3
 * runs       |0==========|2==========||3==========|
 *            1 is skipped (superseded)
 * ```
 */
export const queueLatest: OverlapPolicy = {
  decide: (load) => {
    if (isFree(load)) return 'start';
    return load.queued === 0 ? 'queue' : 'supersede';
  },
  maxActive: oneActive,
  replacesRuns: false,
};
