import type { OverlapPolicy } from './overlap-policy.js';
import { isFree, oneActive } from './overlap-policy.js';

/**
 * Skips a fire while a run is active, like `exhaustMap`. Use it if the next run makes up for the one that was skipped.
 *
 * ```text
 * fires      0----1----2--------------3
 * runs       |0==========|            |3==========|
 *            1 and 2 are skipped (overlap)
 * ```
 */
export const skipWhileActive: OverlapPolicy = {
  decide: (load) => (isFree(load) ? 'start' : 'overlap'),
  maxActive: oneActive,
  replacesRuns: false,
};
